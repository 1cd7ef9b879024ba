/**
 * What reading a large artifact takes: requests, bytes, seconds, and the memory of a process that does nothing else. AWS is a server in the
 * parent; the process is bundled and limited as the scan is deployed.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { parserFiles } from "../../infra/parser-files.ts";
import { aZip, type FileInZip } from "../artifacts/a-zip.ts";

const mb = 1024 * 1024;

interface Artifact {
  readonly runtime: string;
  readonly files: readonly FileInZip[];
}

function handlerOf(runtime: string, i = 0): string {
  return runtime.startsWith("python")
    ? `import boto3\nclient = boto3.client("dynamodb")\n\ndef handler_${i}(event, context):\n    value = client.get_item(TableName="orders", Key={"id": {"S": event["id"]}})\n    return [str(part).strip() for part in value.get("Item", {})]\n\n`
    : `exports.handler${i} = async (event) => {\n  const { DynamoDBClient, GetItemCommand } = require("@aws-sdk/client-dynamodb");\n  const value = await new DynamoDBClient({}).send(new GetItemCommand({ TableName: "orders", Key: { id: { S: event.id } } }));\n  return Object.keys(value.Item ?? {}).map((part) => part.trim());\n};\n`;
}

/** Of about `bytes`, other in each place. */
function source(runtime: string, bytes: number, seed: number): string {
  let text = "";
  for (let i = seed; text.length < bytes; i += 1) text += handlerOf(runtime, i);
  return text;
}

const data = (files: number, bytes: number): FileInZip[] =>
  Array.from({ length: files }, (_, i) => ({ name: `data/${i}.bin`, content: randomBytes(bytes / 2).toString("hex") }));

/** By what is in them. */
const artifacts: Readonly<Record<string, () => Artifact>> = {
  "one small file": () => ({ runtime: "nodejs24.x", files: [{ name: "index.js", content: handlerOf("nodejs24.x") }] }),
  "a bundle of 1 MB": () => ({ runtime: "nodejs24.x", files: [{ name: "index.js", content: source("nodejs24.x", mb, 0) }] }),
  "250 MB: 25,000 files of data, 200 of code": () => ({
    runtime: "python3.13",
    files: [
      ...data(25_000, 10_000),
      ...Array.from({ length: 200 }, (_, i) => ({ name: `app/m${i}.py`, content: source("python3.13", 5_000, i * 1_000) })),
    ],
  }),
  "250 MB of JavaScript": () => ({
    runtime: "nodejs24.x",
    files: Array.from({ length: 250 }, (_, i) => ({ name: `src/m${i}.js`, content: source("nodejs24.x", mb, i * 10_000) })),
  }),
  "200,000 files": () => ({
    runtime: "python3.13",
    files: [
      { name: "index.py", content: handlerOf("python3.13") },
      ...Array.from({ length: 199_999 }, (_, i) => ({ name: `node_modules/package-${i}/index.js`, content: "", stored: true })),
    ],
  }),
  "a bomb of 300 MB": () => ({ runtime: "nodejs24.x", files: [{ name: "index.js", content: Buffer.alloc(300 * mb) }] }),
};

/** One row an artifact. */
export async function benchArtifacts(): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-"));
  try {
    const program = await bundled(folder, "artifact-once.ts");
    const rows = [["artifact", "zip MB", "requests", "fetched MB", "seconds", "peak MB", "calls found"]];
    for (const [name, make] of Object.entries(artifacts)) rows.push([name, ...(await measure(program, make()))]);
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As the stack bundles it, into `folder`. @param source a file beside this one */
export async function bundled(folder: string, source: string): Promise<string> {
  const program = join(folder, source.replace(/\.ts$/, ".mjs"));
  await build({
    entryPoints: [join(import.meta.dirname, source)],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: 'import { createRequire as makeRequire } from "node:module";\nconst require = makeRequire(import.meta.url);' },
    logLevel: "error",
  });
  // as the stack puts them beside the scan function
  for (const file of parserFiles) copyFileSync(file, join(folder, basename(file)));
  return program;
}

async function measure(program: string, { runtime, files }: Artifact): Promise<string[]> {
  const zip = aZip(files, { zip64: files.length > 65_000 });
  const { requests, sent, output } = await served(zip, program, [runtime]);
  const { seconds, peakMb, found } = output as { seconds: number; peakMb: number; found: string };
  return [(zip.length / mb).toFixed(1), String(requests), (sent / mb).toFixed(2), seconds.toFixed(2), peakMb.toFixed(0), found];
}

/** Runs `program` as the scan is deployed, with the address of a server of `zip` and `args`; what it printed, and what it asked for. */
export async function served(zip: Buffer, program: string, args: readonly string[]) {
  let requests = 0;
  let sent = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
    if (request.headers.range === undefined) {
      sent += zip.length;
      response.writeHead(200, { "Content-Length": zip.length });
      response.end(zip);
      return;
    }
    const from = first === "" ? Math.max(0, zip.length - Number(last)) : Number(first);
    const to = first === "" ? zip.length : Number(last) + 1;
    sent += to - from;
    response.writeHead(206, { "Content-Range": `bytes ${from}-${to - 1}/${zip.length}`, "Content-Length": to - from });
    response.end(zip.subarray(from, to));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const child = spawn(process.execPath, ["--max-old-space-size=614", "--max-semi-space-size=4", program, url, ...args], {
      env: { ...process.env, AWS_ENDPOINT_URL: url, MALLOC_ARENA_MAX: "2" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    for await (const chunk of child.stdout) output += String(chunk);
    return { requests, sent, output: JSON.parse(output) as unknown };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
