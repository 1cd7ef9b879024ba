/** What a bundler would take of a package: esbuild puts it together, and nothing of it is run. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

export interface PackageCode {
  readonly name: string;
  readonly version: string;
  /** The files as they were written, one after the other. */
  readonly written: string;
  readonly minified: string;
  /** Other packages that it asks for, as it writes them. */
  readonly asksFor: readonly string[];
}

/** What is larger is a program, or holds others. */
const longestCode = 6_000_000;

interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly main?: unknown;
  readonly module?: unknown;
  readonly exports?: unknown;
}

/** @param folder of a package; undefined where it is none, or esbuild cannot put it together */
export async function codeOf(folder: string): Promise<PackageCode | undefined> {
  const file = join(folder, "package.json");
  const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
  const { name, version } = manifest;
  const entry = entryOf(folder, manifest);
  if (typeof name !== "string" || typeof version !== "string" || entry === undefined) return undefined;
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
  const asksFor = Object.values(made.metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return { name, version, written, minified: made.outputFiles[0]?.text ?? "", asksFor };
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
