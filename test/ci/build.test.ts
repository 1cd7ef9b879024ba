import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import metadata from "../../package.json" with { type: "json" };
import { aRecording } from "../cli/a-recording.ts";
import { aFolder, root } from "../cli/run-command.ts";

describe("the published package", () => {
  const folder = aFolder();
  const built = join(folder.path, "dist");
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [join(built, "smalltarget.js"), ...args], { cwd: folder.path, encoding: "utf8" });

  beforeAll(() => {
    execFileSync(process.execPath, [join(root, "tools", "build.ts"), built]);
  });
  afterAll(() => folder.remove());

  test("runs alone: no package is installed beside it", () => {
    expect(run("--version")).toBe(`${metadata.version}\n`);
  });

  test("scans a recording", async () => {
    const replay = await aRecording(folder.path);
    expect(run("scan", "--replay", replay, "--store", "none")).toContain("4 functions");
  });

  test("has the parser of Python beside its parts, where the reader looks for it", () => {
    const parts = readdirSync(join(built, "lib"));
    expect(parts).toEqual(expect.arrayContaining(["web-tree-sitter.wasm", "tree-sitter-python.wasm"]));
  });

  test("is a command, names what it needs, and carries the licences of what is in it", () => {
    expect(readFileSync(join(built, "smalltarget.js"), "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
    const published = JSON.parse(readFileSync(join(built, "package.json"), "utf8"));
    expect(published).toMatchObject({ bin: { smalltarget: "smalltarget.js" }, optionalDependencies: metadata.optionalDependencies });
    expect(published).not.toHaveProperty("dependencies");
    const licences = readFileSync(join(built, "THIRD-PARTY.txt"), "utf8");
    expect(licences).toMatch(/^@aws-sdk\/client-lambda [\d.]+ \(Apache-2\.0\)$/m);
    expect(licences).toMatch(/^tree-sitter-python [\d.]+ \(MIT\)$/m);
    expect(licences).toMatch(/^commander [\d.]+ \(MIT\)$/m);
    expect(existsSync(join(built, "LICENSE"))).toBe(true);
  });
});
