import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Rule } from "../../shared/model/rule.ts";
import { root } from "../cli/run-command.ts";

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "smalltarget-new-"));
  for (const folder of ["shared", "tools"]) cpSync(join(root, folder), join(copy, folder), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function run(...args: string[]) {
  return spawnSync(process.execPath, [join(copy, "tools", "new.ts"), ...args], { encoding: "utf8" });
}

test("npm run new makes a rule that is in the catalogue, with a test beside it", async () => {
  const { status, stdout } = run("rule", "lambda/no-dead-letter-queue");
  expect(status).toBe(0);
  expect(stdout).toContain("test/rules/lambda/no-dead-letter-queue.test.ts");
  const file = pathToFileURL(join(copy, "shared", "rules", "lambda", "no-dead-letter-queue.ts"));
  const { noDeadLetterQueue: rule } = (await import(file.href)) as { noDeadLetterQueue: Rule };
  expect(rule).toMatchObject({ id: "lambda/no-dead-letter-queue", types: ["AWS::Lambda::Function"] });
  const catalogue = readFileSync(join(copy, "shared", "rules", "catalogue.ts"), "utf8");
  expect(catalogue).toContain('import { noDeadLetterQueue } from "./lambda/no-dead-letter-queue.ts";');
});

test("what is there already stays, and a mistyped command writes nothing", () => {
  run("rule", "lambda/no-dead-letter-queue");
  expect(run("rule", "lambda/no-dead-letter-queue")).toMatchObject({ status: 1, stderr: expect.stringContaining("is there already") });
  for (const args of [["rule", "Lambda/X"], ["rule"], ["ruler", "lambda/x"]]) expect(run(...args)).toMatchObject({ status: 2, stdout: "" });
});
