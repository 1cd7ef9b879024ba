import { describe, expect, test } from "vitest";
import type { DocumentFinding, DocumentResource, ScanDocument } from "../../shared/model/document.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { clearsWords, whomWords, whyWords } from "../../shared/today/words.ts";
import { kindsOf, taskOf } from "../../shared/today/work.ts";
import { worthDoing } from "../../shared/today/worth-doing.ts";
import { aDocument, aDocumentFinding, aFunction } from "../build.ts";

const now = new Date("2026-11-25T08:00:00Z");
const account = "111122223333";
const lambdaArn = (name: string) => `arn:aws:lambda:eu-west-1:${account}:function:${name}`;

let number = 0;
function finding(rule: string, name: string, given: Partial<DocumentFinding> = {}): DocumentFinding {
  number += 1;
  return aDocumentFinding({
    id: `F-${String(number).padStart(10, "0")}`,
    rule,
    title: `${rule} of ${name}`,
    evidence: {},
    resource: { arn: lambdaArn(name), type: "AWS::Lambda::Function", name, account, region: "eu-west-1" },
    remediation: { text: "Do it.", commands: [`aws lambda do-${rule.replace("/", "-")} --function-name ${name}`] },
    ...given,
  });
}

function ranked(given: Partial<ScanDocument>, wanted: Omit<Parameters<typeof worthDoing>[1], "now"> = {}) {
  return worthDoing(aDocument(given), { now, ...wanted });
}

test("what mends something critical comes first, also where more is gained elsewhere in a minute", () => {
  const open = finding("s3/public-write", "uploads", { severity: "CRITICAL" });
  // taking one function away clears everything about it
  const rules = [
    "lambda/unused-function",
    "lambda/timing-out",
    "lambda/open-function-url",
    "lambda/deprecated-runtime",
    "lambda/public-policy",
  ];
  const many = rules.map((rule) => finding(rule, "old", { severity: "HIGH" }));
  const [first, second] = ranked({ findings: [...many, open] });
  expect(first?.findings.map(({ id }) => id)).toEqual([open.id]);
  expect(second?.riskPerMinute).toBeGreaterThan(first?.riskPerMinute ?? Number.POSITIVE_INFINITY);
});

describe("the three tasks", () => {
  test.each(catalogue.map(({ id }) => id))("%s belongs to exactly one of them", (id) => {
    expect(kindsOf(id).map(({ task }) => task)).toHaveLength(1);
  });

  test("a rule of another version still has a place", () => {
    expect(taskOf("lambda/no-longer-a-rule")).toBe("target");
  });

  test("only what belongs to the task that was asked for is listed", () => {
    const findings = [
      finding("lambda/unused-function", "old"),
      finding("lambda/timeout-too-long", "slow"),
      finding("sqs/unused-queue", "q", { owner: {} }),
    ];
    const rules = (task: "unknowns" | "target" | "talk") => ranked({ findings }, { task }).map(({ findings: [first] }) => first?.rule);
    expect(rules("unknowns").toSorted()).toEqual(["lambda/unused-function", "sqs/unused-queue"]);
    expect(rules("target")).toEqual(["lambda/timeout-too-long"]);
    expect(rules("talk")).toEqual(["sqs/unused-queue"]);
  });
});

describe("the order", () => {
  test("is by the risk that a minute takes away: a quick grave thing before a long grave thing before a quick mild one", () => {
    const findings = [
      finding("lambda/timeout-too-tight", "mild", { severity: "LOW" }),
      finding("lambda/deprecated-runtime", "long", { severity: "HIGH" }),
      finding("lambda/timing-out", "quick", { severity: "HIGH" }),
    ];
    expect(ranked({ findings }).map(({ findings: [first] }) => first?.resource)).toEqual(["quick", "long", "mild"]);
  });

  test("what the internet reaches comes before the same thing that only the account reaches", () => {
    const exposed = (level: "internal" | "internet-anonymous") => ({ level, paths: [] });
    const functions = [
      aFunction({ name: "inside", arn: lambdaArn("inside"), exposure: exposed("internal") }),
      aFunction({ name: "outside", arn: lambdaArn("outside"), exposure: exposed("internet-anonymous") }),
    ];
    const findings = [finding("lambda/deprecated-runtime", "inside"), finding("lambda/deprecated-runtime", "outside")];
    const [first, second] = ranked({ functions, findings });
    expect(first?.findings[0]?.resource).toBe("outside");
    expect(first?.risk).toBe(2 * (second?.risk ?? 0));
  });

  test("how open a function is does not make its tight timeout any tighter", () => {
    const functions = [aFunction({ name: "f", arn: lambdaArn("f"), exposure: { level: "internet-anonymous", paths: [] } })];
    expect(ranked({ functions, findings: [finding("lambda/timeout-too-tight", "f")] })[0]?.risk).toBe(30);
  });

  test("a role is as open as the most open function that has it", () => {
    const roleArn = `arn:aws:iam::${account}:role/shared`;
    const functions = [
      aFunction({ name: "a", roleArn, exposure: { level: "internal", paths: [] } }),
      aFunction({ name: "b", roleArn, exposure: { level: "none", indirectLevel: "internet-anonymous", paths: [] } }),
    ];
    const resource = { arn: roleArn, type: "AWS::IAM::Role", name: "shared", account, region: "global" };
    const [one] = ranked({ functions, findings: [finding("iam/excess-permissions", "shared", { resource })] });
    expect(one?.parts).toEqual([{ severity: "HIGH", exposure: "internet-anonymous", confidence: "high", risk: 60 }]);
  });

  test("what we are not sure of weighs less; what we cannot tell about its exposure changes nothing", () => {
    const findings = [finding("lambda/timing-out", "sure"), finding("lambda/timing-out", "guess", { confidence: "low" })];
    expect(ranked({ findings, functions: [] }).map(({ risk }) => risk)).toEqual([30, 12]);
  });

  test("is the same whatever order the findings come in", () => {
    const findings = ["c", "a", "b"].map((name) => finding("lambda/timing-out", name));
    const names = (some: readonly DocumentFinding[]) => ranked({ findings: some }).map(({ title }) => title);
    expect(names(findings.toReversed())).toEqual(names(findings));
  });
});

describe("one piece of work", () => {
  test("taking an unused function away clears whatever else is wrong with it", () => {
    const findings = [
      finding("lambda/deprecated-runtime", "old", { severity: "HIGH" }),
      finding("lambda/unused-function", "old", { severity: "LOW" }),
      finding("lambda/timeout-too-long", "old", { severity: "MEDIUM" }),
      finding("lambda/timeout-too-long", "new", { severity: "MEDIUM" }),
    ];
    const [first, ...rest] = ranked({ findings });
    expect(first?.findings.map(({ rule }) => rule)).toEqual([
      "lambda/unused-function",
      "lambda/deprecated-runtime",
      "lambda/timeout-too-long",
    ]);
    expect(first).toMatchObject({ task: "unknowns", severity: "HIGH", risk: 43, minutes: 15, title: "lambda/unused-function of old" });
    expect(rest.map(({ title }) => title)).toEqual(["lambda/timeout-too-long of new"]);
  });

  test("a role that is written anew is neither shared nor too large any more; the more functions share it the longer that takes", () => {
    const resource = { arn: `arn:aws:iam::${account}:role/r`, type: "AWS::IAM::Role", name: "r", account, region: "global" };
    const findings = [
      finding("iam/shared-function-role", "r", { resource, evidence: { functions: ["a", "b", "c"] } }),
      finding("iam/excess-permissions", "r", { resource, evidence: { functions: ["a", "b", "c"] } }),
    ];
    const [one, ...rest] = ranked({ findings });
    expect(rest).toEqual([]);
    expect(one).toMatchObject({ minutes: 90, risk: 60 });
  });

  test("one build takes the new versions of all libraries, of every function of its stack; a function without a stack is built alone", () => {
    const inStack = (name: string, stack?: string) =>
      aFunction({ name, arn: lambdaArn(name), ...(stack ? { stack: { name: stack } } : {}) });
    const vulnerable = (name: string, library: string) =>
      finding("library/vulnerable", name, { remediation: { text: "", commands: [`npm install ${library}`] } });
    const functions = [inStack("a", "shop"), inStack("b", "shop"), inStack("c")];
    const findings = [vulnerable("a", "lodash"), vulnerable("a", "minimist"), vulnerable("b", "lodash"), vulnerable("c", "lodash")];
    expect(ranked({ functions, findings }).map((one) => one.findings.map(({ resource }) => resource))).toEqual([["a", "a", "b"], ["c"]]);
  });

  test("a longer timeout spares the alarm; a function that only lacks the alarm shares the work with the others that do", () => {
    const alarms = { remediation: { text: "Watch it.", commands: ["smalltarget alarms plan"] }, severity: "LOW" } as const;
    const findings = [
      finding("lambda/timeout-too-tight", "tight"),
      finding("lambda/near-timeout-unwatched", "tight", alarms),
      finding("lambda/near-timeout-unwatched", "b", alarms),
      finding("lambda/near-timeout-unwatched", "c", { ...alarms, owner: { team: "shop" } }),
    ];
    const deeds = ranked({ findings }).map((one) => one.findings.map(({ resource }) => resource));
    expect(deeds).toEqual([
      ["tight", "tight"],
      ["b", "c"],
    ]);
    // for one team only its own counts
    expect(ranked({ findings }, { owner: "shop" }).map((one) => one.findings.length)).toEqual([1]);
  });
});

describe("what does not count", () => {
  test("what somebody decided to live with, and what is resolved", () => {
    const findings = [
      finding("lambda/timing-out", "a", { status: "SUPPRESSED" }),
      finding("lambda/timing-out", "b", { status: "RESOLVED" }),
      finding("lambda/timing-out", "c", { status: "NOTIFIED" }),
    ];
    expect(ranked({ findings }).map(({ title }) => title)).toEqual(["lambda/timing-out of c"]);
  });
});

describe("whom to talk to", () => {
  const inStack = (name: string): DocumentResource => ({
    arn: lambdaArn(name),
    type: "AWS::Lambda::Function",
    name,
    region: "eu-west-1",
    tags: { "aws:cloudformation:stack-name": "reports" },
    owner: {},
    exposure: { level: "internal", paths: [] },
  });

  test("the owners of all that it clears, the main one first, each once and with the reason", () => {
    const commands = { remediation: { text: "", commands: ["one command"] } };
    const findings = [
      finding("sns/public-policy", "a", { ...commands, owner: { team: "core", source: "tag team" } }),
      finding("sns/public-policy", "b", { ...commands, owner: { team: "shop" } }),
      finding("sns/public-policy", "c", { ...commands, owner: { team: "core", source: "tag owner" } }),
    ];
    const [one] = ranked({ findings });
    expect(whomWords(one?.owners ?? [])).toBe("core (tag team), also shop");
  });

  test("an owner that is a guess is said to be one", () => {
    expect(whomWords([{ team: "ann", source: "created it, says CloudTrail", confidence: "low" }])).toBe(
      "ann (created it, says CloudTrail, a guess)",
    );
  });

  test("a stack that nobody owns is one question, whatever is in it; findings about the scan itself are none", () => {
    const findings = [
      finding("lambda/deprecated-runtime", "a", { owner: {} }),
      finding("lambda/timing-out", "b", { owner: {} }),
      finding("scan/coverage-incomplete", "x", {
        owner: {},
        resource: { arn: `arn:aws:iam::${account}:root`, type: "AWS::::Account", name: account, account, region: "global" },
      }),
    ];
    const talks = ranked({ findings, resources: [inStack("a"), inStack("b")] }, { task: "talk" });
    expect(talks.map(({ title }) => title)).toEqual(["Nobody owns 2 resources of stack reports in eu-west-1: 2 findings reach nobody"]);
    expect(talks[0]).toMatchObject({ risk: 12, owners: [], command: `smalltarget own ${lambdaArn("a")} TEAM` });
  });

  test("a decision that ends soon is one question, however many findings it holds; it is asked of whoever owns them", () => {
    const acknowledged = {
      ack: "A-0000000001",
      scope: "rule+owner",
      reason: "accepted-risk",
      comment: "until the move",
      until: "2026-11-28T00:00:00.000Z",
      alsoUntil: "worse",
      by: "arn:aws:iam::111122223333:user/ann",
      at: "2026-09-01T00:00:00.000Z",
      severity: "HIGH",
      evidenceDigest: "x",
      endsSoon: true,
    } as const;
    const { endsSoon: _, ...later } = acknowledged;
    const findings = [
      finding("lambda/timing-out", "a", { status: "SUPPRESSED", acknowledged }),
      finding("lambda/timing-out", "b", { status: "SUPPRESSED", acknowledged }),
      finding("lambda/timing-out", "c", { status: "SUPPRESSED", acknowledged: { ...later, ack: "A-0000000002" } }),
    ];
    const asked = ranked({ findings }, { task: "talk" });
    expect(asked.map(({ title }) => title)).toEqual(["Accepted until 28 Nov 2026 only: lambda/timing-out of a and 1 more"]);
    expect(asked[0]).toMatchObject({ key: "decide A-0000000001", risk: 12, owners: [{ team: "payments" }] });
    expect(ranked({ findings }, { owner: "shop" })).toEqual([]);
  });

  test("nobody is asked for a team's own list who the owner is", () => {
    const findings = [finding("lambda/timing-out", "a", { owner: {} }), finding("lambda/timing-out", "b")];
    expect(ranked({ findings }, { owner: "payments" }).map(({ task }) => task)).toEqual(["target"]);
    expect(ranked({ findings }, { owner: "unowned" }).map(({ task }) => task)).toEqual(["target", "talk"]);
  });

  test("a hostile name is quoted in the command", () => {
    const resource = { arn: "arn:aws:sqs:eu-west-1:1:a;rm -rf ~", type: "AWS::SQS::Queue", name: "a", account, region: "eu-west-1" };
    const [one] = ranked({ findings: [finding("sqs/unused-queue", "a", { resource, owner: {} })] }, { task: "talk" });
    expect(one?.command).toBe("smalltarget own 'arn:aws:sqs:eu-west-1:1:a;rm -rf ~' TEAM");
  });
});

describe("the words", () => {
  test("say the factors of the risk, and the time", () => {
    const functions = [aFunction({ name: "f", arn: lambdaArn("f"), exposure: { level: "cross-account", paths: [] } })];
    const [one] = ranked({ functions, findings: [finding("lambda/deprecated-runtime", "f", { confidence: "medium" })] });
    expect(one && whyWords(one)).toBe(
      "takes away 32 of risk in about 90 minutes (0.35 a minute): HIGH counts 30, x1.5 as other accounts reach it, x0.7 as its confidence is medium",
    );
  });

  test("of many findings name a few and count the others", () => {
    const findings = Array.from({ length: 9 }, (_, i) =>
      finding("sns/public-policy", `t${i}`, { remediation: { text: "", commands: ["x"] } }),
    );
    const [one] = ranked({ findings });
    expect(one && whyWords(one)).toMatch(/; and 6 more$/);
    expect(one && clearsWords(one)).toMatch(/^clears F-\d+, F-\d+, F-\d+, F-\d+, F-\d+ and 4 more$/);
  });
});

test("20,000 findings are ranked in reasonable time", () => {
  const findings = Array.from({ length: 20_000 }, (_, i) => finding("iam/missing-permission", `f${i}`));
  expect(ranked({ findings })).toHaveLength(20_000);
});
