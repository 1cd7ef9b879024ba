/** What listing the packages of a large artifact takes, beside downloading all of it. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aZip, type FileInZip } from "../artifacts/a-zip.ts";
import { aGoProgram } from "../libraries/packages/a-go-program.ts";
import { bundled, served } from "./artifacts.ts";

const mb = 1024 * 1024;

/** Source that packs to about half. */
const filler = (bytes: number) => randomBytes(bytes / 2).toString("hex");

/** 28,600 files of 550 packages, as npm lays them out. */
function nodeModules(): FileInZip[] {
  const names = Array.from({ length: 550 }, (_, i) => `package-${i}`);
  const lock = {
    packages: Object.fromEntries(
      names.map((name, i) => [`node_modules/${name}`, { version: `1.${i}.0`, dependencies: { left: "^1.0.0" } }]),
    ),
  };
  return [
    { name: "index.js", content: "exports.handler = async () => 1;" },
    { name: "node_modules/.package-lock.json", content: JSON.stringify(lock) },
    ...names.flatMap((name, i): FileInZip[] => [
      ...Array.from({ length: 51 }, (_, n) => ({ name: `node_modules/${name}/lib/internal/module-${n}.js`, content: filler(4600) })),
      { name: `node_modules/${name}/package.json`, content: JSON.stringify({ name, version: `1.${i}.0`, description: filler(600) }) },
    ]),
  ];
}

/** Fifty jars with what Maven leaves in them. */
function jars(): FileInZip[] {
  return Array.from({ length: 50 }, (_, i): FileInZip => {
    const pom = `groupId=org.example\nartifactId=part-${i}\nversion=1.${i}.0\n`;
    const jar = aZip([
      { name: `META-INF/maven/org.example/part-${i}/pom.properties`, content: pom },
      ...Array.from({ length: 100 }, (_, n) => ({ name: `org/example/Class${n}.class`, content: filler(5600) })),
    ]);
    return { name: `lib/part-${i}-1.${i}.0.jar`, content: jar };
  });
}

function python(): FileInZip[] {
  return Array.from({ length: 40 }, (_, i) => [
    { name: `package_${i}-1.${i}.0.dist-info/METADATA`, content: `Name: package-${i}\nVersion: 1.${i}.0\n` },
    ...Array.from({ length: 150 }, (_, n) => ({ name: `package_${i}/module_${n}.py`, content: filler(12_000) })),
  ]).flat();
}

function goProgram(): FileInZip[] {
  const lines = Array.from({ length: 85 }, (_, i) => `dep\tgithub.com/example/part-${i}\tv1.${i}.0\th1:x`);
  const program = aGoProgram("go1.24.3", ["path\texample.com/app", ...lines], { codeBytes: 30 * mb });
  // what is repeated packs to nothing, and no program does: half of it is noise
  for (let at = mb; at < 30 * mb; at += 2 * mb) randomBytes(mb).copy(program, at);
  return [{ name: "bootstrap", content: program }];
}

const artifacts: Readonly<Record<string, () => FileInZip[]>> = {
  "node_modules of 550 packages": nodeModules,
  "50 jars": jars,
  "40 packages of Python": python,
  "a program of Go": goProgram,
};

/** Two rows an artifact of node_modules, one of the others. */
export async function benchLibraries(): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-"));
  try {
    const program = await bundled(folder, "packages-once.ts");
    const rows = [["artifact", "zip MB", "requests", "fetched MB", "of all", "seconds", "peak MB", "packages"]];
    for (const [name, make] of Object.entries(artifacts)) {
      const zip = aZip(make());
      rows.push([name, ...(await measure(program, zip, "list"))]);
      if (make === nodeModules) rows.push(["  downloaded, by yauzl", ...(await measure(program, zip, "download"))]);
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(program: string, zip: Buffer, how: "list" | "download"): Promise<string[]> {
  const { requests, sent, output } = await served(zip, program, [how]);
  const { seconds, peakMb, found } = output as { seconds: number; peakMb: number; found: string };
  const share = `${((100 * sent) / zip.length).toFixed(1)} %`;
  return [(zip.length / mb).toFixed(1), String(requests), (sent / mb).toFixed(2), share, seconds.toFixed(2), peakMb.toFixed(0), found];
}
