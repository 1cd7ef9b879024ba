import { describe, expect, test } from "vitest";
import { actionsAsOf } from "../../../shared/data/action-table.ts";
import { staleAfterDays } from "../../../shared/data/freshness.ts";
import { allow, aRole, deny, documentOf } from "../../permissions/a-principal.ts";
import { now } from "../a-subject.ts";
import { aUserOf, judgeRole, wordedRole } from "./a-role-subject.ts";

describe("iam/unknown-action", () => {
  const id = "iam/unknown-action";
  const found = (...statements: unknown[]) => {
    const role = aRole("orders", statements);
    const judgements = judgeRole(id, [role], [aUserOf(role)]);
    return "answer" in judgements ? [judgements] : judgements;
  };

  test("fires for a slip, with what was meant", () => {
    expect(found(allow(["sts:GetCallerIdentify", "dynamodb:GetItem"]))).toMatchObject([
      {
        severity: "LOW",
        confidence: "high",
        sub: "sts:getcalleridentify",
        evidence: { action: "sts:GetCallerIdentify", meant: "sts:GetCallerIdentity", statements: ["policy inline, statement 1"] },
      },
    ]);
    const role = aRole("orders", [allow("dynamodb:GetItemz")]);
    const { title, remediation } = wordedRole(id, [role], [aUserOf(role)]);
    expect(title).toBe("Role orders names dynamodb:GetItemz, that AWS does not have: perhaps dynamodb:GetItem");
    expect(remediation.text).toContain("It grants nothing (policy inline, statement 1). Write dynamodb:GetItem");
  });

  test("is graver in a denial, which denies nothing", () => {
    expect(found(deny("s3:DeleteObjct"))).toMatchObject([{ severity: "MEDIUM", evidence: { denies: true, meant: "s3:DeleteObject" } }]);
  });

  test("fires for a pattern that fits nothing, and for a service that is none", () => {
    expect(found(allow("s3:Foo*"))).toMatchObject([{ severity: "LOW", evidence: { kind: "pattern" } }]);
    expect(found(allow("dynamobd:GetItem"))).toMatchObject([{ severity: "INFORMATIONAL", evidence: { kind: "service" } }]);
    expect(found(allow("dynamodbb:GetItem"))).toMatchObject([
      { severity: "LOW", evidence: { kind: "service", meant: "dynamodb:GetItem" } },
    ]);
    expect(found(allow("GetItem"))).toMatchObject([{ evidence: { kind: "form" } }]);
  });

  test("says little of what may be newer than the list, or retired", () => {
    expect(found(allow("lambda:TeleportFunctionToMars"))).toMatchObject([{ severity: "INFORMATIONAL", confidence: "low" }]);
  });

  test("a name of any length, with whatever in it, is named shortly", () => {
    const [hit] = found(allow(`s3:Get\u001b[31m${"x".repeat(5000)}`));
    expect(hit?.answer === "hit" && [hit.sub?.length, hit.evidence.action]).toEqual([128, expect.not.stringContaining("\u001b")]);
  });

  test("is silent about what is right, in any case, and about patterns of everything", () => {
    expect(found(allow(["*", "s3:*", "S3:GETOBJECT", "dynamodb:*Item", "*:*", "sqs:Send?essage"]))).toEqual([]);
  });

  test("the same slip in several statements is one finding; AWS's own policies are not the account's to mend", () => {
    expect(found(allow("s3:GetObjct"), allow("s3:getobjct", "arn:aws:s3:::a/*"))).toHaveLength(1);
    const policies = [{ name: "Aws", arn: "arn:aws:iam::aws:policy/Aws", document: documentOf(allow("s3:GetObjct")) }];
    const role = aRole("orders", [], { policies });
    expect(judgeRole(id, [role], [aUserOf(role)])).toEqual([]);
  });

  test("is silent about roles that no function has, and cannot tell by a list that is too old", () => {
    const role = aRole("orders", [allow("s3:GetObjct")]);
    expect(judgeRole(id, [role], [])).toEqual({ answer: "clear" });
    const at = new Date(Date.parse(actionsAsOf) + (staleAfterDays + 1) * 86_400_000);
    expect(judgeRole(id, [role], [aUserOf(role)], { at })).toMatchObject({ answer: "unknown" });
    expect(now < at).toBe(true);
  });
});
