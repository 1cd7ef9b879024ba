import { describe, expect, test } from "vitest";
import type { RoleUse } from "../../../shared/model/role-use.ts";
import { allow, aRole } from "../../permissions/a-principal.ts";
import { aResource } from "../a-resource-subject.ts";
import { dayAgo, now } from "../a-subject.ts";
import { aUserOf, judgeRole, needing, wordedRole } from "./a-role-subject.ts";

const id = "iam/excess-permissions";
const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
const crud = aRole("orders", [allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"], table)]);
const reads = needing(["dynamodb:GetItem", table]);
const noUse: RoleUse = { roleArn: crud.arn, services: [{ service: "dynamodb" }], readAt: now.toISOString() };

describe(id, () => {
  test("names what the role allows beyond the needs, and why it matters, factor by factor", () => {
    expect(judgeRole(id, [crud], [aUserOf(crud, "orders", { ...reads, level: "internet-anonymous" })])).toMatchObject({
      answer: "hit",
      severity: "MEDIUM",
      confidence: "medium",
      evidence: { allowed: 3, needed: 1, inExcess: 2, worst: ["dynamodb:DeleteItem", "dynamodb:PutItem"], unneeded: 0 },
    });
    const { title, remediation } = wordedRole(id, [crud], [aUserOf(crud, "orders", reads)]);
    expect(title).toBe("Role orders allows 2 actions that orders (eu-west-1) is not seen to need: dynamodb:DeleteItem, dynamodb:PutItem");
    const arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
    expect(remediation.commands).toEqual([`smalltarget role ${arn}`, `smalltarget role ${arn} --as cli`]);
  });

  test("is graver the more open the function and the more the excess can do", () => {
    const everything = aRole("orders", [allow(["dynamodb:*", "s3:*"])]);
    const reached = { reachedBy: () => [aResource("AWS::DynamoDB::Table", { name: "orders" })] };
    const severity = (level: "internet-anonymous" | "none") =>
      judgeRole(id, [everything], [aUserOf(everything, "orders", { ...reads, level })], reached);
    expect(severity("internet-anonymous")).toMatchObject({ severity: "HIGH" });
    expect(severity("none")).toMatchObject({ severity: "MEDIUM" });
  });

  test("is silent where the role allows what is needed, its own logs aside", () => {
    const exact = aRole("orders", [allow("dynamodb:GetItem", table), allow(["logs:CreateLogStream", "logs:PutLogEvents"])]);
    expect(judgeRole(id, [exact], [aUserOf(exact, "orders", reads)])).toEqual({ answer: "clear" });
  });

  test("counts what any function of the role needs", () => {
    const others = aUserOf(crud, "cleaner", needing(["dynamodb:DeleteItem", table], ["dynamodb:PutItem", table]));
    expect(judgeRole(id, [crud], [aUserOf(crud, "orders", reads), others])).toEqual({ answer: "clear" });
  });

  test("says of a needed action that it is allowed on everything", () => {
    const wide = aRole("orders", [allow("dynamodb:GetItem")]);
    expect(judgeRole(id, [wide], [aUserOf(wide, "orders", reads)])).toMatchObject({
      answer: "hit",
      evidence: { inExcess: 0, wide: [`dynamodb:GetItem on * (needed on ${table})`] },
    });
  });

  test("calls something unneeded only where IAM saw no use either", () => {
    const old = { ...crud, createdAt: dayAgo(300) };
    const user = aUserOf(old, "orders", needing(["s3:GetObject", "arn:aws:s3:::b/*"]));
    expect(judgeRole(id, [old], [user], { useOf: () => noUse })).toMatchObject({ confidence: "high", evidence: { unneeded: 3 } });
    const lately = { ...noUse, services: [{ service: "dynamodb", lastUsedAt: dayAgo(2) }] };
    expect(judgeRole(id, [old], [user], { useOf: () => lately })).toMatchObject({ confidence: "medium", evidence: { unneeded: 0 } });
  });

  test("a narrow role of a function whose code shows no call at all: something was likelier not seen", () => {
    expect(judgeRole(id, [crud], [aUserOf(crud, "orders", needing())])).toEqual({ answer: "clear" });
    const broad = aRole("orders", [allow("dynamodb:*")]);
    expect(judgeRole(id, [broad], [aUserOf(broad, "orders", needing())])).toMatchObject({ answer: "hit" });
    const old = { ...crud, createdAt: dayAgo(300) };
    expect(judgeRole(id, [old], [aUserOf(old, "orders", needing())], { useOf: () => noUse })).toMatchObject({ answer: "hit" });
  });

  test.each([
    ["no code was read", {}],
    ["it is an image", { code: { layers: [], unread: "container image" } }],
    [
      "nobody reads its language",
      { code: { ...reads.code, code: { language: "unknown", calls: [], unresolved: [], unread: [], files: 3 } } },
    ],
    [
      "there was no code in its package",
      { code: { ...reads.code, code: { language: "python", calls: [], unresolved: [], unread: [], files: 0 } } },
    ],
  ])("cannot tell what is in excess where %s", (_, code) => {
    const user = { ...aUserOf(crud, "orders"), ...(code as object) };
    expect(judgeRole(id, [crud], [aUserOf(crud, "cleaner", reads), user])).toMatchObject({
      answer: "unknown",
      why: expect.stringContaining("orders"),
    });
  });

  test("cannot tell where a policy was not read; a role without functions is not its business", () => {
    expect(judgeRole(id, [{ ...crud, unread: ["policy ops"] }], [aUserOf(crud, "orders", reads)])).toMatchObject({ answer: "unknown" });
    expect(judgeRole(id, [crud], [])).toEqual({ answer: "clear" });
  });
});
