/** Reading JavaScript: recall and precision on programs whose calls are known, in several builds, and the time for large bundles. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { type CodeFile, readCode } from "../../shared/code/javascript/read-code.ts";
import { type FixtureProgram, operations, programs } from "../code/javascript/reading.ts";

/** Packages of the SDK are left outside where they are not installed here. */
const ways: readonly { readonly name: string; readonly inside: boolean; readonly options: BuildOptions }[] = [
  { name: "SDK outside, ESM", inside: false, options: { format: "esm" } },
  { name: "SDK outside, CommonJS, minified", inside: false, options: { format: "cjs", minify: true } },
  { name: "SDK inside, CommonJS, minified", inside: true, options: { format: "cjs", mainFields: ["main"], minify: true } },
  { name: "SDK inside, ESM, minified", inside: true, options: { format: "esm", mainFields: ["module", "main"], minify: true } },
];

interface Sum {
  programs: number;
  expected: number;
  found: number;
  right: number;
  characters: number;
  cpuSeconds: number;
}

/** Rows of a table: each way of building, with how many of the programs could be built so. CPU is for a million characters. */
export async function benchJavaScript(): Promise<string[][]> {
  const rows = [["build", "programs", "calls", "recall", "precision", "MB", "CPU s per MB"]];
  const all = programs();
  rows.push(row("as written", sumOf(all.map((program) => ({ program, files: program.files })))));
  for (const { name, inside, options } of ways) {
    const built: { program: FixtureProgram; files: readonly CodeFile[] }[] = [];
    for (const program of all) {
      const text = await bundled(program, inside, options);
      if (text !== undefined) built.push({ program, files: [{ path: "index.js", text }] });
    }
    rows.push(row(name, sumOf(built)));
  }
  return rows;
}

function sumOf(read: readonly { readonly program: FixtureProgram; readonly files: readonly CodeFile[] }[]): Sum {
  const sum: Sum = { programs: 0, expected: 0, found: 0, right: 0, characters: 0, cpuSeconds: 0 };
  for (const { program, files } of read) {
    const began = process.cpuUsage();
    const found = operations(readCode(files, {}));
    const { user, system } = process.cpuUsage(began);
    sum.programs++;
    sum.expected += program.calls.length;
    sum.found += found.length;
    sum.right += found.filter((one) => program.calls.includes(one)).length;
    sum.characters += files.reduce((total, { text }) => total + text.length, 0);
    sum.cpuSeconds += (user + system) / 1e6;
  }
  return sum;
}

function row(name: string, { programs: count, expected, found, right, characters, cpuSeconds }: Sum): string[] {
  const megabytes = characters / 1e6;
  return [
    name,
    String(count),
    String(expected),
    (right / expected).toFixed(3),
    (right / found).toFixed(3),
    megabytes.toFixed(1),
    (cpuSeconds / megabytes).toFixed(2),
  ];
}

/** Undefined: it needs a package that is not installed here, or cannot be built so. */
async function bundled({ files, handler }: FixtureProgram, inside: boolean, options: BuildOptions): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-"));
  try {
    symlinkSync(join(import.meta.dirname, "..", "..", "node_modules"), join(folder, "node_modules"));
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const main = handler.replace(/\.\w+$/, "");
    const entry = files.find(({ path }) => path.replace(/\.[cm]?[jt]s$/, "") === main);
    if (!entry) throw new Error(`no file of the program is its handler ${handler}`);
    const { outputFiles } = await build({
      ...options,
      entryPoints: [join(folder, entry.path)],
      absWorkingDir: folder,
      bundle: true,
      write: false,
      platform: "node",
      logLevel: "silent",
      ...(inside ? {} : { packages: "external" as const }),
    });
    return outputFiles[0]?.text;
  } catch (error) {
    if (error instanceof Error && "errors" in error) return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
