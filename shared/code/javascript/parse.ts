/** Text of a file -> syntax tree. */
import * as nodeModule from "node:module";
import { parse, type Program as Tree } from "acorn";
import { parseLazily } from "./bodies.ts";
import { parseDecorated } from "./decorators.ts";
import { constructorTypes, withTypesImported } from "./typed-constructors.ts";

export type Parsed = { readonly tree: Tree; readonly text: string; readonly decorated?: true } | { readonly why: string };

/** Larger files are not parsed: a bundle of a function is seldom larger than 5 MB, and the tree takes about 40 times its text. */
const maximumCharacters = 8_000_000;

/**
 * Reads JavaScript of either kind of module, and TypeScript where the running Node can take its types off (24 and 22 can). Positions in the
 * tree are positions in `text` of the answer; its lines are those of the file.
 * @param lazily bodies of functions are parsed where somebody looks into them, which may throw `BodyError`
 */
export function parseFile(path: string, text: string, lazily = false): Parsed {
  if (text.length > maximumCharacters) return { why: `larger than ${maximumCharacters / 1e6} million characters` };
  try {
    const script = /\.[cm]?tsx?$/.test(path) ? withoutTypes(withTypesImported(text)) + constructorTypes(text) : text;
    return parseDecorated(script, lazily ? lazyTreeOf : treeOf);
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Error && error.message.startsWith("Not enough stack space")))
      return { why: "nested too deeply" };
    return { why: error instanceof Error ? error.message.split("\n")[0] || error.name : "not JavaScript" };
  }
}

const lenient = {
  ecmaVersion: "latest",
  allowReturnOutsideFunction: true,
  allowHashBang: true,
  allowAwaitOutsideFunction: true,
} as const;
const asModule = { ...lenient, sourceType: "module", allowImportExportEverywhere: true } as const;

function lazyTreeOf(text: string): Tree {
  try {
    return parseLazily(text, asModule);
  } catch {
    return treeOf(text);
  }
}

function treeOf(text: string): Tree {
  try {
    return parse(text, asModule);
  } catch (error) {
    if (error instanceof RangeError || /^\s*(import|export)\s/m.test(text)) throw error;
    // what strict mode forbids: `with`, octal numbers, `await` as a name
    return parse(text, { ...lenient, sourceType: "script", allowAwaitOutsideFunction: false });
  }
}

function withoutTypes(text: string): string {
  const strip = (nodeModule as Partial<typeof nodeModule>).stripTypeScriptTypes;
  if (!strip) throw new Error("TypeScript can be read by Node 22.13 and later only");
  try {
    return strip(text, { mode: "strip" });
  } catch (error) {
    // enums, namespaces and parameter properties become code
    if (error instanceof SyntaxError || error instanceof RangeError) return strip(text, { mode: "transform" });
    throw error;
  }
}
