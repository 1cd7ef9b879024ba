import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";
import { type FixtureProgram, operations, programs } from "./reading.ts";

/** Programs of one file whose clients are installed here: tables, pages and waiters, methods of whole clients and of documents. */
const chosen = programs().filter(({ name }) => ["document-methods", "whole-clients", "pages-and-waits"].includes(name));

const kinds = [
  { kind: "the SDK outside, minified", external: ["@aws-sdk/*"], mainFields: ["main"], minify: true },
  { kind: "the SDK's CommonJS build inside", external: [], mainFields: ["main"], minify: false },
  { kind: "the SDK's CommonJS build inside, minified", external: [], mainFields: ["main"], minify: true },
  { kind: "the SDK's ES modules inside, minified", external: [], mainFields: ["module", "main"], minify: true },
];

async function bundle({ files }: FixtureProgram, { external, mainFields, minify }: (typeof kinds)[number]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: files[0]?.text ?? "", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    external,
    mainFields,
    minify,
  });
  return outputFiles[0]?.text ?? "";
}

test("the chosen programs are there", () => {
  expect(chosen).toHaveLength(3);
});

describe.each(kinds)("a bundle with $kind", (kind) => {
  test.each(chosen)("of $name tells every call of the program, and none of the SDK's own", async (program) => {
    const text = await bundle(program, kind);
    const summary = readCode([{ path: "index.js", text }], { handler: program.handler });
    expect(operations(summary)).toEqual(program.calls);
    expect(summary.unread).toEqual([]);
    expect(summary.unresolved).toEqual([]);
  });
});
