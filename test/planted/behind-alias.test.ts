import { afterAll, beforeAll, expect, test } from "vitest";
import type { ScanDocument } from "../../shared/model/document.ts";
import type { TestWatchdog } from "../a-watchdog.ts";
import { functionArn, StubAccount } from "../stub-account.ts";
import { plantedAccount } from "./planted-account.ts";
import { aPlantedWatchdog } from "./planted-code.ts";

let dog: TestWatchdog;
let document: ScanDocument;
const stub = new StubAccount(plantedAccount());

beforeAll(async () => {
  dog = await aPlantedWatchdog(stub);
  document = (await dog.scan()).document;
});
afterAll(() => dog.close());

const saidOf = (name: string) => document.findings.filter(({ resource }) => resource.name === name);

test("a version that callers get by an alias is judged by its own runtime, and the commands lead the alias on and back", () => {
  const [finding, ...more] = saidOf("old-behind-alias").filter(({ rule }) => rule === "lambda/deprecated-runtime");
  expect(more).toEqual([]);
  expect(finding?.title).toBe(
    "Callers of alias live of old-behind-alias get a version that runs on python3.8, which AWS stopped patching on 14 Oct 2024",
  );
  expect(finding?.remediation.commands).toEqual([
    'aws lambda update-alias --function-name old-behind-alias --name live --region eu-west-1 --function-version "$(aws lambda publish-version --function-name old-behind-alias --region eu-west-1 --query Version --output text)"',
    "aws lambda update-alias --function-name old-behind-alias --name live --region eu-west-1 --function-version 3",
  ]);
});

test("its timeout is the one that cuts runs off, and it changes by a new version only", () => {
  const facts = document.functions.find(({ name }) => name === "slow-behind-alias");
  expect(facts).toMatchObject({
    timeoutSeconds: 10,
    behindAlias: { version: "3", aliases: ["live"], latestTimeoutSeconds: 60 },
    timeout: { verdict: "tight" },
  });
  const tight = saidOf("slow-behind-alias").find(({ rule }) => rule === "lambda/timeout-too-tight");
  expect(tight?.title).toContain("longest run 9.7 s of 10 s");
  expect(tight?.remediation.text).toContain("Callers of alias live get version 3, which keeps its 10 s; the function itself has 60 s");
  expect(tight?.remediation.commands.map((command) => command.split(" ").slice(0, 4).join(" "))).toEqual([
    "aws lambda update-function-configuration --function-name",
    "aws lambda wait function-updated",
    "aws lambda update-alias --function-name",
    "aws lambda update-alias --function-name",
  ]);
  // nothing is said of the 60 s that nobody runs under
  expect(saidOf("slow-behind-alias").map(({ rule }) => rule)).not.toContain("lambda/timeout-too-long");
});

test("its role and layers are in use", () => {
  const arn = functionArn("old-behind-alias");
  const uses = document.relations.filter(({ from, evidence }) => from === arn && evidence.includes("of version 3"));
  expect(uses.map(({ kind, evidence }) => `${kind}: ${evidence}`).toSorted()).toEqual([
    "assumes: lambda:GetFunctionConfiguration, Role of version 3",
    "uses-layer: lambda:GetFunctionConfiguration, Layers of version 3",
  ]);
  expect(saidOf("of-an-old-version").filter(({ rule }) => /orphaned|unreferenced/.test(rule))).toEqual([]);
});

test("a published version is read once", async () => {
  const before = stub.calls["lambda:GetFunctionConfiguration"];
  await dog.scan();
  expect(stub.calls["lambda:GetFunctionConfiguration"]).toBe(before);
});
