import { describe, expect, test } from "vitest";
import { grantsOf } from "../../shared/policies/policy.ts";

const context = { account: "111122223333", now: new Date("2026-11-24T00:00:00Z") };
const who = (Condition: unknown, Principal: unknown = "*") =>
  grantsOf(JSON.stringify({ Statement: [{ Sid: "s", Effect: "Allow", Principal, Action: "sqs:*", Resource: "*", Condition }] }), context, {
    action: "sqs:SendMessage",
  }).map((grant) => `${grant.who} ${grant.auth}`);

describe("who a policy lets in", () => {
  test.each([
    ["nothing asked", undefined, ["internet none"]],
    ["an organization", { StringEquals: { "aws:PrincipalOrgID": "o-abc123" } }, ["organization:o-abc123 cross-account"]],
    [
      "an organization, if the key is there: callers without a key pass",
      { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abc123" } },
      ["internet none"],
    ],
    ["all of no values", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": ["o-abc123"] } }, ["internet none"]],
    ["only that there is an organization: any signed caller", { Null: { "aws:PrincipalOrgID": "false" } }, ["internet cross-account"]],
    ["another account", { StringEquals: { "aws:SourceAccount": "444455556666" } }, ["account:444455556666 cross-account"]],
    ["the own account", { StringEquals: { "aws:SourceAccount": "111122223333" } }, []],
    ["a role of any account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/deploy" } }, ["internet cross-account"]],
    ["a topic of any account", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:news" } }, ["internet cross-account"]],
    ["one bucket, whose name no other has", { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:photos" } }, []],
    ["any bucket of any account", { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:*" } }, ["internet cross-account"]],
    [
      "an AWS service by its name",
      { StringEquals: { "aws:PrincipalServiceName": "s3.amazonaws.com" } },
      ["service:s3.amazonaws.com service"],
    ],
    ["a named address to subscribe", { StringLike: { "sns:Endpoint": "*@example.com" } }, []],
    ["an address", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, ["internet network"]],
    ["any address", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, ["internet none"]],
    ["a date that is over", { DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } }, []],
  ])("%s", (_name, condition, expected) => {
    expect(who(condition)).toEqual(expected);
  });

  test("tells services and their conditions, and for which function URLs a statement is", () => {
    const condition = { ArnLike: { "AWS:SourceArn": "arn:aws:s3:::uploads" }, StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } };
    const statement = {
      Sid: "s",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Condition: condition,
    };
    expect(grantsOf({ Statement: statement }, context, { action: "lambda:InvokeFunction" })).toMatchObject([
      { who: "service:s3.amazonaws.com", sourceArns: ["arn:aws:s3:::uploads"], urlAuthTypes: ["NONE"] },
    ]);
  });
});
