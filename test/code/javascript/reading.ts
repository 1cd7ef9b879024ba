/** Programs for the tests of reading JavaScript. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type CodeFile, readCode } from "../../../shared/code/javascript/read-code.ts";
import type { CodeSummary, CodeText } from "../../../shared/model/code.ts";

/** Reads one file, `index.mjs`. */
export function read(text: string, path = "index.mjs"): CodeSummary {
  return readCode([{ path, text }], {});
}

/** `dynamodb.GetItem`, each once, sorted. */
export function operations(summary: CodeSummary): string[] {
  return [...new Set(summary.calls.map(({ client, operation }) => `${client}.${operation}`))].toSorted();
}

/** `TableName=orders-$STAGE-*`, each once, sorted. */
export function parameters(summary: CodeSummary): string[] {
  return [...new Set(summary.calls.flatMap((call) => call.parameters.map(({ name, value }) => `${name}=${written(value)}`)))].toSorted();
}

function written(text: CodeText): string {
  return text
    .map((part) =>
      "text" in part ? part.text : "environment" in part ? `$${part.environment}${part.otherwise ? `:${part.otherwise}` : ""}` : "*",
    )
    .join("");
}

const folder = join(import.meta.dirname, "..", "programs", "javascript");

export interface FixtureProgram {
  readonly name: string;
  readonly handler: string;
  /** What it calls, as a person found by reading it. */
  readonly calls: readonly string[];
  readonly unresolved: number;
  readonly files: readonly CodeFile[];
}

/** The programs that were written for the tests: a head of three lines, then files, each behind its name. */
export function programs(): FixtureProgram[] {
  return readdirSync(folder).map((file) => {
    const [head = "", ...parts] = readFileSync(join(folder, file), "utf8").split(/^--- /m);
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(head)?.[1] ?? "";
    const files = parts.map((part) => ({ path: part.slice(0, part.indexOf("\n")), text: part.slice(part.indexOf("\n") + 1) }));
    const calls = field("calls").split(" ").filter(Boolean);
    return { name: file.replace(/\.txt$/, ""), handler: field("handler"), calls, unresolved: Number(field("unresolved")), files };
  });
}
