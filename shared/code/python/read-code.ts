/** Reads the Python of a function or layer into what it calls on AWS (docs/decisions/0022). */
import type { CodeSummary, SdkCall, UnresolvedCall } from "../../model/code.ts";
import { handlerOf, isTest, Modules } from "./modules.ts";
import { type ProgramFiles, programFiles } from "./packages.ts";
import { parse, UnreadableError } from "./parse.ts";
import { Program } from "./program.ts";
import type { SyntaxNode } from "./syntax.ts";

const longest = 1_000_000;

/**
 * @param files of one zip, by path within it; what is no Python or belongs to installed packages is left out
 * @param hints the function's settings; without a handler that is among the files, all of them are read
 */
export async function readCode(
  files: readonly { readonly path: string; readonly text: string }[],
  hints: { readonly runtime?: string; readonly handler?: string },
): Promise<CodeSummary> {
  const found = programFiles(files);
  const { own, packages } = found;
  const modules = new Modules(new Set([...own.keys(), ...packages.keys()]), found.places);
  const entry = handlerOf(hints.handler, new Set(own.keys()));
  const roots = [...own.keys()].filter((path) => entry !== undefined || !isTest(path)).toSorted();
  const paths = [...roots, ...[...packages.keys()].filter((path) => !isTest(path)).toSorted()];
  const trees = new Map<string, SyntaxNode>();
  const unread: { file: string; why: string }[] = [];
  for (const path of paths) {
    const tree = await treeOf(path, own.get(path) ?? packages.get(path) ?? "");
    if (tree instanceof UnreadableError) unread.push({ file: path, why: tree.message });
    else trees.set(path, tree);
  }
  const program = new Program(trees, modules, {
    roots: new Set(roots),
    isPublished: (path) => found.published.has(packageOf(path, found.places)),
  });
  const read = program.read(entry);
  if (program.cutShort !== undefined) unread.push({ file: entry?.path ?? paths[0] ?? "", why: program.cutShort });
  const { calls, unresolved } = program.recorder.result();
  return { language: "python", calls, unresolved: [...unresolved, ...openPackages(found, program, calls)], unread, files: read };
}

/** Packages that use boto3 and could not be read, or in which nothing could be made out. */
function openPackages(
  { closed, published, places, packages }: ProgramFiles,
  program: Program,
  calls: readonly SdkCall[],
): UnresolvedCall[] {
  const open = new Map<string, string>();
  for (const [name, importer] of program.imports.foreign) if (closed.has(name)) open.set(name, importer);
  const told = new Set(calls.map(({ at }) => packageOf(at.slice(0, at.lastIndexOf(":")), places)));
  for (const path of program.imports.ran) {
    const name = packageOf(path, places);
    if (published.has(name) && !told.has(name) && /\bboto(3|core)\b/.test(packages.get(path) ?? "")) open.set(name, path);
  }
  return [...open].map(([name, path]) => ({ what: `what the package ${name} asks for`, at: `${path}:1` }));
}

/** The name of the package in which a file lies; empty where it is the function's own. */
function packageOf(path: string, places: ReadonlySet<string>): string {
  const place = [...places].find((one) => path === `${one}.py` || path.startsWith(`${one}/`));
  return place?.slice(place.lastIndexOf("/") + 1) ?? "";
}

async function treeOf(path: string, text: string): Promise<SyntaxNode | UnreadableError> {
  if (text.length > longest) return new UnreadableError(`it is longer than ${longest} characters`);
  try {
    return await parse({ path, text: text.replaceAll("\u0000", " ").replace(/^\uFEFF/, "") });
  } catch (error) {
    if (error instanceof UnreadableError) return error;
    throw error;
  }
}
