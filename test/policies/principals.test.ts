import { expect, test } from "vitest";
import { grantsOf } from "../../shared/policies/policy.ts";

const context = { account: "111122223333", now: new Date("2026-11-24T00:00:00Z") };
const allow = (Principal: unknown) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "*" }] });

test("an origin access identity, a deleted principal and the account itself are no other account", () => {
  for (const principal of [
    "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE",
    "AIDAEXAMPLEEXAMPLE",
    "arn:aws:iam::111122223333:role/reader",
    "111122223333",
  ]) {
    expect(grantsOf(allow({ AWS: principal }), context, { action: "s3:GetObject" })).toEqual([]);
  }
  expect(grantsOf(allow({ CanonicalUser: "79a59df900b949e5" }), context, { action: "s3:GetObject" })).toEqual([]);
  expect(grantsOf(allow({ AWS: ["arn:aws:iam::444455556666:root"] }), context, { action: "s3:GetObject" })).toMatchObject([
    { who: "account:444455556666" },
  ]);
});
