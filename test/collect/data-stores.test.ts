import { describe, expect, test } from "vitest";
import { dynamodbCollector } from "../../shared/collect/dynamodb/dynamodb.ts";
import { kinesisCollector } from "../../shared/collect/kinesis/kinesis.ts";
import { firehoseCollector } from "../../shared/collect/kinesisfirehose/firehose.ts";
import { stepFunctionsCollector } from "../../shared/collect/stepfunctions/step-functions.ts";
import { awsError } from "../stub-account.ts";
import { type Answers, collectFrom, now } from "./a-service.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const fn = at("lambda", "function:orders");
const refuse =
  (code = "AccessDeniedException") =>
  () => {
    throw awsError(code);
  };

test("tables come with their streams, while these are on; a refused one is unread, a deleted one no failure", async () => {
  const stream = at("dynamodb", "table/orders/stream/2026");
  const answers: Answers = {
    "dynamodb:ListTables": ({ ExclusiveStartTableName }) =>
      ExclusiveStartTableName ? { TableNames: ["log"] } : { TableNames: ["orders"], LastEvaluatedTableName: "orders" },
    "dynamodb:DescribeTable": ({ TableName }) => ({
      Table: {
        LatestStreamArn: stream,
        StreamSpecification: { StreamEnabled: TableName === "orders" },
        DeletionProtectionEnabled: true,
        CreationDateTime: now,
      },
    }),
  };
  const { rows, coverage } = await collectFrom(dynamodbCollector, answers);
  expect(coverage).toMatchObject({ status: "complete", resources: 2 });
  expect(rows.get(at("dynamodb", "table/orders"))).toMatchObject({
    relations: [{ to: stream, kind: "feeds" }],
    resource: { encryption: { atRest: "aws-owned" }, details: { streamArn: stream, deletionProtection: true } },
  });
  expect(rows.get(at("dynamodb", "table/log"))?.relations).toEqual([]);
  const none = await collectFrom(dynamodbCollector, { ...answers, "dynamodb:GetResourcePolicy": refuse("PolicyNotFoundException") });
  expect(none.coverage.status).toBe("complete");
  const refused = await collectFrom(dynamodbCollector, { ...answers, "dynamodb:DescribeTable": refuse() });
  expect(refused.coverage).toMatchObject({ status: "partial", operation: "dynamodb:DescribeTable" });
  expect(refused.rows.get(at("dynamodb", "table/log"))?.resource?.details?.unread).toContain("stream");
  expect(
    (await collectFrom(dynamodbCollector, { ...answers, "dynamodb:DescribeTable": refuse("ResourceNotFoundException") })).coverage.status,
  ).toBe("complete");
});

test("policies of tables and streams say which other accounts may read and write; one that was refused is unread", async () => {
  const policy = (actions: string[]) => ({
    Policy: JSON.stringify({
      Statement: [
        { Sid: "Partner", Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: actions, Resource: "*" },
      ],
    }),
  });
  const answers: Answers = {
    "dynamodb:ListTables": () => ({ TableNames: ["orders"] }),
    "dynamodb:DescribeTable": () => ({ Table: {} }),
    "dynamodb:GetResourcePolicy": () => policy(["dynamodb:GetItem"]),
    "kinesis:ListStreams": () => ({ StreamNames: ["clicks"], HasMoreStreams: false }),
    "kinesis:GetResourcePolicy": () => policy(["kinesis:PutRecord*"]),
  };
  const tables = await collectFrom(dynamodbCollector, answers);
  const from = "account:444455556666";
  expect(tables.rows.get(at("dynamodb", "table/orders"))?.relations).toMatchObject([
    { from, kind: "may-read", auth: "cross-account", evidence: "dynamodb:GetResourcePolicy, statement Partner" },
  ]);
  const streams = await collectFrom(kinesisCollector, answers);
  expect(streams.rows.get(at("kinesis", "stream/clicks"))?.relations).toMatchObject([{ from, kind: "may-write", auth: "cross-account" }]);
  const refused = await collectFrom(dynamodbCollector, { ...answers, "dynamodb:GetResourcePolicy": refuse() });
  expect(refused.coverage).toMatchObject({ status: "partial", operation: "dynamodb:GetResourcePolicy" });
  expect(refused.rows.get(at("dynamodb", "table/orders"))?.resource?.details?.unread).toEqual(["policy"]);
  const garbled = await collectFrom(dynamodbCollector, { ...answers, "dynamodb:GetResourcePolicy": () => ({ Policy: "{" }) });
  expect(garbled.rows.get(at("dynamodb", "table/orders"))?.resource?.details?.unread).toEqual(["policy"]);
});

test("streams say whether they are encrypted", async () => {
  const { rows, coverage } = await collectFrom(kinesisCollector, {
    "kinesis:ListStreams": ({ NextToken }) =>
      NextToken
        ? { StreamNames: ["plain"], HasMoreStreams: false }
        : {
            StreamNames: ["safe"],
            StreamSummaries: [{ StreamName: "safe", StreamARN: at("kinesis", "stream/safe") }],
            HasMoreStreams: true,
            NextToken: "2",
          },
    "kinesis:DescribeStreamSummary": ({ StreamName }) => ({
      StreamDescriptionSummary:
        StreamName === "safe"
          ? { EncryptionType: "KMS", KeyId: "alias/aws/kinesis" }
          : { EncryptionType: "NONE", RetentionPeriodHours: 24 },
    }),
  });
  expect(coverage).toMatchObject({ status: "complete", resources: 2 });
  expect(rows.get(at("kinesis", "stream/safe"))?.resource?.encryption?.atRest).toBe("aws-managed-key");
  expect(rows.get(at("kinesis", "stream/plain"))?.resource).toMatchObject({
    encryption: { atRest: "none" },
    details: { retentionHours: 24 },
  });
});

test("Firehose streams lead from their source over functions to buckets, without keys of destinations", async () => {
  const processing = {
    Enabled: true,
    Processors: [{ Type: "Lambda", Parameters: [{ ParameterName: "LambdaArn", ParameterValue: `${fn}:$LATEST` }] }],
  };
  const { rows, items } = await collectFrom(firehoseCollector, {
    "firehose:ListDeliveryStreams": ({ ExclusiveStartDeliveryStreamName }) =>
      ExclusiveStartDeliveryStreamName
        ? { DeliveryStreamNames: ["web"], HasMoreDeliveryStreams: false }
        : { DeliveryStreamNames: ["clicks"], HasMoreDeliveryStreams: true },
    "firehose:DescribeDeliveryStream": ({ DeliveryStreamName }) => ({
      DeliveryStreamDescription:
        DeliveryStreamName === "clicks"
          ? {
              Source: { KinesisStreamSourceDescription: { KinesisStreamARN: at("kinesis", "stream/clicks") } },
              Destinations: [
                {
                  S3DestinationDescription: { BucketARN: "arn:aws:s3:::lake" },
                  ExtendedS3DestinationDescription: { BucketARN: "arn:aws:s3:::lake", ProcessingConfiguration: processing },
                },
              ],
            }
          : {
              Destinations: [
                {
                  HttpEndpointDestinationDescription: {
                    EndpointConfiguration: { Url: "https://in.example.com/?key=secret" },
                    RequestConfiguration: { CommonAttributes: [{ AttributeName: "key", AttributeValue: "secret" }] },
                    ProcessingConfiguration: { ...processing, Enabled: false },
                    S3DestinationDescription: { BucketARN: "arn:aws:s3:::failed" },
                  },
                },
              ],
            },
    }),
  });
  const arn = at("firehose", "deliverystream/clicks");
  expect(rows.get(arn)?.relations.map(({ from, kind, to }) => [from, kind, to])).toEqual([
    [at("kinesis", "stream/clicks"), "feeds", arn],
    [arn, "invokes", fn],
    [arn, "may-write", "arn:aws:s3:::lake"],
  ]);
  expect(rows.get(arn)?.resource?.details?.destinations).toEqual(["ExtendedS3"]);
  expect(rows.get(at("firehose", "deliverystream/web"))?.relations.map(({ kind }) => kind)).toEqual(["may-write"]);
  expect(JSON.stringify(items)).not.toContain("secret");
});

describe("state machines", () => {
  const arn = at("states", "stateMachine:ship");
  const definition = JSON.stringify({ States: { Ship: { Type: "Task", Resource: fn, Parameters: { password: "hunter2" } } } });
  const answers: Answers = {
    "states:ListStateMachines": ({ nextToken }) =>
      nextToken
        ? { stateMachines: [] }
        : { stateMachines: [{ stateMachineArn: arn, name: "ship", type: "EXPRESS", creationDate: now }], nextToken: "2" },
    "states:DescribeStateMachine": () => ({
      definition,
      roleArn: "arn:aws:iam::111122223333:role/ship",
      loggingConfiguration: { destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: at("logs", "log-group:ship:*") } }] },
    }),
  };

  test("lead to what their definitions call; nothing else of a definition is kept", async () => {
    const { rows, kept } = await collectFrom(stepFunctionsCollector, answers);
    expect(rows.get(arn)?.relations.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      `invokes ${fn}`,
      "assumes arn:aws:iam::111122223333:role/ship",
      `logs-to ${at("logs", "log-group:ship")}`,
    ]);
    expect(JSON.stringify(kept)).not.toContain("hunter2");
  });

  test("whose definition is refused or cannot be read are unread", async () => {
    const refused = await collectFrom(stepFunctionsCollector, { ...answers, "states:DescribeStateMachine": refuse() });
    expect(refused.coverage.status).toBe("partial");
    const broken = await collectFrom(stepFunctionsCollector, { ...answers, "states:DescribeStateMachine": () => ({ definition: "{" }) });
    for (const { rows } of [refused, broken]) expect(rows.get(arn)?.resource?.details?.unread).toEqual(["definition"]);
    const gone = await collectFrom(stepFunctionsCollector, {
      ...answers,
      "states:DescribeStateMachine": refuse("StateMachineDoesNotExist"),
    });
    expect(gone.coverage.status).toBe("complete");
  });
});
