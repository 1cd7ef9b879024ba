/**
 * What version 2 of the SDK knows of services, inside a bundle: operations, pages and what can be waited for, as data. With all of the SDK these
 * are nine tenths of up to 12 MB, and a program asks for nothing in them. Read from aws-sdk 2.1693 in bundles of esbuild, webpack, rollup and ncc
 * (28 November 2026).
 */
import { bracesIn } from "./braces.ts";
import { holdsV2 } from "./markers-v2.ts";
import { endOfText } from "./token-ends.ts";

/** What a bundler makes of such a file: an object, or the text of one, that is put into something. */
const beginning =
  /=\s*(?:\/\*#__PURE__\*\/\s*)?(?:JSON\.parse\(\s*)?(["'`]?\{\s*["']?(?:version["']?:\s*(?:["']2\.0["'],\s*["']?metadata["']?:|2,\s*["']?waiters["']?:)|pagination["']?:\s*\{))/g;
/** Data has none; what has is left where it is. */
const hasFunctions = /=>|\bfunction\b|\)\s*\{/;

/** A text with empty objects in the place of what version 2 of the SDK knows of services. Its lines stay where they are. */
export function withoutModels(text: string): string {
  if (!holdsV2(text)) return text;
  const pieces: string[] = [];
  let behind = 0;
  for (const { index, 0: found, 1: value = "" } of text.matchAll(beginning)) {
    const start = index + found.length - value.length;
    if (start < behind) continue;
    const isText = value[0] !== "{";
    const end = isText ? endOfText(text, start) : bracesIn(text, start)?.closing(start);
    if (end === undefined) continue;
    const model = text.slice(start + 1, end);
    if (!isText && hasFunctions.test(model)) continue;
    pieces.push(text.slice(behind, start + 1), isText ? "{}" : "\n".repeat(model.split("\n").length - 1));
    behind = end;
  }
  return pieces.join("") + text.slice(behind);
}
