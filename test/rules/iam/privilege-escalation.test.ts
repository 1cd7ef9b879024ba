import { describe, expect, test } from "vitest";
import { account, allow, aRole, aUser, trusting } from "../../permissions/a-principal.ts";
import { aUserOf, judgeRole, wordedRole } from "./a-role-subject.ts";

describe("iam/privilege-escalation", () => {
  const id = "iam/privilege-escalation";
  const clear = { answer: "clear" };
  const admin = aRole("admin", [allow("*")]);
  const mail = aRole("mail", [allow("ses:SendEmail")]);
  const passing = aRole("deploy", [allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"])]);

  test("fires with the ways, the statements and what is reached", () => {
    const hit = judgeRole(id, [passing, admin, mail], [aUserOf(passing, "deployer")]);
    expect(hit).toMatchObject({
      answer: "hit",
      severity: "HIGH",
      confidence: "high",
      materialKey: "lambda-001 administrator",
      evidence: {
        paths: ["lambda-001"],
        statements: ["policy inline, statement 1"],
        gain: "administrator",
        functions: ["deployer (eu-west-1)"],
      },
    });
    expect(wordedRole(id, [passing, admin], [aUserOf(passing, "deployer")]).title).toBe(
      "Role deploy of deployer (eu-west-1) can become an administrator: lambda-001: iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction -> role admin",
    );
  });

  test("weighs what is reached, who can reach it, and whether it is there", () => {
    expect(judgeRole(id, [passing, mail], [aUserOf(passing)])).toMatchObject({ severity: "MEDIUM", evidence: { gain: "more" } });
    expect(judgeRole(id, [passing, admin], [aUserOf(passing, "a", { level: "internet-anonymous" })])).toMatchObject({
      severity: "CRITICAL",
    });
    const starting = aRole("ci", [allow("codebuild:StartBuild")]);
    const builds = aRole("builds", [allow("*")], { trustPolicy: trusting({ Service: "codebuild.amazonaws.com" }) });
    expect(judgeRole(id, [starting, builds], [aUserOf(starting)])).toMatchObject({
      severity: "MEDIUM",
      confidence: "low",
      evidence: { ifThere: ["codebuild-002"] },
    });
  });

  test("is silent where there is nobody stronger to become", () => {
    expect(judgeRole(id, [passing], [aUserOf(passing)])).toEqual(clear);
    expect(judgeRole(id, [passing, aRole("logs", [allow("logs:PutLogEvents")])], [aUserOf(passing)])).toEqual(clear);
    expect(judgeRole(id, [admin, mail], [aUserOf(admin)])).toEqual(clear);
  });

  test("looks at roles of functions and of what calls them; in a dump at everybody", () => {
    const people = aRole("people", [allow("iam:PutRolePolicy")], { trustPolicy: trusting({ AWS: account }) });
    expect(judgeRole(id, [people], [])).toEqual(clear);
    expect(judgeRole(id, [people], [], { dump: { hasFunctions: true } })).toMatchObject({ answer: "hit" });
    const user = aUser("ann", [allow("iam:AttachUserPolicy")]);
    expect(judgeRole(id, [user], [], { dump: { hasFunctions: false } })).toMatchObject({ answer: "hit", evidence: { paths: ["iam-008"] } });
  });

  test("cannot tell where nothing is found in what could be read", () => {
    expect(judgeRole(id, [{ ...mail, unread: ["policy x"] }, admin], [aUserOf(mail)])).toMatchObject({ answer: "unknown" });
  });
});
