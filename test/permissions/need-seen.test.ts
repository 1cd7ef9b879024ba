import { describe, expect, test } from "vitest";
import type { LoggedCall } from "../../shared/model/role-use.ts";
import { seenNeeds } from "../../shared/permissions/need-seen.ts";

const now = new Date("2026-11-24T03:00:00Z");
const roleArn = "arn:aws:iam::111122223333:role/orders";
const dayAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
const seen = (...calls: Partial<LoggedCall>[]) =>
  seenNeeds(
    {
      functionArn: "arn",
      readAt: now.toISOString(),
      calls: calls.map((call) => ({ service: "lambda", operation: "ListTags", roleArn, at: dayAgo(1), ...call })),
    },
    roleArn,
    now,
  );
const denied = { action: "lambda:ListTags", resource: "arn:aws:lambda:eu-west-1:111122223333:function:mail" };

describe("what a function was seen to do", () => {
  test("it needs, and says when it was", () => {
    expect(seen({})).toEqual([
      { action: "lambda:ListTags", resources: ["*"], source: "use", confidence: "high", why: "it asked for it on 2026-11-23" },
    ]);
  });

  test("and was refused lately, by the role of today, it needs on what it was refused", () => {
    expect(seen({ denied })).toMatchObject([{ action: "lambda:ListTags", resources: [denied.resource], source: "denied" }]);
    expect(seen({ denied, at: dayAgo(31) })).toEqual([]);
    expect(seen({ denied, roleArn: `${roleArn}-before` })).toEqual([]);
  });

  test("of a name that the table does not know says nothing of a permission", () => {
    expect(seen({ operation: "ListTags20170331" }, { service: "signin", operation: "ConsoleLogin" })).toEqual([]);
  });

  test("nobody looked: nothing", () => {
    expect(seenNeeds(undefined, roleArn, now)).toEqual([]);
  });
});
