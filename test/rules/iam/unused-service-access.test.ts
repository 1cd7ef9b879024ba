import { describe, expect, test } from "vitest";
import type { RoleUse } from "../../../shared/model/role-use.ts";
import { allow, aRole } from "../../permissions/a-principal.ts";
import { dayAgo, now } from "../a-subject.ts";
import { aUserOf, judgeRole, needing } from "./a-role-subject.ts";

const id = "iam/unused-service-access";
const role = { ...aRole("orders", [allow(["dynamodb:GetItem", "s3:GetObject"])]), createdAt: dayAgo(300) };
const use = (s3?: string): RoleUse => ({
  roleArn: role.arn,
  services: [
    { service: "dynamodb", lastUsedAt: dayAgo(1) },
    { service: "s3", ...(s3 ? { lastUsedAt: s3 } : {}) },
    { service: "logs" },
    { service: "xray" },
  ],
  readAt: now.toISOString(),
});
const running = aUserOf(role);
const judge = (found: RoleUse | undefined, user = running, principal = role) => judgeRole(id, [principal], [user], { useOf: () => found });

describe(id, () => {
  test("names services that were not used for months though the function ran; logs and traces are everybody's", () => {
    expect(judge(use())).toMatchObject({ answer: "hit", severity: "LOW", evidence: { services: ["s3"] } });
    expect(judge(use(dayAgo(100)))).toMatchObject({ answer: "hit" });
    expect(judge(use(dayAgo(80)))).toEqual({ answer: "clear" });
    expect(judgeRole(id, [role], [running], { useOf: () => use(dayAgo(80)), settings: { unusedDays: 30 } })).toMatchObject({
      answer: "hit",
    });
  });

  test("is silent where code or settings need the service", () => {
    expect(judge(use(), aUserOf(role, "orders", needing(["s3:PutObject"])))).toEqual({ answer: "clear" });
  });

  test("is silent where nothing ran: what was not called uses nothing", () => {
    const facts = { ...running.facts, lastInvocation: { ...running.facts.lastInvocation, at: dayAgo(200).slice(0, 10) } };
    expect(judge(use(), { ...running, facts })).toEqual({ answer: "clear" });
  });

  test("is silent about a young role", () => {
    const young = { ...role, createdAt: dayAgo(20) };
    expect(judge(use(), aUserOf(young), young)).toEqual({ answer: "clear" });
  });

  test("cannot tell where IAM was not asked, or a policy not read", () => {
    expect(judge(undefined)).toMatchObject({ answer: "unknown" });
    expect(judge(use(), running, { ...role, unread: ["policy ops"] })).toMatchObject({ answer: "unknown" });
  });

  test("is sure only where all that the functions need is known", () => {
    expect(judge(use(), aUserOf(role, "orders", needing()))).toMatchObject({ confidence: "high" });
    expect(judge(use())).toMatchObject({ confidence: "medium" });
  });
});
