/**
 * Writes shared/data/bundled-packages.json: what tells packages of npm in bundles that name nothing. Installs the packages of
 * bundled-package-names.txt, with what they need, into a folder that it removes again, runs nothing of them, and lets esbuild put together what
 * a bundler would take of each. Takes some ten minutes and 2 GB of disk.
 *
 *     node tools/write-bundled-packages.ts
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { featuresOf } from "../shared/libraries/packages/code-features.ts";
import { distinctiveFeatures, type SeenVersion } from "./distinctive-features.ts";

const at = import.meta.dirname;
/** One folder cannot hold two versions of a package by its own name. */
const perInstall = 60;
/** What is larger is a program, or holds others. */
const longestCode = 6_000_000;

/** Names with and without a version, in folders that hold each name once. */
function foldersOf(wanted: readonly string[]): string[][] {
  const plain = wanted.filter((one) => one.lastIndexOf("@") <= 0);
  return [plain, wanted.filter((one) => !plain.includes(one))];
}

/** A package that cannot be installed is left out, and said. */
function install(folder: string, names: readonly string[]): void {
  try {
    execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", "--no-package-lock", ...names], {
      cwd: folder,
      stdio: "ignore",
    });
  } catch {
    if (names.length === 1) return void process.stderr.write(`left out, it could not be installed: ${names[0]}\n`);
    const half = Math.ceil(names.length / 2);
    install(folder, names.slice(0, half));
    install(folder, names.slice(half));
  }
}

function* installedIn(folder: string): Generator<string> {
  const within = join(folder, "node_modules");
  if (!existsSync(within)) return;
  for (const name of readdirSync(within)) {
    if (name.startsWith(".")) continue;
    const found = name.startsWith("@") ? readdirSync(join(within, name)).map((one) => join(within, name, one)) : [join(within, name)];
    for (const one of found) {
      yield one;
      yield* installedIn(one);
    }
  }
}

interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly main?: unknown;
  readonly module?: unknown;
  readonly exports?: unknown;
}

/** The file that a program gets that asks for the package. */
function entryOf(folder: string, { main, module, exports }: Manifest): string | undefined {
  const asked = [main, firstExport(exports), "index.js", "index.mjs", module].filter((one) => typeof one === "string");
  const files = asked.flatMap((one) => [one, `${one}.js`, join(one, "index.js"), `${one}.cjs`]).map((one) => join(folder, one));
  return files.find((file) => /\.[cm]?js$/.test(file) && existsSync(file) && statSync(file).isFile());
}

const conditions = [".", "node", "require", "import", "default", "module"];

function firstExport(exports: unknown): string | undefined {
  if (typeof exports === "string") return /\.[cm]?js$/.test(exports) ? exports : undefined;
  if (Array.isArray(exports)) return exports.map(firstExport).find((one) => one !== undefined);
  if (typeof exports !== "object" || exports === null) return undefined;
  return conditions.map((one) => firstExport((exports as Record<string, unknown>)[one])).find((one) => one !== undefined);
}

/** Undefined where esbuild cannot put it together. */
async function lookAt(folder: string, manifest: Manifest): Promise<SeenVersion | undefined> {
  const entry = entryOf(folder, manifest);
  if (entry === undefined) return undefined;
  const made = await build({
    entryPoints: [entry],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    write: false,
    metafile: true,
    absWorkingDir: "/",
    treeShaking: false,
    legalComments: "none",
    logLevel: "silent",
    minify: true,
  }).catch(() => undefined);
  const files = Object.keys(made?.metafile.inputs ?? {}).filter((file) => /\.[cm]?js$/.test(file));
  const written = files.map((file) => readFileSync(`/${file}`, "utf8").replace(/^#!.*/, "")).join("\n;\n");
  if (!made || written.length > longestCode) return undefined;
  return {
    name: String(manifest.name),
    version: String(manifest.version),
    written: placesOf(written),
    minified: placesOf(made.outputFiles[0]?.text ?? ""),
  };
}

function placesOf(text: string): Map<number, number> {
  const places = new Map<number, number>();
  let place = 0;
  for (const hash of featuresOf(text)) {
    if (!places.has(hash)) places.set(hash, place);
    place += 1;
  }
  return places;
}

function base64(numbers: readonly number[]): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [n, one] of numbers.entries()) bytes.writeUInt32LE(one, n * 4);
  return bytes.toString("base64");
}

const wanted = readFileSync(join(at, "bundled-package-names.txt"), "utf8").split("\n").filter(Boolean);
const folder = mkdtempSync(join(tmpdir(), "bundled-packages-"));
const seen = new Map<string, SeenVersion>();
try {
  for (const [n, names] of foldersOf(wanted).entries()) {
    const own = join(folder, String(n));
    mkdirSync(own);
    writeFileSync(join(own, "package.json"), "{}");
    for (let from = 0; from < names.length; from += perInstall) install(own, names.slice(from, from + perInstall));
    for (const one of installedIn(own)) {
      const file = join(one, "package.json");
      const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
      const key = `${manifest.name}@${manifest.version}`;
      if (typeof manifest.name !== "string" || typeof manifest.version !== "string" || seen.has(key)) continue;
      const found = await lookAt(one, manifest);
      if (found) seen.set(key, found);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const rows = [...distinctiveFeatures([...seen.values()])].map(
  ([name, generations]) =>
    `    ${JSON.stringify(name)}: ${JSON.stringify(generations.map(({ kept, lost }) => [base64(kept), base64(lost)]))}`,
);
const head = {
  asOf: new Date().toISOString().slice(0, 10),
  source:
    "the packages in tools/bundled-package-names.txt and those that they need, from the npm registry; made by tools/write-bundled-packages.ts",
};
writeFileSync(
  join(at, "../shared/data/bundled-packages.json"),
  `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "packages": {\n${rows.join(",\n")}\n  }\n}\n`,
);
process.stderr.write(`${seen.size} versions, ${rows.length} packages\n`);
