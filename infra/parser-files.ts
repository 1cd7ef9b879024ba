import { fileURLToPath } from "node:url";

/**
 * What the reader of Python loads at run time and no bundler sees: the parser and its grammar as WebAssembly, 0.67 MB (0.15 MB zipped). They
 * lie beside the bundle, where shared/code/python/parse.ts looks first.
 */
export const parserFiles: readonly string[] = ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"].map(
  (file) => fileURLToPath(import.meta.resolve(file)),
);
