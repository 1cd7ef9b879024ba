import { describe, expect, test } from "vitest";
import type { Principal } from "../../../shared/model/principal.ts";
import { account, allow, aRole, deny, documentOf, trusting } from "../../permissions/a-principal.ts";
import { aUserOf, judgeRole, wordedRole } from "./a-role-subject.ts";

describe("iam/admin-function-role", () => {
  const id = "iam/admin-function-role";
  const clear = { answer: "clear" };
  const judged = (statements: unknown[], more: Partial<Principal> = {}, level: "internal" | "internet-anonymous" = "internal") => {
    const role = aRole("orders", statements, more);
    return judgeRole(id, [role], [aUserOf(role, "orders", { level })]);
  };
  const boundary = (...statements: unknown[]) => ({
    boundary: { arn: `arn:aws:iam::${account}:policy/edge`, document: documentOf(...statements) },
  });

  test("fires for everything on everything, graver where anybody can reach the function", () => {
    expect(judged([allow("*")])).toMatchObject({ answer: "hit", severity: "HIGH", confidence: "high", materialKey: "everything" });
    expect(judged([allow("*")], {}, "internet-anonymous")).toMatchObject({
      severity: "CRITICAL",
      evidence: { exposure: "internet-anonymous" },
    });
    const role = aRole("orders", [allow("*")]);
    expect(wordedRole(id, [role], [aUserOf(role)]).title).toBe("Role orders of orders (eu-west-1) may do everything in the account");
  });

  test("fires for whoever may do everything in IAM, by whatever way of writing it", () => {
    expect(judged([allow("iam:*")])).toMatchObject({ answer: "hit", materialKey: "iam" });
    expect(judged([allow("IAM:*", "arn:aws:iam::*:*")])).toMatchObject({ answer: "hit", materialKey: "iam" });
    expect(judged([{ Effect: "Allow", NotAction: ["s3:*", "ec2:*", "sqs:*"], Resource: "*" }])).toMatchObject({ answer: "hit" });
    expect(judged([{ Effect: "Allow", NotAction: "aws-portal:*", Resource: "*" }])).toMatchObject({
      answer: "hit",
      materialKey: "everything",
    });
    expect(judged([allow("*"), deny("s3:DeleteBucket")])).toMatchObject({ answer: "hit", materialKey: "everything" });
    expect(judged([{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::audit/*" }])).toMatchObject({ answer: "hit" });
    expect(judged([allow("iam:*"), deny("iam:*", "arn:aws:iam::*:role/admin-*")])).toMatchObject({ answer: "hit" });
  });

  test("power users, single permissions of IAM and whoever is denied it are none", () => {
    for (const statements of [
      [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" }],
      [{ Effect: "Allow", NotAction: "i*:*", Resource: "*" }],
      [allow(["iam:PassRole", "iam:Get*"])],
      [allow("*"), deny("iam:*")],
      [allow("*"), deny("*")],
      [allow(["s3:*", "dynamodb:*", "lambda:*"])],
      [allow("*", "arn:aws:s3:::photos/*")],
      [allow("*", "*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })],
    ])
      expect(judged(statements), JSON.stringify(statements)).toEqual(clear);
  });

  test("a boundary holds it back, as far as it reaches", () => {
    expect(judged([allow("*")], boundary(allow("dynamodb:*")))).toEqual(clear);
    expect(judged([allow("*")], boundary(allow("*"), deny("iam:*")))).toEqual(clear);
    expect(judged([allow("*")], boundary(allow("*")))).toMatchObject({ answer: "hit", confidence: "high" });
    expect(judged([allow("*")], { hasBoundary: true, boundary: { arn: "arn:x" } })).toMatchObject({ answer: "hit", confidence: "low" });
  });

  test("under a condition that may hold it is milder, and says which", () => {
    const Condition = { StringEquals: { "aws:RequestedRegion": "eu-west-1" } };
    const vpc = { StringEquals: { "aws:SourceVpc": "vpc-1" } };
    expect(judged([allow("*", "*", { Condition: vpc })])).toMatchObject({
      severity: "MEDIUM",
      evidence: { condition: JSON.stringify(vpc) },
    });
    // IAM answers in us-east-1: under this condition nothing of it is left
    expect(judged([allow("*", "*", { Condition })])).toEqual(clear);
  });

  test("roles that no function has are not looked at; unread policies are not nothing", () => {
    const role = aRole("orders", [allow("*")]);
    expect(judgeRole(id, [role], [])).toEqual(clear);
    expect(
      judgeRole(id, [aRole("ops", [allow("*")], { trustPolicy: trusting({ AWS: account }) })], [], { dump: { hasFunctions: false } }),
    ).toEqual(clear);
    expect(judgeRole(id, [role], [], { dump: { hasFunctions: false } })).toMatchObject({ answer: "hit" });
    expect(judged([], { unread: ["policy x"] })).toEqual({ answer: "unknown", why: "policy x could not be read" });
  });
});
