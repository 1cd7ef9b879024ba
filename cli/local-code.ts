/** Code on this machine, read as that of a deployed function is: files, folders and zips. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, posix, relative, sep } from "node:path";
import type { Analyzer, ArtifactFile } from "../shared/artifacts/analyzer.ts";
import type { Reading } from "../shared/artifacts/kept-artifact.ts";
import { type TellLeft, withMoreFiles } from "../shared/artifacts/more-files.ts";
import { readArtifact } from "../shared/artifacts/read-artifact.ts";
import { Room } from "../shared/artifacts/room.ts";
import { usualLimits } from "../shared/artifacts/zip-files.ts";
import type { CodeSummary } from "../shared/model/code.ts";
import { analyzerFor } from "../shared/scan/analyzers.ts";
import { localDependencies, missingDependencies } from "./local-dependencies.ts";
import { moreOfFolder } from "./local-more-files.ts";
import { withLocalZip } from "./local-zip.ts";
import { UsageError } from "./usage-error.ts";

export interface LocalHints {
  readonly runtime?: string;
  readonly handler?: string;
}

/** One of each language: which version it is makes no difference. */
const runtimes = ["nodejs24.x", "python3.13"];
/** Folders that hold what others wrote, or what is no code of the function. */
const notOwn = new Set([
  "node_modules",
  ".git",
  "__pycache__",
  ".venv",
  "venv",
  "site-packages",
  "cdk.out",
  ".aws-sam",
  "coverage",
  "__tests__",
  "__mocks__",
]);
/** Tests call what the function need not. */
const isTest = /\.(test|spec)\.[cm]?[jt]sx?$/;
const mostFiles = 20_000;
const roomBytes = 512 * 1024 * 1024;

/** A summary for each language that is found. @throws UsageError where a path is not there, cannot be read, or holds no code */
export async function readLocalCode(paths: readonly string[], hints: LocalHints): Promise<readonly CodeSummary[]> {
  const analyzers = analyzersOf(hints);
  const found = await Promise.all(paths.map((path) => readPath(path, analyzers, hints)));
  const summaries = found.flat().filter((one) => one.files > 0 || one.unread.length > 0 || one.unresolved.length > 0);
  if (summaries.length === 0)
    throw new UsageError(`there is no code in ${paths.join(", ")} that can be read: JavaScript, TypeScript and Python can`);
  return summaries;
}

function analyzersOf({ runtime }: LocalHints): readonly Analyzer[] {
  const wanted = runtime === undefined ? runtimes : [runtime];
  const known = wanted.flatMap((one) => analyzerFor(one) ?? []);
  if (known.length === 0)
    throw new UsageError(`code for the runtime ${runtime} cannot be read: those of Node.js (nodejs24.x) and Python (python3.13) can`);
  return known;
}

async function readPath(path: string, analyzers: readonly Analyzer[], hints: LocalHints): Promise<CodeSummary[]> {
  const kind = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(cause.code === "ENOENT" ? `there is no ${path}` : `cannot read ${path} (${cause.code ?? cause.message})`);
  });
  if (kind.isFile() && extname(path).toLowerCase() === ".zip") return readZip(path, analyzers, hints);
  const { files, left } = kind.isDirectory() ? await filesUnder(path, analyzers) : await oneFile(path);
  const handler = hints.handler ?? (kind.isDirectory() ? await mainOf(path, files) : undefined);
  const folder = kind.isDirectory() ? path : dirname(path);
  const dependencies = await localDependencies(folder);
  const summaries: CodeSummary[] = [];
  for (const analyzer of analyzers) {
    const first = files.filter((file) => analyzer.wantsFile(file.path, Buffer.byteLength(file.text)));
    if (first.length === 0) continue;
    const leftLater: CodeSummary["unread"][number][] = [];
    const tellLeft: TellLeft = ({ path: file, why }) => leftLater.push({ file, why });
    const own = await withMoreFiles(analyzer, first, moreOfFolder(folder, dependencies, tellLeft), tellLeft);
    const summary = (await analyzer.read(own, {
      ...(hints.runtime ? { runtime: hints.runtime } : {}),
      ...(handler ? { handler } : {}),
    })) as CodeSummary;
    const missing = analyzer.kind === "javascript" ? missingDependencies(dependencies, own) : [];
    const unresolved = [...summary.unresolved, ...missing];
    summaries.push({ ...summary, unresolved, unread: [...summary.unread, ...left, ...leftLater] });
  }
  if (summaries.length === 0 && left.length > 0) return [{ language: "unknown", calls: [], unresolved: [], unread: left, files: 0 }];
  return summaries;
}

type Files = { readonly files: readonly ArtifactFile[]; readonly left: CodeSummary["unread"] };

async function oneFile(path: string): Promise<Files> {
  return { files: [{ path: basename(path), text: await textOf(path) }], left: [] };
}

async function filesUnder(folder: string, analyzers: readonly Analyzer[]): Promise<Files> {
  const files: ArtifactFile[] = [];
  const left: { file: string; why: string }[] = [];
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of await entriesOf(at)) {
      const path = join(at, entry.name);
      const name = relative(folder, path).split(sep).join(posix.sep);
      if (entry.isDirectory() && !notOwn.has(entry.name)) open.push(path);
      if (!entry.isFile() || isTest.test(entry.name)) continue;
      const { size } = await stat(path);
      const isWanted = (bytes: number) => analyzers.some((analyzer) => analyzer.wantsFile(name, bytes));
      // an empty file asks for nothing
      if (!isWanted(size) && (size === 0 || !isWanted(1))) continue;
      // code that is too large to be read may ask anything
      if (size > usualLimits.fileBytes || !isWanted(size)) left.push({ file: name, why: `${size} bytes, which is not read` });
      else files.push({ path: name, text: await textOf(path) });
      if (files.length > mostFiles)
        throw new UsageError(`${folder} holds more than ${mostFiles} files of code: name the folder of one function`);
    }
  }
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), left };
}

function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read the folder ${folder} (${cause.code ?? cause.message}): check its permissions`);
  });
}

async function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read ${path} (${cause.code ?? cause.message}): check its permissions`);
  });
}

/** `main` of package.json says where a program begins, but not what in it is called: `src/index.js` gives `src/index.handler`. */
async function mainOf(folder: string, files: readonly ArtifactFile[]): Promise<string | undefined> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  try {
    const { main } = JSON.parse(text) as { main?: unknown };
    if (typeof main !== "string") return undefined;
    const module = posix.normalize(main).replace(/\.[cm]?[jt]sx?$/, "");
    // where it is still to be compiled, all files are read
    return files.some(({ path }) => path.replace(/\.[cm]?[jt]sx?$/, "") === module) ? `${module}.handler` : undefined;
  } catch {
    return undefined;
  }
}

async function readZip(path: string, analyzers: readonly Analyzer[], { runtime, handler }: LocalHints): Promise<CodeSummary[]> {
  const asked = analyzers.map((analyzer, n) => ({
    analyzer,
    question: { kind: analyzer.kind, runtime: runtime ?? runtimes[n] ?? "", ...(handler ? { handler } : {}) },
  }));
  const { readings } = await withLocalZip(path, (source) => readArtifact(source, asked, new Room(roomBytes)));
  return readings.flatMap((reading) => summaryOf(path, reading));
}

function summaryOf(path: string, { summary, failed, unread }: Reading): CodeSummary[] {
  if (failed !== undefined)
    return [{ language: "unknown", calls: [], unresolved: [], unread: [{ file: basename(path), why: failed }], files: 0 }];
  const code = summary as CodeSummary;
  return [{ ...code, unread: [...code.unread, ...unread] }];
}
