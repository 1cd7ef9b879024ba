import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { root } from "../cli/run-command.ts";

/** Spreadsheets and pictures are made on the command line: their libraries would only make a Lambda slower to start. */
const ofTheCommandLine = /node_modules\/(hucre|@dagrejs|commander)\//;

test("libraries of the command line are in no function", async () => {
  const folder = join(root, "functions");
  const { metafile } = await build({
    entryPoints: readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    outdir: "unused",
    external: ["@aws-sdk/*", "@smithy/*"],
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.some((path) => path.endsWith("shared/watch.ts"))).toBe(true);
  expect(inputs.filter((path) => ofTheCommandLine.test(path))).toEqual([]);
});
