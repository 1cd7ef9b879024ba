import { expect, test } from "vitest";
import { describeRole } from "../../shared/describe/role.ts";
import type { Principal } from "../../shared/model/principal.ts";

const arn = "arn:aws:iam::111122223333:role/orders";
const place = { account: "111122223333", partition: "aws", now: new Date("2026-11-24T00:00:00Z") };
const trust = (Principal: unknown, Action = "sts:AssumeRole") => JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action }] });
const lambda = trust({ Service: "lambda.amazonaws.com" });

function role(statements: unknown[], more: Partial<Principal> = {}) {
  const policies = [{ name: "inline", document: JSON.stringify({ Statement: statements }) }];
  const row = describeRole(
    { arn, name: "orders", path: "/", tags: {}, trustPolicy: lambda, policies, hasBoundary: false, unread: [], ...more },
    place,
  );
  return { ...row, reach: row.relations.map(({ kind, to }) => `${kind} ${to}`) };
}
const allow = (Action: unknown, Resource: unknown = "*", more = {}) => ({ Effect: "Allow", Action, Resource, ...more });

test("a role reaches what its statements name, as the inventory names it, wildcards kept", () => {
  const { reach, relations } = role([
    allow(["s3:GetObject", "s3:Put*"], "arn:aws:s3:::orders-*/in/*"),
    allow("dynamodb:Query", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*"),
    allow("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:mail:live"),
    allow(["sqs:SendMessage", "states:StartExecution"], "arn:aws:sqs:eu-west-1:111122223333:jobs"),
  ]);
  expect(reach).toEqual([
    "may-read arn:aws:s3:::orders-*",
    "may-write arn:aws:s3:::orders-*",
    "may-read arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
    "may-invoke arn:aws:lambda:eu-west-1:111122223333:function:mail",
    "may-write arn:aws:sqs:eu-west-1:111122223333:jobs",
  ]);
  expect(relations[0]?.evidence).toBe("iam:GetAccountAuthorizationDetails, policy inline");
});

test("one that may reach everything looks like it; listing, denials and services out of the inventory are no reach", () => {
  expect(role([allow("*")]).reach).toEqual(["may-read *", "may-write *", "may-invoke *"]);
  expect(role([allow("dynamodb:*")]).reach).toEqual(["may-read arn:aws:dynamodb:*", "may-write arn:aws:dynamodb:*"]);
  expect(role([{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }]).reach).toContain("may-invoke *");
  expect(role([allow(["s3:ListAllMyBuckets", "logs:PutLogEvents"]), { ...allow("sqs:*"), Effect: "Deny" }]).reach).toEqual([]);
});

test("whom a role trusts is told; what people's roles may do is no relation", () => {
  const { resource, relations } = role([allow("*")], { trustPolicy: trust({ AWS: ["arn:aws:iam::444455556666:root", "111122223333"] }) });
  expect(resource?.details).toMatchObject({ trustedServices: [], trustedOutside: ["account:444455556666"] });
  expect(relations).toMatchObject([{ from: "account:444455556666", to: arn, kind: "assumes", auth: "cross-account" }]);
  const federated = role([allow("sqs:SendMessage")], {
    trustPolicy: trust({ Federated: "cognito-identity.amazonaws.com" }, "sts:AssumeRoleWithWebIdentity"),
  });
  expect(federated.reach).toEqual(["may-write arn:aws:sqs:*"]);
});

test("a role that any account may take reaches what it may; one for a named account does nothing here", () => {
  const invokes = [allow("lambda:InvokeFunction")];
  expect(role(invokes, { trustPolicy: trust({ AWS: "*" }) }).reach).toEqual([`assumes ${arn}`, "may-invoke arn:aws:lambda:*"]);
  expect(role(invokes, { trustPolicy: trust({ AWS: "444455556666" }) }).reach).toEqual([`assumes ${arn}`]);
});
