import { describe, expect, it } from "vitest";
import { composeMessage } from "../../shared/notify/message.ts";
import { account, aFinding, hostileName, numbers } from "./a-finding.ts";

describe("a message about one finding", () => {
  const message = composeMessage(
    "single",
    [{ ...aFinding(1, { name: "orders-api", team: "payments" }), why: "A run that is cut off by its timeout is lost half done." }],
    account,
  );

  it("has a subject that says severity, what and where", () => {
    expect(message.subject).toBe("[HIGH] orders-api comes within 3 % of its timeout in eu-west-1");
  });

  it("reads well as plain text: what, where, why it matters, what shows it, a command to paste, whose it is, how to accept it, where more is", () => {
    expect(message.text).toBe(`HIGH  orders-api comes within 3 % of its timeout

Where  orders-api (Lambda Function), eu-west-1, account 111122223333
ARN    arn:aws:lambda:eu-west-1:111122223333:function:orders-api

Why it matters
  A run that is cut off by its timeout is lost half done.

Evidence
  longest:  9,700 ms
  timeout:  10 s
  samples:  41,207
  observed: 120 days

What to do
  Set the timeout to 22 s in stack orders, resource ApiFunction; a command
  alone drifts back with the next deployment of the stack.

aws lambda update-function-configuration --region eu-west-1 --function-name 'orders-api' --timeout 22

Owner    payments (tag team)
Since    2026-11-20 03:00 UTC, opened 2026-11-24 03:00 UTC, after 4 days
Rule     lambda/timeout-too-tight, confidence high
Finding  F-0000000001

More:     smalltarget show F-0000000001
Console:  https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders-api
Accept:   smalltarget ack F-0000000001 --reason accepted-risk --comment "WHY" --until 90d
Meant to be so:  tag the resource smalltarget:ignore, with the reason as value
`);
  });

  it("says of an owner that is a guess that it is one, and of none how to name one", () => {
    const said = (owner: object) => composeMessage("single", [{ ...aFinding(1), owner }], account).text;
    expect(said({ team: "ann", source: "created it, says CloudTrail", confidence: "low" })).toContain(
      "Owner    ann (created it, says CloudTrail; a guess)\n",
    );
    expect(said({})).toContain("Owner    nobody (no owner tag found): smalltarget own ARN TEAM says who\n");
  });

  it("of a finding that goes elsewhere says so, and not that it is gone", () => {
    const pending = { transition: "resolved", left: true } as const;
    expect(composeMessage("single", [aFinding(1, { pending })], account).text).toContain("It is told elsewhere from now on");
  });

  it("carries the labels that filters ask for", () => {
    expect(message).toMatchObject({ kind: "opened", severity: "HIGH", teams: ["payments"], envs: ["prod"], ruleGroups: ["lambda"] });
    expect(composeMessage("single", [aFinding(1)], account).teams).toEqual([]);
  });

  it("says so when the finding went away, and asks for nothing more", () => {
    const resolved = composeMessage("single", [aFinding(1, { pending: { transition: "resolved" } })], account);
    expect(resolved.subject).toMatch(/^\[RESOLVED\] /);
    expect(resolved.text).toContain("RESOLVED, was HIGH");
    expect(resolved.text).not.toContain("aws lambda");
  });

  it("survives hostile names: no controls, no formatting, no broken command", () => {
    const hostile = composeMessage("single", [aFinding(1, { name: hostileName.repeat(90), team: hostileName })], account);
    expect(hostile.subject).toMatch(/^[ -~]{1,99}$/);
    expect(hostile.text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(hostile.text).toContain("(a command with unprintable characters in a name: smalltarget show F-0000000001)");
    expect(hostile.markdown).not.toMatch(/<!|@here|\]\(|https:\/\//);
    expect(hostile.markdown.length).toBeLessThan(2500);
    expect(hostile.text.length).toBeLessThan(5000);
  });

  it("leaves a command that is too long for a message to the command line, uncut ones only", () => {
    const commands = [`aws ${"x".repeat(5000)}`, ...numbers(9).map((number) => `aws ${number}`)];
    const { text } = composeMessage("single", [aFinding(1, { remediation: { text: "Do it.", commands } })], account);
    expect(text).toContain("(a command of 5004 characters: smalltarget show F-0000000001)");
    expect(text).toContain("(4 more: smalltarget show F-0000000001)");
    expect(text).not.toContain("xxx");
  });
});

describe("a message about many findings", () => {
  const findings = [
    aFinding(1, { team: "payments", severity: "LOW" }),
    aFinding(2, { severity: "CRITICAL" }),
    aFinding(3, { team: "core", severity: "MEDIUM", pending: { transition: "changed" } }),
    aFinding(4, { team: "payments", severity: "HIGH" }),
    aFinding(5, { team: "core", severity: "CRITICAL", pending: { transition: "resolved" } }),
  ];

  it("of one owner says whose it is, a name that nobody should have too", () => {
    const said = (team?: string) =>
      composeMessage("digest", [aFinding(1, { ...(team ? { team } : {}), severity: "LOW" })], account).subject;
    expect(said("payments")).toBe("[LOW] Daily digest for payments, account 111122223333: 1 low");
    expect(said()).toBe("[LOW] Daily digest of what nobody owns, account 111122223333: 1 low");
    expect(said(hostileName.repeat(20))).toMatch(/^\[LOW\] Daily digest for [ -~]{1,60}, account 111122223333: 1 low$/);
  });

  it("counts by severity and groups by team: unowned last, gravest first, resolved last", () => {
    const digest = composeMessage("digest", findings, account);
    expect(digest.subject).toBe("[CRITICAL] Daily digest, account 111122223333: 1 critical, 1 high, 1 medium, 1 low, 1 resolved");
    expect(digest.text).toBe(`Digest, account 111122223333: 5 findings opened, changed or resolved since
the last one.

1 critical, 1 high, 1 medium, 1 low, 1 resolved

core (2)
  MEDIUM    F-0000000003  changed: orders-3 comes within 3 % of its timeout (eu-west-1)
  RESOLVED  F-0000000005  orders-5 comes within 3 % of its timeout (eu-west-1)

payments (2)
  HIGH      F-0000000004  orders-4 comes within 3 % of its timeout (eu-west-1)
  LOW       F-0000000001  orders-1 comes within 3 % of its timeout (eu-west-1)

Owned by nobody (1)
  CRITICAL  F-0000000002  orders-2 comes within 3 % of its timeout (eu-west-1)

Details of one:  smalltarget show F-0000000003
All of them:     smalltarget findings --all
Meant to be so:  tag the resource smalltarget:ignore, with the reason as value
`);
  });

  it("names every team, and unowned, so that every team's filter matches", () => {
    expect(composeMessage("summary", findings, account)).toMatchObject({
      kind: "summary",
      severity: "CRITICAL",
      teams: ["core", "payments", "unowned"],
    });
  });

  it("cuts a team's list and says how to see the rest", () => {
    const many = numbers(40).map((number) => aFinding(number, { team: "team o'neill" }));
    expect(composeMessage("digest", many, account).text).toContain("... and 15 more: smalltarget findings --all --team='team o'\\''neill'");
    expect(composeMessage("digest", many.slice(0, 26), account).text).not.toContain("more:");
    const ownerless = numbers(40).map((number) => aFinding(number));
    expect(composeMessage("digest", ownerless, account).text).toContain("... and 15 more: smalltarget findings --all --team unowned");
  });

  it("cuts the teams when there are too many of them", () => {
    const many = numbers(5000).map((number) => aFinding(number, { team: `${number}-${"é".repeat(240)}` }));
    const { text, markdown } = composeMessage("digest", many, account);
    expect(text).toMatch(/\.\.\. and [\d,]+ more of [\d,]+ teams: smalltarget findings --all\n/);
    expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThanOrEqual(80_002);
    expect(markdown.length).toBeLessThanOrEqual(2400);
  });

  it("lets a hostile title stay on its line", () => {
    const { text } = composeMessage("digest", [aFinding(1, { title: hostileName.repeat(100), team: "core" })], account);
    expect(text.split("\n").filter((line) => line.includes("F-0000000001"))).toHaveLength(2);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it("refuses to speak about nothing", () => {
    expect(() => composeMessage("digest", [], account)).toThrow(/nothing is sent when nothing happened/);
  });

  it("has an id that follows from what it says", () => {
    const again = composeMessage("digest", structuredClone(findings), account);
    expect(again).toEqual(composeMessage("digest", findings, account));
    expect(composeMessage("digest", findings.slice(1), account).id).not.toBe(again.id);
  });
});

describe("the share of resources with an owner", () => {
  const findings = [aFinding(1, { team: "payments" }), aFinding(2)];
  const digest = composeMessage("digest", findings, account, { owned: 31, of: 42 });

  it("stands in digests and summaries, in mail and chat", () => {
    for (const { text, markdown } of [digest, composeMessage("summary", findings, account, { owned: 31, of: 42 })]) {
      expect(text).toContain("\n31 of 42 resources have an owner.\n");
      expect(markdown).toContain("; 31 of 42 resources have an owner");
    }
    expect(composeMessage("combined", findings, account, { owned: 31, of: 42 }).text).not.toContain("have an owner");
    expect(composeMessage("digest", findings, account, { owned: 0, of: 0 }).text).not.toContain("an owner");
  });

  it("moves daily, and does not make the message another one", () => {
    expect(digest.id).toBe(composeMessage("digest", findings, account).id);
    expect(digest.id).toBe(composeMessage("digest", findings, account, { owned: 32, of: 42 }).id);
  });
});

describe("where the reader of a deployed stack's message looks", () => {
  const deployment = { stack: "SmallTarget", region: "eu-central-1" };
  const findings = numbers(40).map((number) => aFinding(number, { team: "core" }));

  it("is named by stack and Region in every command about the findings", () => {
    const { text, nextSteps } = composeMessage("single", findings.slice(0, 1), account, undefined, deployment);
    expect(text).toContain("More:     smalltarget show F-0000000001 --stack SmallTarget --region eu-central-1\n");
    expect(nextSteps?.at(-1)).toBe("`smalltarget show F-0000000001 --stack SmallTarget --region eu-central-1`");
    const digest = composeMessage("digest", findings, account, undefined, deployment);
    expect(digest.text).toContain("... and 15 more: AWS_REGION=eu-central-1 smalltarget findings --all --team core --stack SmallTarget\n");
    expect(digest.text).toContain("All of them:     AWS_REGION=eu-central-1 smalltarget findings --all --team core --stack SmallTarget\n");
    expect(digest.text.match(/smalltarget (show|findings)/g)).toHaveLength(digest.text.match(/--stack SmallTarget/g)?.length ?? 0);
  });
});

describe("how a reader says that it is meant to be so", () => {
  it("is said of what can bear a tag, and not of what is over", () => {
    const ofAccount = {
      resource: { arn: `arn:aws:iam::${account}:root`, type: "AWS::::Account", name: account, account, region: "global" },
    };
    const texts = [aFinding(1), aFinding(1, ofAccount), aFinding(1, { pending: { transition: "resolved" } })].map(
      (finding) => composeMessage("single", [finding], account).text,
    );
    expect(texts.map((text) => text.includes("smalltarget:ignore"))).toEqual([true, false, false]);
  });
});

describe("where Small Target is deployed twice", () => {
  const stack = { stack: "Watch", region: "eu-west-1" };
  const twice = { ...stack, scanners: ["watch-a in eu-west-1", "watch-b in us-east-1"] };
  const said = (shape: "digest" | "summary" | "combined" | "single", deployment = twice) =>
    composeMessage(shape, [aFinding(1)], account, undefined, deployment);

  it("digest and first look say so, by name, and that all stacks but one are to go", () => {
    for (const { text, markdown } of [said("digest"), said("summary")]) {
      expect(text.replaceAll(/\s+/g, " ")).toContain("deployed 2 times in this account: watch-a in eu-west-1, watch-b in us-east-1.");
      expect(markdown).toContain("destroy all stacks but one");
    }
  });

  it("what is urgent speaks of itself alone", () => {
    for (const shape of ["combined", "single"] as const)
      expect(said(shape)).toEqual(composeMessage(shape, [aFinding(1)], account, undefined, stack));
  });

  it("a message that is tried again is the same one when a stack has gone meanwhile", () => {
    expect(said("digest").id).toBe(composeMessage("digest", [aFinding(1)], account, undefined, stack).id);
  });

  it("many stacks are counted, and few of them named", () => {
    const many = { ...stack, scanners: Array.from({ length: 9 }, (_, i) => `watch-${i} in eu-west-1`) };
    const text = said("digest", many).text.replaceAll(/\s+/g, " ");
    expect(text).toContain("deployed 9 times");
    expect(text).toContain("watch-4 in eu-west-1 and 4 more.");
  });
});
