import { describe, expect, test } from "vitest";
import { grantsOf } from "../../shared/policies/policy.ts";

const context = { account: "111122223333", now: new Date("2026-11-24T00:00:00Z") };
const bucket = "arn:aws:s3:::photos";
const everything = { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: `${bucket}/*` };
const deny = (more: object) => ({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucket, `${bucket}/*`], ...more });
const left = (denial: object, allow: object = everything, action = "s3:GetObject") =>
  grantsOf({ Statement: [allow, denial] }, context, { action, resource: `${bucket}/*` }).map(({ who, auth }) => `${who} ${auth}`);
const open = ["internet none"];

describe("what a Deny leaves of an Allow for everybody", () => {
  test.each([
    ["everybody denied", {}, []],
    ["another action", { Action: "s3:DeleteObject" }, open],
    ["all but another action", { NotAction: "s3:DeleteObject" }, []],
    ["all but this action", { NotAction: "s3:Get*" }, open],
    ["objects elsewhere", { Resource: `${bucket}/private/*` }, open],
    ["all but some objects", { NotResource: `${bucket}/public/*` }, open],
    ["a caller of its own", { Principal: { AWS: "arn:aws:iam::111122223333:role/a" } }, open],
    ["who has not the own account", { Condition: { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } } }, []],
    [
      "who has neither of two accounts",
      { Condition: { StringNotEquals: { "aws:PrincipalAccount": ["111122223333", "444455556666"] } } },
      ["account:444455556666 cross-account"],
    ],
    [
      "who is not of the organization",
      { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abc123" } } },
      ["organization:o-abc123 cross-account"],
    ],
    ["who calls from elsewhere", { Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }, ["internet network"]],
    ["who calls from outside of everywhere", { Condition: { NotIpAddress: { "aws:SourceIp": "0.0.0.0/0" } } }, open],
    [
      "who calls from elsewhere and is a robot",
      { Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" }, StringLike: { "aws:UserAgent": "*bot*" } } },
      open,
    ],
    [
      "who calls from elsewhere and not through a service",
      { Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" }, Bool: { "aws:ViaAWSService": "false" } } },
      // whoever has an account may have a service pass the call on
      ["internet network", "internet cross-account"],
    ],
    ["plain text", { Condition: { Bool: { "aws:SecureTransport": "false" } } }, open],
    ["named addresses", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }, open],
    ["all but the own account", { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } }, []],
    [
      "all but another account",
      { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::444455556666:root" } },
      ["account:444455556666 cross-account"],
    ],
  ])("%s", (_name, more, expected) => {
    expect(left(deny(more))).toEqual(expected);
  });
});

test("a Deny meets other accounts too, except those it spares", () => {
  const partner = { ...everything, Principal: { AWS: "444455556666" } };
  const unless = (account: string) => deny({ Condition: { StringNotEquals: { "aws:PrincipalAccount": account } } });
  expect(left(unless("111122223333"), partner)).toEqual([]);
  expect(left(unless("444455556666"), partner)).toEqual(["account:444455556666 cross-account"]);
  const organization = deny({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abc123" } } });
  expect(left(organization, partner)).toEqual(["account:444455556666 cross-account"]);
});

test("two Denies leave who escapes both: members of the organization, and those only from the network", () => {
  const statements = [
    everything,
    deny({ Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }),
    deny({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abc123" } } }),
  ];
  const grants = grantsOf({ Statement: statements }, context, { action: "s3:GetObject", resource: `${bucket}/*` });
  expect(grants.map(({ who, auth }) => `${who} ${auth}`)).toEqual(["organization:o-abc123 cross-account"]);
});

test("a Deny on the queue's own ARN covers an Allow on everything", () => {
  const queue = "arn:aws:sqs:eu-west-1:111122223333:orders";
  const allow = { Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" };
  const denial = { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: queue };
  expect(grantsOf({ Statement: [allow, denial] }, context, { action: "sqs:SendMessage", resource: queue })).toEqual([]);
});
