import { describe, expect, test } from "vitest";
import type { FunctionNeed, Need, RoleGrant } from "../../shared/model/permissions.ts";
import type { RoleUse } from "../../shared/model/role-use.ts";
import { excessOf, isEverything, type RoleFacts } from "../../shared/permissions/excess.ts";
import { Grant } from "../../shared/permissions/grant.ts";
import { riskOf } from "../../shared/permissions/risk.ts";
import { sensitivityOf } from "../../shared/permissions/sensitivity.ts";

const now = new Date("2026-11-24T03:00:00Z");
const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";

function grantOf(...statements: object[]): RoleGrant {
  return new Grant(
    {
      arn: "arn:aws:iam::111122223333:role/orders",
      name: "orders",
      path: "/",
      tags: {},
      trustPolicy: '{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}',
      policies: [{ name: "inline", document: JSON.stringify({ Statement: statements }) }],
      hasBoundary: false,
      unread: [],
    },
    { account: "111122223333", now },
  );
}

const allow = (Action: unknown, Resource: unknown = "*") => ({ Effect: "Allow", Action, Resource });
const need = (action: string, resources: readonly string[] = ["*"], source: Need["source"] = "code"): Need => ({
  action,
  resources,
  source,
  confidence: "high",
  why: "a test",
});
const whole = (...needs: Need[]): FunctionNeed => ({ needs, unresolved: [] });
const facts = (grant: RoleGrant, needs: FunctionNeed[], more: Partial<RoleFacts> = {}): RoleFacts => ({
  grant,
  needs,
  calls: [],
  ageDays: 200,
  now,
  windowDays: 90,
  ...more,
});
const names = (found: RoleFacts) => excessOf(found).actions.map(({ action }) => action);
const used = (service: string, lastUsedAt?: string, actions?: RoleUse["services"][number]["actions"]): RoleUse => ({
  roleArn: "arn",
  services: [{ service, ...(lastUsedAt ? { lastUsedAt } : {}), ...(actions ? { actions } : {}) }],
  readAt: now.toISOString(),
});

describe("excess", () => {
  const crud = grantOf(
    allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable"], table),
    allow("iam:PassRole", "arn:aws:iam::111122223333:role/any"),
  );

  test("is what is allowed and not needed, gravest first", () => {
    expect(excessOf(facts(crud, [whole(need("dynamodb:GetItem", [table]))]))).toMatchObject({
      allowed: 5,
      needed: 1,
      actions: [
        { action: "iam:PassRole", kind: "permissions" },
        { action: "dynamodb:DeleteItem", kind: "write" },
        { action: "dynamodb:PutItem", kind: "write" },
        { action: "dynamodb:DescribeTable", kind: "read" },
      ],
    });
  });

  test("is nothing that one of the functions that share the role needs, in whatever case it is written", () => {
    const needs = [whole(need("dynamodb:getitem", [table])), whole(need("DYNAMODB:PutItem", [table]))];
    expect(names(facts(crud, needs))).toEqual(["iam:PassRole", "dynamodb:DeleteItem", "dynamodb:DescribeTable"]);
  });

  test("is nothing that a function was seen to use, whatever its code shows; a refused call is no use", () => {
    const call = { service: "dynamodb", operation: "DescribeTable", roleArn: "arn", at: now.toISOString() };
    const denied = { ...call, operation: "DeleteItem", denied: { action: "dynamodb:DeleteItem" } };
    const calls = [{ functionArn: "arn", calls: [call, denied], readAt: now.toISOString() }];
    expect(names(facts(crud, [whole()], { calls }))).toEqual([
      "iam:PassRole",
      "dynamodb:GetItem",
      "dynamodb:DeleteItem",
      "dynamodb:PutItem",
    ]);
  });

  test("does not count a function's own logs, traces and numbers", () => {
    const basic = grantOf(allow(["logs:CreateLogGroup", "logs:PutLogEvents", "xray:PutTraceSegments", "cloudwatch:PutMetricData"]));
    expect(names(facts(basic, [whole()]))).toEqual([]);
  });

  test("does not count what AWS's own policy for an event source gives with its reads, nor call that policy too open", () => {
    const grant = grantOf(allow(["kinesis:GetRecords", "kinesis:SubscribeToShard", "kinesis:ListStreams", "kinesis:PutRecord"]));
    const stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";
    const found = excessOf(facts(grant, [whole(need("kinesis:GetRecords", [stream], "configuration"))]));
    expect(found.actions.map(({ action }) => action)).toEqual(["kinesis:PutRecord"]);
    expect(found.wide).toEqual([]);
    expect(excessOf(facts(grant, [whole(need("kinesis:GetRecords", [stream]))])).wide).toHaveLength(1);
  });

  describe("is called unneeded only where", () => {
    const unneeded = (more: Partial<RoleFacts>, needs = [whole()]) =>
      excessOf(facts(grantOf(allow(["dynamodb:GetItem"], table)), needs, more)).actions.map((one) => one.unneeded);

    test("all code was read, and IAM saw no use of the service for long enough", () => {
      expect(unneeded({ use: used("dynamodb") })).toEqual([true]);
      expect(unneeded({ use: used("dynamodb", "2026-06-01T00:00:00Z") })).toEqual([true]);
    });

    test.each<[string, Partial<RoleFacts>, FunctionNeed[]?]>([
      ["the service was used lately", { use: used("dynamodb", "2026-11-01T00:00:00Z") }],
      ["nobody looked at its use", {}],
      ["IAM said nothing of that service", { use: used("s3") }],
      ["the role is younger than the window", { use: used("dynamodb"), ageDays: 20 }],
      ["the age of the role is not known", { use: used("dynamodb"), ageDays: undefined as never }],
      ["some call could not be resolved", { use: used("dynamodb") }, [{ needs: [], unresolved: ["a client of an unknown name"] }]],
    ])("not: %s", (_, more, needs) => {
      expect(unneeded(more, needs)).toEqual([false]);
    });

    test("an action that IAM keeps track of can be unneeded in a service that is used", () => {
      const lately = "2026-11-01T00:00:00Z";
      const use = used("lambda", lately, [{ action: "lambda:GetFunction", lastUsedAt: lately }, { action: "lambda:DeleteFunction" }]);
      const grant = grantOf(allow(["lambda:GetFunction", "lambda:DeleteFunction", "lambda:InvokeFunction"]));
      const found = excessOf(facts(grant, [whole()], { use })).actions.filter((one) => one.unneeded);
      expect(found.map(({ action }) => action)).toEqual(["lambda:DeleteFunction"]);
    });
  });

  test("is wide where code names a resource and the role allows all; not where it must, or nothing is named", () => {
    const grant = grantOf(allow(["dynamodb:GetItem", "s3:GetObject", "ec2:DescribeInstances", "sqs:SendMessage"]));
    const needs = [
      whole(
        need("dynamodb:GetItem", [table]),
        need("s3:GetObject", ["*"]),
        need("ec2:DescribeInstances"),
        need("sqs:SendMessage", ["arn:aws:sqs:eu-west-1:111122223333:*"]),
      ),
    ];
    expect(excessOf(facts(grant, needs)).wide).toEqual([{ action: "dynamodb:GetItem", named: [table] }]);
    const narrow = grantOf(allow("dynamodb:GetItem", `${table}*`));
    expect(excessOf(facts(narrow, needs)).wide).toEqual([]);
  });
});

test.each([
  ["*", true],
  ["arn:aws:dynamodb:*:*:table/*", true],
  ["arn:aws:s3:::*", true],
  ["arn:aws:s3:::*/*", true],
  ["arn:aws:sqs:eu-west-1:111122223333:*", true],
  ["arn:aws:s3:::bucket/*", false],
  ["arn:aws:dynamodb:*:*:table/orders*", false],
  ["arn:aws:logs:*:*:log-group:/aws/lambda/*", false],
  ["arn:aws:execute-api:eu-west-1:111122223333:bvfehyqb/*", false],
  ["arn:aws:execute-api:eu-west-1:111122223333:*/*", true],
  ["arn:aws:sns:eu-west-1:111122223333:orders", false],
])("%s names everything: %s", (pattern, everything) => {
  expect(isEverything(pattern)).toBe(everything);
});

describe("risk", () => {
  const excess = excessOf(facts(grantOf(allow(["dynamodb:Scan", "dynamodb:GetItem"])), [whole(need("dynamodb:GetItem"))]));
  const aTable = (name: string, tags = {}) => ({ arn: table, type: "AWS::DynamoDB::Table", name, region: "eu-west-1", tags });
  const subject = { excess, functions: 1, sensitivity: sensitivityOf([aTable("orders")], [], false) };

  test("grows with whoever can reach a function", () => {
    const score = (exposure: Parameters<typeof riskOf>[0]["exposure"]) => riskOf({ ...subject, exposure }).score;
    expect(score("internet-anonymous")).toBe(49);
    expect(score("none")).toBeLessThan(score("internal"));
    // who reaches it is not known: that is not nobody
    expect(score("unknown")).toBeGreaterThan(score("internal"));
  });

  test("says each factor with its reason, and is their product", () => {
    const { score, factors } = riskOf({ ...subject, exposure: "cross-account" });
    expect(factors.map(({ name, why }) => `${name}: ${why}`)).toEqual([
      "exposure: other accounts reach it",
      "strength: it may read data, everywhere",
      "sensitivity: orders holds data",
      "ease: its needs are known, and it has one function",
    ]);
    expect(score).toBe(Math.round(100 * factors.reduce((product, { value }) => product * value, 1)));
  });

  test("is less where the gravest of the excess is allowed on some resources only", () => {
    const of = (...statements: object[]) => {
      const found = excessOf(facts(grantOf(...statements), [whole(need("dynamodb:GetItem"))]));
      return { narrow: found.narrow, score: riskOf({ ...subject, excess: found, exposure: "internet-anonymous" }).score };
    };
    const all = of(allow("dynamodb:Scan"));
    expect(all.narrow).toBe(false);
    const some = of(allow("dynamodb:Scan", table), allow("dynamodb:DescribeTable"));
    expect(some.narrow).toBe(true);
    expect(some.score).toBeLessThan(all.score);
    expect(of(allow("dynamodb:Scan", table), allow("dynamodb:Query")).narrow).toBe(false);
  });

  test("what people say of data goes before its name and kind", () => {
    const of = (name: string, tags: Record<string, string> = {}) => sensitivityOf([aTable(name, tags)], ["customer"], false).value;
    expect(of("customers")).toBeGreaterThan(of("orders"));
    expect(of("orders", { "data-classification": "Confidential" })).toBe(1);
    expect(of("customers", { DataClassification: "public" })).toBeLessThan(of("orders"));
    expect(sensitivityOf([], [], true).value).toBeGreaterThan(sensitivityOf([], [], false).value);
  });
});
