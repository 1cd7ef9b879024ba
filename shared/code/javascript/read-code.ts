/**
 * The code of a function in JavaScript or TypeScript, read without running it: which operations of AWS it calls, on what.
 */
import type { CodeSummary } from "../../model/code.ts";
import { Evaluator } from "./evaluate.ts";
import { findCalls } from "./find-calls.ts";
import { mentionsAws } from "./libraries.ts";
import { markLibraries } from "./library-bodies.ts";
import { parseFile } from "./parse.ts";
import { emptyProgram } from "./program.ts";
import { reachedFrom } from "./reach.ts";
import { survey } from "./survey.ts";
import { callsOfBundledV2, codeInTexts } from "./unfollowed.ts";

export interface CodeFile {
  /** In the zip or the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * What the code asks of AWS. Files that the handler never loads do not count when everything that it loads could be told, and count
 * with low confidence when it could not; without a handler all files count.
 */
export function readCode(files: readonly CodeFile[], hints: { readonly runtime?: string; readonly handler?: string }): CodeSummary {
  const program = emptyProgram();
  const unread: { file: string; why: string }[] = [];
  // what never names anything of AWS calls nothing: it is only looked at for whether it can be read
  const concerned = files.some(({ text }) => mentionsAws(text));
  for (const { path, text } of files) {
    const hidden = codeInTexts(text);
    if (hidden !== undefined) unread.push({ file: path, why: hidden });
    const parsed = parseFile(path, text);
    if ("why" in parsed) {
      unread.push({ file: path, why: parsed.why });
      continue;
    }
    if (!concerned) continue;
    try {
      survey(program, path, parsed.text, parsed.tree);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      unread.push({ file: path, why: "nested too deeply" });
    }
  }
  markLibraries(program);
  const evaluator = new Evaluator(program);
  const reach = reachedFrom(program, hints.handler);
  const found = findCalls(evaluator, (module) => !reach?.whole || reach.modules.has(module));
  const calls = found.calls.map((call) => {
    const module = program.modules.get(call.at.slice(0, call.at.lastIndexOf(":")));
    return reach && module && !reach.modules.has(module) ? { ...call, confidence: "low" as const } : call;
  });
  if (evaluator.exhausted)
    unread.push({ file: files.map(({ path }) => path)[0] ?? "", why: "too much to follow: some names were left open" });
  const unresolved = [...found.unresolved, ...files.flatMap(({ path, text }) => callsOfBundledV2(path, text))];
  return { language: "javascript", calls, unresolved, unread, files: files.length - unread.length };
}
