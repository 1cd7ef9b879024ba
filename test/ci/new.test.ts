import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Rule } from "../../shared/model/rule.ts";
import { root } from "../cli/run-command.ts";

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "smalltarget-new-"));
  for (const part of ["shared", "tools", "package.json", "tsconfig.json"]) cpSync(join(root, part), join(copy, part), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function run(...args: string[]) {
  return spawnSync(process.execPath, [join(copy, "tools", "new.ts"), ...args], { encoding: "utf8" });
}

const inCopy = (path: string) => readFileSync(join(copy, path), "utf8");
const broker = ["collector", "message-brokers", "AWS::AmazonMQ::Broker"];

test("npm run new makes a rule that is in the catalogue, with a test beside it", async () => {
  const { status, stdout } = run("rule", "lambda/no-dead-letter-queue");
  expect(status).toBe(0);
  expect(stdout).toContain("test/rules/lambda/no-dead-letter-queue.test.ts");
  const file = pathToFileURL(join(copy, "shared", "rules", "lambda", "no-dead-letter-queue.ts"));
  const { noDeadLetterQueue: rule } = (await import(file.href)) as { noDeadLetterQueue: Rule };
  expect(rule).toMatchObject({ id: "lambda/no-dead-letter-queue", types: ["AWS::Lambda::Function"] });
  expect(inCopy("shared/rules/catalogue.ts")).toContain('import { noDeadLetterQueue } from "./lambda/no-dead-letter-queue.ts";');
});

test("npm run new makes a collector that is in every list, in its place", () => {
  expect(run(...broker)).toMatchObject({ status: 0, stdout: expect.stringContaining("shared/collect/amazonmq/message-brokers.ts") });
  expect(inCopy("shared/model/graph.ts")).toContain('  "message-brokers",\n] as const;\nexport type ServiceName');
  const list = inCopy("shared/collect/services.ts");
  expect(list).toContain('\n\nimport { messageBrokersCollector } from "./amazonmq/message-brokers.ts";\nimport { httpApisCollector }');
  expect(list).toContain("  messageBrokersCollector,\n];");
  expect(inCopy("shared/describe/services/services.ts")).toContain('  "message-brokers": messageBrokers,\n}');
  expect(inCopy("shared/wording/collector-names.ts")).toContain('  "message-brokers": "message brokers",\n};');
  expect(inCopy("shared/data/resource-types.ts")).toContain('  "AWS::AmazonMQ::Broker": {},\n};');
  expect(run("collector", "zones", "AWS::SQS::Queue").status).toBe(0);
  expect(inCopy("shared/data/resource-types.ts").split('"AWS::SQS::Queue": {')).toHaveLength(2);
  expect(inCopy("shared/describe/services/services.ts")).toMatch(
    /from "\.\/web-functions\.ts";\nimport .* as zones .*\n\n[\s\S]*\n {2}zones,\n}/,
  );
});

test("what it makes compiles, is laid out as the project is, and its tests of collectors and channels hold", { timeout: 180_000 }, () => {
  for (const part of ["test", "samples", "biome.json"]) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const args of [["rule", "lambda/no-dead-letter-queue"], broker, ["channel", "team-chat"]]) expect(run(...args).status).toBe(0);
  const frames = [
    "test/rules/lambda/no-dead-letter-queue.test.ts",
    "test/collect/amazonmq/message-brokers.test.ts",
    "test/notify/kinds/team-chat.test.ts",
    "shared/rules/catalogue.ts",
    "shared/scan/judge-again.ts",
  ];
  writeFileSync(join(copy, "tsconfig.frames.json"), JSON.stringify({ extends: "./tsconfig.json", include: frames }));
  const bin = (name: string, ...args: string[]) =>
    spawnSync(join(root, "node_modules", ".bin", name), args, { cwd: copy, encoding: "utf8" });
  expect(bin("tsc", "-p", "tsconfig.frames.json")).toMatchObject({ status: 0, stdout: "" });
  const written = [
    ...frames.slice(0, 3),
    "shared/collect",
    "shared/describe/services",
    "shared/notify",
    "shared/channel-settings",
    "shared/model/graph.ts",
  ];
  expect(bin("biome", "check", ...written)).toMatchObject({ status: 0, stderr: "" });
  const tried = bin(
    "vitest",
    "run",
    "--root",
    copy,
    "test/collect/amazonmq/message-brokers.test.ts",
    "test/notify/kinds/team-chat.test.ts",
  );
  expect(tried).toMatchObject({ status: 0 });
});

test("what is there already stays, and a mistyped command writes nothing", () => {
  for (const args of [["rule", "lambda/no-dead-letter-queue"], broker, ["channel", "team-chat"]]) {
    run(...args);
    expect(run(...args)).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("is there already") });
  }
  expect(inCopy("shared/model/graph.ts").split('"message-brokers"')).toHaveLength(2);
  const mistyped = [["rule", "Lambda/X"], ["rule"], ["ruler", "lambda/x"], ["collector", "brokers"], ["collector", "Brokers", "AWS::A::B"]];
  for (const args of [...mistyped, ["channel", "a/b"], ["channel", "chat", "AWS::A::B"]])
    expect(run(...args)).toMatchObject({ status: 2, stdout: "" });
});
