/** Reads the Python of a function or layer into what it calls on AWS (docs/decisions/0022). */
import type { CodeSummary } from "../../model/code.ts";
import { handlerOf, isTest, Modules, ownFiles } from "./modules.ts";
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
  const own = ownFiles(files);
  const modules = new Modules(new Set(own.keys()));
  const entry = handlerOf(hints.handler, new Set(own.keys()));
  const paths = [...own.keys()].filter((path) => entry !== undefined || !isTest(path)).toSorted();
  const trees = new Map<string, SyntaxNode>();
  const unread: { file: string; why: string }[] = [];
  for (const path of paths) {
    const tree = await treeOf(path, own.get(path) ?? "");
    if (tree instanceof UnreadableError) unread.push({ file: path, why: tree.message });
    else trees.set(path, tree);
  }
  const program = new Program(trees, modules, mentionsIn(trees));
  const read = program.read(entry);
  if (program.cutShort !== undefined) unread.push({ file: entry?.path ?? paths[0] ?? "", why: program.cutShort });
  return { language: "python", ...program.recorder.result(), unread, files: read };
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

/** How often every name stands in the program, where it is defined included. */
function mentionsIn(trees: ReadonlyMap<string, SyntaxNode>): Map<string, number> {
  const mentions = new Map<string, number>();
  const open = [...trees.values()];
  for (let node = open.pop(); node; node = open.pop()) {
    open.push(...node.children);
    if (node.type === "identifier") mentions.set(node.text, (mentions.get(node.text) ?? 0) + 1);
  }
  return mentions;
}
