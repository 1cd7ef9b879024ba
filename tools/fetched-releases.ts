/** Releases of a package of npm: fetched into a folder that is removed again, looked at, and never run. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { featuresOf, type VersionText } from "../shared/libraries/packages/code-features.ts";
import { compareVersions } from "../shared/libraries/versions/orders.ts";
import { codeOf } from "./bundled-code.ts";
import { pickedVersions } from "./picked-versions.ts";
import type { SaidVersions, SeenPackage, SeenRelease } from "./version-evidence.ts";

const longestFile = 6_000_000;
const perFetch = 12;

/** Releases as folders, by version; one that cannot be had is left out, and said. */
function fetched(folder: string, name: string, versions: readonly string[]): Map<string, string> {
  const folders = new Map<string, string>();
  for (let from = 0; from < versions.length; from += perFetch) {
    const some = versions.slice(from, from + perFetch);
    const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", ...some.map((one) => `${name}@${one}`)], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 28,
    });
    for (const { filename, version } of JSON.parse(packed) as { filename: string; version: string }[]) {
      const own = join(folder, version);
      mkdirSync(own);
      try {
        execFileSync("tar", ["xzf", join(folder, filename.replace("@", "").replace("/", "-")), "-C", own, "--no-same-owner"], {
          stdio: "ignore",
        });
      } catch {
        process.stderr.write(`left out, it could not be unpacked: ${name}@${version}\n`);
        continue;
      }
      const [inside] = readdirSync(own);
      if (inside !== undefined) folders.set(version, join(own, inside));
    }
  }
  return folders;
}

function* filesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (/\.(?:[cm]?js|json)$/.test(entry.name) && entry.isFile()) yield path;
  }
}

async function saidVersions(folder: string, version: string): Promise<Omit<SeenRelease, "all"> | undefined> {
  const made = await codeOf(folder);
  if (!made) return undefined;
  const versionTexts: VersionText[] = [];
  const texts = new Set<number>();
  let kind = "";
  const code: number[] = [];
  for (const hash of featuresOf(made.minified, { onVersion: (one) => versionTexts.push(one), onKind: (one) => (kind = one) })) {
    code.push(hash);
    if (kind !== "n") texts.add(hash);
  }
  return { version, code: Uint32Array.from(code), texts, versionTexts };
}

async function release(folder: string, version: string, read: (text: string) => readonly number[]): Promise<SeenRelease | undefined> {
  const said = await saidVersions(folder, version);
  if (!said) return undefined;
  const all = new Set(said.code);
  for (const file of filesIn(folder)) {
    const text = readFileSync(file, "utf8").replace(/^#!.*/, "");
    if (text.length <= longestFile) for (const hash of read(file.endsWith(".json") ? `(${text})` : text)) all.add(hash);
  }
  return { ...said, all: Uint32Array.from(all) };
}

/** Most files are the same in one release and the next. */
function readOnce(): (text: string) => readonly number[] {
  const read = new Map<string, readonly number[]>();
  return (text) => {
    const there = read.get(text);
    if (there) return there;
    const found = [...new Set(featuresOf(text))];
    read.set(text, found);
    return found;
  };
}

/** @param edges versions at which advisories begin or end */
export async function lookAtReleases(name: string, edges: readonly string[]): Promise<SeenPackage> {
  const told = JSON.parse(execFileSync("npm", ["view", name, "versions", "--json"], { encoding: "utf8" })) as string | string[];
  const published = [told].flat().toSorted((a, b) => compareVersions("npm", a, b));
  const read = readOnce();
  return {
    name,
    published,
    seen: await eachOf(name, pickedVersions(published, edges), (folder, version) => release(folder, version, read)),
  };
}

/** What each says of its version. */
export function versionTextsOf(name: string, versions: readonly string[]): Promise<SaidVersions[]> {
  return eachOf(name, versions, saidVersions);
}

async function eachOf<T>(
  name: string,
  versions: readonly string[],
  look: (folder: string, version: string) => Promise<T | undefined>,
): Promise<T[]> {
  const folder = mkdtempSync(join(tmpdir(), "bundled-versions-"));
  try {
    const folders = fetched(folder, name, versions);
    const seen: T[] = [];
    for (const version of versions) {
      const own = folders.get(version);
      const found = own === undefined ? undefined : await look(own, version);
      if (found) seen.push(found);
    }
    return seen;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
