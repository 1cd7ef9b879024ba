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
/** Data has no calls and no functions; what has, outside of its texts, is left where it is. */
const texts = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`/g;
const asksOrDoes = /[(`]|=>/;
/** What stands in all data of pages; others write `pagination`, too. */
const ofPages = /\b(?:input_token|output_token|result_key|limit_key|more_results)\b/;
/** In vain, for the characters of a file: what the SDK knows is read once, and where something else looks like it, that is soon told. */
const mostInVain = 2;

/** A text with empty objects in the place of what version 2 of the SDK knows of services. Its lines stay where they are. */
export function withoutModels(text: string): string {
  if (!holdsV2(text)) return text;
  const pieces: string[] = [];
  let [behind, inVain] = [0, 0];
  for (const { index, 0: found, 1: value = "" } of text.matchAll(beginning)) {
    const start = index + found.length - value.length;
    if (start < behind) continue;
    const isText = value[0] !== "{";
    const end = isText ? endOfText(text, start) : bracesIn(text, start)?.closing(start);
    const model = end === undefined ? undefined : text.slice(start + 1, end);
    if (end === undefined || model === undefined || !isModel(model, isText)) {
      inVain += (end ?? text.length) - start;
      if (inVain > mostInVain * text.length) break;
      continue;
    }
    pieces.push(text.slice(behind, start + 1), isText ? "{}" : "\n".repeat(model.split("\n").length - 1));
    behind = end;
  }
  return pieces.join("") + text.slice(behind);
}

function isModel(inner: string, isText: boolean): boolean {
  if (/^[\s{]*["']?pagination/.test(inner) && !/^[\s{]*["']?pagination["']?:\s*\{\s*\}/.test(inner) && !ofPages.test(inner)) return false;
  return isText || !asksOrDoes.test(inner.replaceAll(texts, ""));
}
