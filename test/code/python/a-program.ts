/** Programs whose calls are known: test/code/programs/python/NAME with expected.json beside the code. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCode } from "../../../shared/code/python/read-code.ts";
import type { CodeSummary, CodeText, SdkCall } from "../../../shared/model/code.ts";

export const programsFolder = join(import.meta.dirname, "..", "programs", "python");

export interface Expected {
  readonly handler: string;
  /** `dynamodb.GetItem`, by boto3's name of the service: every operation that a run may call, and no other. */
  readonly calls: readonly string[];
  readonly unresolved: number;
  /** Members of the request that the code states, per operation, as `Name=text`. */
  readonly resources?: Readonly<Record<string, readonly string[]>>;
}

export interface Program {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly expected: Expected;
}

export function programs(): Program[] {
  return globSync("*/expected.json", { cwd: programsFolder })
    .toSorted()
    .map((file) => {
      const name = file.replace(/[\\/]expected\.json$/, "");
      const folder = join(programsFolder, name);
      const paths = globSync("**/*.{py,txt}", { cwd: folder }).map((path) => path.replaceAll("\\", "/"));
      const files = paths.toSorted().map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
      return { name, files, expected: JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) };
    });
}

/** One file that is read alone. */
export function readText(text: string, handler?: string): Promise<CodeSummary> {
  return readCode([{ path: "app.py", text }], handler === undefined ? {} : { handler });
}

/** Calls that the program makes, each once; those that nothing reaches are left out. */
export function operationsOf(summary: CodeSummary): string[] {
  const reached = summary.calls.filter(({ confidence }) => confidence !== "low");
  return [...new Set(reached.map(({ client, operation }) => `${client}.${operation}`))].toSorted();
}

/** As `operationsOf` writes what expected.json names. */
export function expectedOperations({ calls }: Expected): string[] {
  return [...new Set(calls.map((call) => call.replaceAll("-", "")))].toSorted();
}

/** `TableName=<ORDERS>`: `?` is what could not be told. */
export function written({ parameters }: SdkCall): string[] {
  return parameters.map(({ name, value }) => `${name}=${writtenText(value)}`);
}

function writtenText(value: CodeText): string {
  return value
    .map((part) => {
      if ("text" in part) return part.text;
      if ("unknown" in part) return "?";
      return part.otherwise === undefined ? `<${part.environment}>` : `<${part.environment}:-${part.otherwise}>`;
    })
    .join("");
}
