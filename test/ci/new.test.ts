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
  const parts = ["shared", "tools", "test/notify", "package.json", "tsconfig.json"];
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function run(...args: string[]) {
  return spawnSync(process.execPath, [join(copy, "tools", "new.ts"), ...args], { encoding: "utf8" });
}

// names that are nobody's: who follows CONTRIBUTING.md to the letter has its examples in the tree
const inCopy = (path: string) => readFileSync(join(copy, path), "utf8");
const broker = ["collector", "example-brokers", "AWS::AbcExample::Broker"];

test("npm run new makes a rule that is in the catalogue, with a test beside it", async () => {
  const { status, stdout } = run("rule", "lambda/example-of-a-rule");
  expect(status).toBe(0);
  expect(stdout).toContain("test/rules/lambda/example-of-a-rule.test.ts");
  const file = pathToFileURL(join(copy, "shared", "rules", "lambda", "example-of-a-rule.ts"));
  const { exampleOfARule: rule } = (await import(file.href)) as { exampleOfARule: Rule };
  expect(rule).toMatchObject({ id: "lambda/example-of-a-rule", types: ["AWS::Lambda::Function"], gone: ["functions:listed"] });
  expect(inCopy("shared/rules/catalogue.ts")).toContain('import { exampleOfARule } from "./lambda/example-of-a-rule.ts";');
});

test("npm run new says of a rule what proves that a resource of its type is gone, and of a type that nobody reads which was meant", () => {
  expect(run("rule", "sqs/example-of-a-rule", "AWS::SQS::Queue").status).toBe(0);
  expect(inCopy("shared/rules/sqs/example-of-a-rule.ts")).toContain('gone: ["sqs:listed"]');
  const { status, stdout, stderr } = run("rule", "lambda/example-of-a-rule", "AWS::Lambda::Functoin");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(
    /^new: no collector reads AWS::Lambda::Functoin; did you mean AWS::Lambda::Function\? A new type needs a collector first\n/,
  );
});

test("npm run new makes a collector that is in every list, in its place", () => {
  expect(run(...broker)).toMatchObject({ status: 0, stdout: expect.stringContaining("shared/collect/abcexample/example-brokers.ts") });
  expect(inCopy("shared/model/graph.ts")).toContain('  "example-brokers",\n] as const;\nexport type ServiceName');
  const list = inCopy("shared/collect/services.ts");
  expect(list).toContain('\n\nimport { exampleBrokersCollector } from "./abcexample/example-brokers.ts";\nimport { httpApisCollector }');
  expect(list).toContain("  exampleBrokersCollector,\n];");
  expect(inCopy("shared/describe/services/services.ts")).toContain('  "example-brokers": exampleBrokers,\n}');
  expect(inCopy("shared/wording/collector-names.ts")).toContain('  "example-brokers": "example brokers",\n};');
  expect(inCopy("shared/data/resource-types.ts")).toContain('  "AWS::AbcExample::Broker": {},\n};');
  expect(run("collector", "zoos", "AWS::SQS::Queue").status).toBe(0);
  expect(inCopy("shared/data/resource-types.ts").split('"AWS::SQS::Queue": {')).toHaveLength(2);
  expect(inCopy("shared/describe/services/services.ts")).toMatch(
    /from "\.\/web-functions\.ts";\nimport .* as zoos .*\n\n[\s\S]*\n {2}zoos,\n}/,
  );
});

test("npm run new makes a kind of channel that the settings know, that is opened, described and put to hostile names", () => {
  expect(run("channel", "example-chat")).toMatchObject({ status: 0, stderr: "" });
  const kinds = inCopy("shared/channel-settings/kinds.ts");
  expect(kinds).toContain('import { entries as exampleChat } from "./example-chat.ts";');
  expect(kinds).toContain('  "example-chat": exampleChat,\n} as const');
  expect(inCopy("shared/notify/open-channels.ts")).toContain('  "example-chat": () => import("./kinds/example-chat.ts"),\n};');
  expect(inCopy("tools/channels-document.ts")).toContain('  "example-chat": "Say for whom');
  expect(inCopy("test/notify/kinds/hostile.test.ts")).toContain('  "example-chat": { kind: "example-chat", url: "env:HOOK" },\n});');
});

test("what it makes compiles, is laid out as the project is, and its tests of collectors and channels hold", { timeout: 180_000 }, () => {
  for (const part of ["test", "samples", "biome.json"]) cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const args of [["rule", "lambda/example-of-a-rule"], broker, ["channel", "example-chat"]]) expect(run(...args).status).toBe(0);
  const frames = [
    "test/rules/lambda/example-of-a-rule.test.ts",
    "test/collect/abcexample/example-brokers.test.ts",
    "test/notify/kinds/example-chat.test.ts",
    "test/notify/kinds/hostile.test.ts",
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
    "tools/channels-document.ts",
    "test/notify",
    "shared/channel-settings",
    "shared/model/graph.ts",
  ];
  expect(bin("biome", "check", ...written)).toMatchObject({ status: 0, stderr: "" });
  const tried = bin(
    "vitest",
    "run",
    "--root",
    copy,
    "test/collect/abcexample/example-brokers.test.ts",
    "test/notify/kinds/example-chat.test.ts",
    "test/notify/kinds/hostile.test.ts",
  );
  expect(tried).toMatchObject({ status: 0 });
});

test("what is there already stays, and a mistyped command writes nothing", () => {
  for (const args of [["rule", "lambda/example-of-a-rule"], broker, ["channel", "example-chat"]]) {
    run(...args);
    expect(run(...args)).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("is there already") });
  }
  expect(inCopy("shared/model/graph.ts").split('"example-brokers"')).toHaveLength(2);
  expect(run("rule", "Lambda_X").stderr).toContain('the id of a rule is SERVICE/NAME in lower case, which "Lambda_X" is not');
  const mistyped = [
    ["rule", "Lambda/X"],
    ["rule"],
    [],
    ["rule", "lambda/x", "AWS::SQS::Queue", "more"],
    ["ruler", "lambda/x"],
    ["collector", "brokers"],
    ["collector", "Brokers", "AWS::A::B"],
  ];
  for (const args of [...mistyped, ["channel", "a/b"], ["channel", "chat", "AWS::A::B"]])
    expect(run(...args)).toMatchObject({ status: 2, stdout: "" });
});
