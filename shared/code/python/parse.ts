/** The parser of Python: tree-sitter as WebAssembly, loaded when the first file is read. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Language, Parser, type Tree } from "web-tree-sitter";
import { type SourceFile, SyntaxNode } from "./syntax.ts";

/** Longest time of the processor for one file; a thousand lines of ordinary code take 20 ms. */
const milliseconds = 2000;
/** Of a file that the parser could not make sense of: more than this share is no Python that we can read. */
const mostUnreadable = 0.1;

/** The text could not be read as Python; the message says why. */
export class UnreadableError extends Error {}

let parser: Promise<Parser> | undefined;

/** @throws where the two .wasm files are neither beside the program nor among the installed packages */
async function load(): Promise<Parser> {
  await Parser.init({ wasmBinary: await readFile(place("web-tree-sitter", "web-tree-sitter.wasm")) });
  const language = await Language.load(await readFile(place("tree-sitter-python", "tree-sitter-python.wasm")));
  return new Parser().setLanguage(language);
}

/** A bundle has its .wasm files beside it (infra/function-code.ts, tools/build.ts); the source tree has them in node_modules. */
function place(name: string, file: string): string {
  const beside = fileURLToPath(new URL(file, import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(import.meta.resolve(`${name}/${file}`));
}

/**
 * The tree of a file.
 * @param spent time of the processor that the process has used, in milliseconds: what others do on the machine costs no file
 * @throws UnreadableError for a text that is not Python, or that takes too long
 */
export async function parse(file: SourceFile, spent: () => number = processorTime): Promise<SyntaxNode> {
  parser ??= load();
  const loaded = await parser;
  const until = spent() + milliseconds;
  const tree = loaded.parse(file.text, null, { progressCallback: () => spent() > until });
  if (!tree) {
    loaded.reset();
    throw new UnreadableError(`it takes longer than ${milliseconds / 1000} s to read`);
  }
  try {
    const { root, unreadable } = copy(tree, file);
    if (unreadable > file.text.length * mostUnreadable) throw new UnreadableError("it is not Python that we can read");
    return root;
  } finally {
    tree.delete();
  }
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Walks without recursion: how deep a text nests is up to whoever wrote it. */
function copy(tree: Tree, file: SourceFile): { root: SyntaxNode; unreadable: number } {
  const cursor = tree.walk();
  const root = new SyntaxNode("module", undefined, 0, file.text.length, file);
  const parents: SyntaxNode[] = [root];
  let unreadable = 0;
  try {
    let more = cursor.gotoFirstChild();
    while (more) {
      const { nodeType: type, currentFieldName: role } = cursor;
      const wanted = type !== "comment" && (role !== null || cursor.nodeIsNamed);
      if (wanted) {
        const node = new SyntaxNode(type, role ?? undefined, cursor.startIndex, cursor.endIndex, file);
        parents.at(-1)?.children.push(node);
        if (type === "ERROR") unreadable += node.end - node.start;
        if (cursor.gotoFirstChild()) {
          parents.push(node);
          continue;
        }
      }
      while (!cursor.gotoNextSibling()) {
        more = cursor.gotoParent() && parents.length > 1;
        if (!more) break;
        parents.pop();
      }
    }
  } finally {
    cursor.delete();
  }
  return { root, unreadable };
}
