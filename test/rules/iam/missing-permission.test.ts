import { describe, expect, test } from "vitest";
import type { LoggedCall } from "../../../shared/model/role-use.ts";
import { needOf } from "../../../shared/permissions/need.ts";
import { allow, aRole } from "../../permissions/a-principal.ts";
import { resourceRule } from "../a-resource-subject.ts";
import { dayAgo, now } from "../a-subject.ts";
import { aUserOf, judgeUser, needing } from "./a-role-subject.ts";

const id = "iam/missing-permission";
const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
const role = aRole("orders", [allow("dynamodb:GetItem", table)]);
const writes = needing(["dynamodb:PutItem", table]);

function asked(more: Partial<LoggedCall>): { readonly calls: { functionArn: string; readAt: string; calls: LoggedCall[] } } {
  const call = { service: "dynamodb", operation: "PutItem", roleArn: role.arn, at: dayAgo(2), ...more };
  return { calls: { functionArn: "arn", readAt: now.toISOString(), calls: [call] } };
}
const denied = { action: "dynamodb:PutItem", resource: table };

describe(id, () => {
  test("says what the code needs and the role does not allow, with the statement that is missing", () => {
    const judgement = judgeUser(id, role, aUserOf(role, "orders", writes));
    expect(judgement).toMatchObject({
      answer: "hit",
      severity: "MEDIUM",
      confidence: "medium",
      evidence: { actions: ["dynamodb:PutItem"], because: ["dynamodb:PutItem: dynamodb:PutItem at index.mjs:7"] },
    });
    const { evidence } = judgement as { evidence: Record<string, string> };
    expect(JSON.parse(evidence.statement ?? "")).toEqual({ Effect: "Allow", Action: ["dynamodb:PutItem"], Resource: [table] });
    const ref = { arn: "arn", name: "orders", type: "AWS::Lambda::Function", region: "eu-west-1", account: "111122223333" };
    const { title, remediation } = resourceRule(id).word(evidence, ref);
    expect(title).toBe("orders needs dynamodb:PutItem, which its role does not allow");
    expect(remediation.commands).toHaveLength(2);
  });

  test("is grave where AWS refused it lately, also where the code does not show it", () => {
    expect(judgeUser(id, role, aUserOf(role, "orders", { ...needing(), ...asked({ denied }) }))).toMatchObject({
      answer: "hit",
      severity: "HIGH",
      confidence: "high",
      evidence: { refused: [`dynamodb:PutItem on ${table}`], lastRefusedAt: dayAgo(2) },
    });
  });

  test.each<[string, Partial<LoggedCall>]>([
    ["long ago", { denied, at: dayAgo(40) }],
    ["to the role that it had before", { denied, roleArn: `${role.arn}-before` }],
  ])("a refusal counts no more that came %s", (_, call) => {
    expect(judgeUser(id, role, aUserOf(role, "orders", { ...needing(), ...asked(call) }))).toEqual({ answer: "clear" });
  });

  test("what was allowed after it was refused has been mended", () => {
    const { calls } = asked({ denied });
    const later = { ...calls, calls: [...calls.calls, { service: "dynamodb", operation: "PutItem", roleArn: role.arn, at: dayAgo(1) }] };
    expect(judgeUser(id, role, aUserOf(role, "orders", { ...needing(), calls: later }))).toEqual({ answer: "clear" });
  });

  test("is silent where the role allows it, under a condition too, and where it was seen to work", () => {
    expect(judgeUser(id, role, aUserOf(role, "orders", needing(["dynamodb:GetItem", table])))).toEqual({ answer: "clear" });
    const conditional = aRole("orders", [
      { ...allow("dynamodb:PutItem", table), Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } },
    ]);
    expect(judgeUser(id, conditional, aUserOf(conditional, "orders", writes))).toEqual({ answer: "clear" });
    expect(judgeUser(id, role, aUserOf(role, "orders", { ...writes, ...asked({}) }))).toEqual({ answer: "clear" });
  });

  test("says nothing of code that takes other roles, of layers, and of calls that could only be guessed", () => {
    const other = needing(["dynamodb:PutItem", table], ["sts:AssumeRole", "*"]);
    expect(judgeUser(id, aRole("orders", [allow("sts:AssumeRole")]), aUserOf(role, "orders", other))).toEqual({ answer: "clear" });
    const needs = writes.need?.needs ?? [];
    for (const more of [{ source: "layer" }, { confidence: "low" }, { source: "forwarded" }] as const) {
      const need = { needs: needs.map((one) => ({ ...one, ...more })), unresolved: [] };
      expect(judgeUser(id, role, aUserOf(role, "orders", { ...writes, need }))).toEqual({ answer: "clear" });
    }
  });

  test("doubts itself where a policy of the resource may allow it", () => {
    const sends = needing(["sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:mail"]);
    expect(judgeUser(id, role, aUserOf(role, "orders", sends))).toMatchObject({ answer: "hit", confidence: "low" });
  });

  test("cannot tell where a policy of the role was not read, but a refusal is a refusal", () => {
    const unread = { ...role, unread: ["policy ops"] };
    expect(judgeUser(id, unread, aUserOf(unread, "orders", writes))).toMatchObject({ answer: "unknown" });
    expect(judgeUser(id, unread, aUserOf(unread, "orders", { ...writes, ...asked({ denied }) }))).toMatchObject({ answer: "hit" });
  });

  describe("what only a deployment asks", () => {
    const judged = (name: string, configuration: { description?: string; handler?: string }, more = {}) => {
      const user = aUserOf(role, name, { ...writes, ...more });
      return judgeUser(id, role, { ...user, configuration: { ...user.configuration, ...configuration } });
    };
    const framework = { description: "AWS CDK resource provider framework - onEvent (ledger/Provider)", handler: "framework.onEvent" };

    test.each<[string, string, { description?: string; handler?: string }]>([
      ["a provider without a second step", "ledger-ProviderframeworkonEvent-1a2b", framework],
      ["what empties a bucket", "ledger-CustomS3AutoDeleteObjects-1a2b", { handler: "__entrypoint__.handler" }],
      ["what sets the days of a log group", "ledger-LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a-1a2b", {}],
      ["what fills a bucket, with no distribution before it", "ledger-CustomCDKBucketDeployment8693BB-1a2b", { handler: "index.handler" }],
    ])("is granted by the tool that added %s, as far as its template needs it", (_, name, configuration) => {
      expect(judged(name, configuration)).toEqual({ answer: "clear" });
    });

    test("is missed all the same where AWS refused it", () => {
      expect(judged("ledger-ProviderframeworkonEvent-1a2b", framework, asked({ denied }))).toMatchObject({
        answer: "hit",
        severity: "HIGH",
      });
    });

    test.each<[string, { description?: string; handler?: string }]>([
      ["LedgerCustomResourceHandler", { description: "Custom resource that fills the ledger" }],
      ["ledger-CustomLedgerCustomResourceProvider-1a2b", { handler: "__entrypoint__.handler" }],
    ])("is missed where people wrote %s themselves", (name, configuration) => {
      expect(judged(name, configuration)).toMatchObject({ answer: "hit", evidence: { actions: ["dynamodb:PutItem"] } });
    });
  });

  describe("roles that deployment tools write lack nothing that Lambda always asks", () => {
    const stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";
    const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000";
    const cluster = "arn:aws:kafka:eu-west-1:111122223333:cluster/events/1a2b";
    const broker = "arn:aws:mq:eu-west-1:111122223333:broker:jobs:b-1";
    const logs = allow(["logs:CreateLogStream", "logs:PutLogEvents"]);
    const interfaces = ["CreateNetworkInterface", "DescribeNetworkInterfaces", "DeleteNetworkInterface"].map((name) => `ec2:${name}`);

    test.each<[string, { settings?: object; source?: string; grants: readonly string[]; on?: string }]>([
      [
        "a Kinesis consumer of the Serverless Framework",
        {
          source: stream,
          grants: ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStreamSummary", "kinesis:ListShards"],
          on: stream,
        },
      ],
      [
        "a table's consumer without the list of streams",
        { source: table, grants: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], on: table },
      ],
      [
        "an MSK consumer that knows the first version of the API",
        {
          source: cluster,
          grants: [
            ...interfaces,
            "ec2:DescribeVpcs",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
            "kafka:DescribeCluster",
            "kafka:GetBootstrapBrokers",
          ],
        },
      ],
      ["a consumer of a broker on the internet", { source: broker, grants: ["mq:DescribeBroker", "secretsmanager:GetSecretValue"] }],
      ["a function in a VPC, without addresses of its own", { settings: { vpcId: "vpc-1" }, grants: interfaces }],
      ["a traced function of CDK", { settings: { tracing: true }, grants: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"] }],
      [
        "one that only reads a file system",
        {
          settings: { fileSystems: ["arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-1"] },
          grants: ["elasticfilesystem:ClientMount"],
        },
      ],
    ])("%s", (_, { settings = {}, source, grants, on = "*" }) => {
      const judged = (allowed: readonly string[]) => {
        const owner = aRole("orders", [logs, ...(allowed.length > 0 ? [allow([...allowed], on)] : [])]);
        const user = aUserOf(owner, "orders", needing());
        const configuration = { ...user.configuration, ...settings };
        const mappings = source ? [{ uuid: "1", functionArn: user.facts.arn, sourceArn: source, enabled: true, state: "Enabled" }] : [];
        const need = needOf(configuration, mappings, user.code ?? { layers: [] }, { resources: new Map(), outOf: () => [] });
        return judgeUser(id, owner, { ...user, configuration, need });
      };
      expect(judged(grants)).toEqual({ answer: "clear" });
      expect(judged([])).toMatchObject({ answer: "hit" });
    });
  });
});
