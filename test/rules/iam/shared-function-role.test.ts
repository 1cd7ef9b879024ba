import { describe, expect, test } from "vitest";
import { allow, aRole } from "../../permissions/a-principal.ts";
import { aUserOf, judgeRole, wordedRole } from "./a-role-subject.ts";

describe("iam/shared-function-role", () => {
  const id = "iam/shared-function-role";
  const role = aRole("orders", [allow("dynamodb:GetItem")]);
  const two = [aUserOf(role, "orders"), aUserOf(role, "mail", { region: "us-east-1" })];

  test("fires where several functions have one role, and names them in every Region", () => {
    expect(judgeRole(id, [role], two)).toMatchObject({
      answer: "hit",
      severity: "MEDIUM",
      evidence: { functions: ["mail (us-east-1)", "orders (eu-west-1)"], count: 2 },
    });
    const { title, remediation } = wordedRole(id, [role], two);
    expect(title).toBe("Role orders is shared by 2 functions: mail (us-east-1), orders (eu-west-1)");
    expect(remediation.commands[0]).toContain("Role=='arn:aws:iam::111122223333:role/orders'");
  });

  test("is graver where one of them is open to anybody, and the role may do something", () => {
    const open = [aUserOf(role, "orders", { level: "internet-anonymous" }), aUserOf(role, "mail")];
    expect(judgeRole(id, [role], open)).toMatchObject({ severity: "HIGH" });
    const logs = aRole("orders", [allow(["logs:CreateLogStream", "logs:PutLogEvents"])]);
    expect(judgeRole(id, [logs], open)).toMatchObject({ severity: "LOW" });
    expect(judgeRole(id, [{ ...logs, unread: ["policy x"] }], open)).toMatchObject({ severity: "HIGH" });
  });

  test("is mild for helpers of one stack, and for one function in several Regions", () => {
    const helper = { deployTime: "runs only while a stack is deployed", stack: "shop" };
    expect(judgeRole(id, [role], [aUserOf(role, "a", helper), aUserOf(role, "b", helper)])).toMatchObject({ severity: "LOW" });
    expect(judgeRole(id, [role], [aUserOf(role, "a", helper), aUserOf(role, "b", { ...helper, stack: "mail" })])).toMatchObject({
      severity: "MEDIUM",
    });
    expect(judgeRole(id, [role], [aUserOf(role, "a", helper), aUserOf(role, "b", { stack: "shop" })])).toMatchObject({
      severity: "MEDIUM",
    });
    expect(judgeRole(id, [role], [aUserOf(role), aUserOf(role, "orders", { region: "us-east-1" })])).toMatchObject({ severity: "LOW" });
  });

  test("is silent about a role of one function, also in several versions, and of none", () => {
    const version = aUserOf(role);
    const published = { ...version, facts: { ...version.facts, arn: `${version.facts.arn}:7` } };
    for (const users of [[], [version], [version, published]]) expect(judgeRole(id, [role], users)).toEqual({ answer: "clear" });
  });

  test("cannot tell where nobody said which functions there are; AWS's own roles are not judged", () => {
    expect(judgeRole(id, [role], [], { dump: { hasFunctions: false } })).toMatchObject({ answer: "unknown" });
    const own = { ...role, arn: "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX" };
    expect(judgeRole(id, [own], [aUserOf(own, "a"), aUserOf(own, "b")])).toEqual({ answer: "clear" });
  });
});
