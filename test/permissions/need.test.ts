import { describe, expect, test } from "vitest";
import { actionOf } from "../../shared/data/action-table.ts";
import { destinationActions, layerActions, networkActions, sourceActions, tracingActions } from "../../shared/data/source-actions.ts";
import type { FunctionCode, SdkCall } from "../../shared/model/code.ts";
import type { Relation, Resource } from "../../shared/model/graph.ts";
import type { FunctionNeed, Need } from "../../shared/model/permissions.ts";
import type { EventSourceMapping, FunctionConfiguration } from "../../shared/model/snapshot.ts";
import { needOf } from "../../shared/permissions/need.ts";
import { codeNeed } from "../../shared/permissions/need-code.ts";
import { anywhere, noEnvironment } from "../../shared/permissions/need-request.ts";
import { aCall, aSummary, aText } from "./a-call.ts";

const arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const queue = "arn:aws:sqs:eu-west-1:111122223333:jobs";

function aConfiguration(given: Partial<FunctionConfiguration> = {}): FunctionConfiguration {
  return {
    arn,
    name: "orders",
    region: "eu-west-1",
    packageType: "Zip",
    runtime: "nodejs24.x",
    timeoutSeconds: 3,
    memoryMb: 128,
    architecture: "arm64",
    roleArn: "arn:aws:iam::111122223333:role/orders",
    layers: [],
    environmentNames: [],
    environmentReferences: [],
    managedInstances: false,
    ...given,
  };
}

function aMapping(sourceArn: string, given: Partial<EventSourceMapping> = {}): EventSourceMapping {
  return { uuid: "1", functionArn: arn, sourceArn, enabled: true, state: "Enabled", ...given };
}

interface Given {
  readonly configuration?: Partial<FunctionConfiguration>;
  readonly mappings?: readonly EventSourceMapping[];
  readonly code?: FunctionCode;
  readonly resources?: readonly Resource[];
  readonly relations?: readonly Relation[];
}

function need({
  configuration,
  mappings = [],
  code = { code: aSummary([]), layers: [] },
  resources = [],
  relations = [],
}: Given): FunctionNeed {
  return needOf(aConfiguration(configuration), mappings, code, {
    resources: new Map(resources.map((resource) => [resource.arn, resource])),
    outOf: () => relations,
  });
}

const texts = (needs: readonly Need[]) => needs.map(({ action, resources }) => `${action} ${resources.join(", ")}`);
const withoutLogs = (needs: readonly Need[]) => needs.filter(({ action }) => !action.startsWith("logs:"));

const group = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/orders";

describe("a function's settings", () => {
  test("always need its own log group, and no other", () => {
    const { needs, unresolved } = need({});
    expect(texts(needs)).toEqual([`logs:CreateLogGroup ${group}`, `logs:CreateLogStream ${group}:*`, `logs:PutLogEvents ${group}:*`]);
    expect(unresolved).toEqual([]);
  });

  test("hardly need to make a log group that is there", () => {
    const [first] = need({
      resources: [{ arn: group, type: "AWS::Logs::LogGroup", name: "/aws/lambda/orders", region: "eu-west-1" }],
    }).needs;
    expect(first).toMatchObject({ action: "logs:CreateLogGroup", confidence: "low" });
    expect(need({}).needs[0]).toMatchObject({ action: "logs:CreateLogGroup", confidence: "high" });
  });

  test("name another log group", () => {
    expect(texts(need({ configuration: { logGroup: "/shop" } }).needs)[0]).toBe(
      "logs:CreateLogGroup arn:aws:logs:eu-west-1:111122223333:log-group:/shop",
    );
  });

  test("need the network, traces, file systems and durable executions", () => {
    const actions = need({
      configuration: {
        vpcId: "vpc-1",
        tracing: true,
        durableExecutionTimeoutSeconds: 60,
        fileSystems: ["arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-1"],
      },
    }).needs;
    expect(texts(actions)).toEqual(
      expect.arrayContaining([
        "ec2:CreateNetworkInterface *",
        "xray:PutTraceSegments *",
        "lambda:CheckpointDurableExecution arn:aws:lambda:eu-west-1:111122223333:function:orders:*/durable-execution/*",
        "elasticfilesystem:ClientMount arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/*",
      ]),
    );
  });

  test("need what mounts S3 Files of those, and nothing of what nobody knows", () => {
    const system = "arn:aws:s3files:eu-west-1:111122223333:file-system/fs-1";
    const { needs } = need({
      configuration: { fileSystems: [`${system}/access-point/fsap-1`, "arn:aws:fsx:eu-west-1:111122223333:volume/v"] },
    });
    expect(withoutLogs(needs).map(({ action, resources, confidence }) => `${action} ${resources} ${confidence}`)).toEqual([
      "s3:GetObject * medium",
      "s3:GetObjectVersion * medium",
      `s3files:ClientMount ${system} high`,
      `s3files:ClientWrite ${system} medium`,
    ]);
  });

  test("may need what AWS's own policies have beside it, on the source where it is about the source", () => {
    const stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";
    const { needs } = need({ mappings: [aMapping(stream)], resources: [aResource(stream, "none")] });
    const perhaps = needs.filter(({ confidence }) => confidence === "medium");
    expect(texts(perhaps)).toEqual([`kinesis:DescribeStream ${stream}`, "kinesis:ListStreams *"]);
  });

  test("need what polls a queue, and its dead-letter target", () => {
    const { needs } = need({
      configuration: { deadLetterArn: "arn:aws:sns:eu-west-1:111122223333:failed" },
      mappings: [aMapping(queue, { enabled: false }), aMapping(queue, { functionArn: `${arn}-other` })],
      resources: [aResource(queue, "aws-owned"), aResource("arn:aws:sns:eu-west-1:111122223333:failed", "none")],
    });
    expect(texts(withoutLogs(needs))).toEqual([
      "sns:Publish arn:aws:sns:eu-west-1:111122223333:failed",
      `sqs:DeleteMessage ${queue}`,
      `sqs:GetQueueAttributes ${queue}`,
      `sqs:ReceiveMessage ${queue}`,
    ]);
  });

  test("need a stream with its list, a consumer, and where failures go", () => {
    const stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";
    const { needs } = need({
      mappings: [aMapping(`${stream}/consumer/orders:1`, { onFailure: queue })],
      resources: [aResource(stream, "none"), aResource(queue, "none")],
    });
    expect(texts(withoutLogs(needs))).toEqual(
      expect.arrayContaining([
        `kinesis:GetRecords ${stream}`,
        "kinesis:ListStreams *",
        `kinesis:SubscribeToShard ${stream}/consumer/orders:1`,
        `sqs:SendMessage ${queue}`,
      ]),
    );
  });

  test("need their asynchronous destinations", () => {
    const bus = "arn:aws:events:eu-west-1:111122223333:event-bus/done";
    const relation: Relation = {
      from: arn,
      to: bus,
      kind: "publishes-to",
      auth: "service",
      enabled: true,
      evidence: "lambda:ListFunctionEventInvokeConfigs, OnSuccess",
    };
    const other: Relation = { ...relation, to: queue, evidence: "lambda:ListFunctions, environment variable Q" };
    expect(texts(withoutLogs(need({ relations: [relation, other] }).needs))).toEqual([`events:PutEvents ${bus}`]);
  });

  test("name only actions that the table knows", () => {
    const all = [...Object.values(sourceActions), networkActions, tracingActions].flatMap(({ own, perhaps = [], elsewhere = [] }) => [
      ...own,
      ...perhaps,
      ...elsewhere,
    ]);
    const named = [...all, ...Object.values(destinationActions).flat(), ...layerActions.flatMap(({ actions }) => actions)];
    expect(named.filter((action) => actionOf(action)?.name !== action)).toEqual([]);
  });
});

function aResource(of: string, atRest: NonNullable<Resource["encryption"]>["atRest"], details: Resource["details"] = {}): Resource {
  return { arn: of, type: "AWS::Any", name: of, region: "eu-west-1", encryption: { atRest, inTransit: "unknown" }, details };
}

describe("keys that a service uses for the caller", () => {
  const send = {
    code: aSummary([aCall("sqs:SendMessage", { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs" })]),
    layers: [],
  };
  const keys = (atRest: "customer-key" | "aws-managed-key" | "aws-owned" | "unknown") =>
    need({ code: send, resources: [aResource(queue, atRest)] })
      .needs.filter(({ source }) => source === "forwarded")
      .map(({ action, confidence }) => `${action} ${confidence}`);

  test("are needed where the account says that a key of the customer is there", () => {
    expect(keys("customer-key")).toEqual(["kms:Decrypt high", "kms:GenerateDataKey high"]);
  });
  test("are not where it says that there is none", () => {
    expect(keys("aws-owned")).toEqual([]);
    expect(keys("aws-managed-key")).toEqual([]);
  });
  test("are perhaps where the account does not say", () => {
    expect(keys("unknown")).toEqual(["kms:Decrypt low", "kms:GenerateDataKey low"]);
  });
  test("are perhaps where a name is open and something of that kind has a key of the customer; not where nothing has one", () => {
    const code = { code: aSummary([aCall("sqs:SendMessage", { QueueUrl: aText("?") })]), layers: [] };
    const found = (atRest: "customer-key" | "aws-owned") =>
      need({ code, resources: [aResource(queue, "aws-owned"), aResource(`${queue}-2`, atRest)] }).needs.filter(
        ({ source }) => source === "forwarded",
      );
    expect(found("aws-owned")).toEqual([]);
    expect(found("customer-key").map(({ action, confidence }) => `${action} ${confidence}`)).toEqual([
      "kms:Decrypt low",
      "kms:GenerateDataKey low",
    ]);
  });
  test("open nothing but what the service that uses them asks", () => {
    const [first] = need({ code: send, resources: [aResource(queue, "customer-key")] }).needs.filter(
      ({ source }) => source === "forwarded",
    );
    expect(JSON.parse(first?.condition ?? "")).toEqual({ StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } });
  });
  test("are named where the account knows the key", () => {
    const key = "arn:aws:kms:eu-west-1:111122223333:key/1";
    const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
    const { needs } = need({
      code: { code: aSummary([aCall("dynamodb:Query", { TableName: "orders", IndexName: "i" })]), layers: [] },
      resources: [aResource(table, "customer-key", { keyArn: key })],
    });
    expect(texts(withoutLogs(needs))).toEqual([`dynamodb:Query ${table}/index/i`, `kms:Decrypt ${key}`]);
  });

  test("are those that the call itself names, whatever the bucket's default is; a key of AWS is none of the customer's", () => {
    const key = "arn:aws:kms:eu-west-1:111122223333:key/own";
    const of = (SSEKMSKeyId: string) =>
      texts(
        withoutLogs(
          need({
            code: { code: aSummary([aCall("s3:PutObject", { Bucket: "data", Key: "k", SSEKMSKeyId })]), layers: [] },
            resources: [aResource("arn:aws:s3:::data", "aws-owned")],
          }).needs,
        ),
      );
    expect(of(key)).toEqual([`kms:GenerateDataKey ${key}`, "s3:PutObject arn:aws:s3:::data/k"]);
    expect(of("alias/aws/s3")).toEqual(["s3:PutObject arn:aws:s3:::data/k"]);
  });

  const offline = (...calls: readonly ReturnType<typeof aCall>[]) =>
    codeNeed(aSummary(calls), { place: anywhere, environment: noEnvironment, source: "code" }).needs.filter(
      ({ source }) => source === "forwarded",
    );
  test("are left out before deployment where the program says nothing of keys", () => {
    expect(offline(aCall("s3:GetObject", { Bucket: "b", Key: "k" }), aCall("secretsmanager:GetSecretValue", { SecretId: "s" }))).toEqual(
      [],
    );
  });
  test("are left out where the program encrypts data by itself", () => {
    const read = aCall("dynamodb:GetItem", { TableName: "t" });
    const calls = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:Sign"].map((name) =>
      aCall(name, { KeyId: aText("$KMS_KEY_ID") }),
    );
    expect(offline(read, ...calls)).toEqual([]);
  });
  test("are listed with low confidence for the service of which the program names one", () => {
    const found = offline(
      aCall("s3:PutObject", { Bucket: "b", Key: "k", SSEKMSKeyId: aText("$DATA_KEY") }),
      aCall("s3:GetObject", { Bucket: "b", Key: "k" }),
      aCall("dynamodb:GetItem", { TableName: "t" }),
    );
    expect(found.map(({ action, confidence }) => `${action} ${confidence}`)).toEqual(["kms:GenerateDataKey low", "kms:Decrypt low"]);
    expect(found.every(({ condition }) => condition?.includes("s3."))).toBe(true);
  });
  test("are listed where a variable is called so, keys of KMS are managed, or a parameter is decrypted", () => {
    const read = aCall("s3:GetObject", { Bucket: "b", Key: "k" });
    expect(offline(read, aCall("sns:Publish", { Message: aText("$KMS_KEY_ARN") }))).not.toEqual([]);
    expect(offline(read, aCall("kms:CreateGrant", { KeyId: "k" }))).not.toEqual([]);
    // what a parameter is encrypted with says nothing of the object
    expect(offline(read, aCall("ssm:GetParameter", { Name: "/a", WithDecryption: "true" }))).toMatchObject([
      { action: "kms:Decrypt", why: expect.stringContaining("GetParameter") },
    ]);
  });
});

describe("what keeps the list from being whole", () => {
  test("is an image, code that was not read, and a runtime that is not read", () => {
    expect(need({ configuration: { packageType: "Image" }, code: { layers: [], unread: "an image" } }).unresolved).toEqual([
      "its code is an image, which is not read",
    ]);
    expect(need({ code: { layers: [], unread: "left for the next scan" } }).unresolved).toEqual([
      "its code was not read: left for the next scan",
    ]);
    expect(
      need({ configuration: { runtime: "java21" }, code: { code: aSummary([], { language: "unknown", files: 0 }), layers: [] } })
        .unresolved,
    ).toEqual(["code for the runtime java21 is not read"]);
    expect(need({ code: { code: aSummary([], { files: 0 }), layers: [] } }).unresolved).toEqual([
      "there was no code to read in its package",
    ]);
  });
  test("is a layer that was not read, or that reads secrets by itself", () => {
    const [known, secrets, other] = ["LambdaInsightsExtension:53", "AWS-Parameters-and-Secrets-Lambda-Extension:11", "shared-code:1"].map(
      (name) => `arn:aws:lambda:eu-west-1:133256977650:layer:${name}`,
    ) as [string, string, string];
    const of = (...layers: string[]) =>
      need({
        configuration: { layers },
        code: { code: aSummary([]), layers: layers.map((arn) => ({ arn, unread: "AccessDeniedException" })) },
      });
    expect(of(known)).toMatchObject({ unresolved: [], open: [] });
    expect(of(secrets)).toMatchObject({
      unresolved: ["its layer reads parameters and secrets for it: which ones, its code does not show"],
      open: ["kms", "secretsmanager", "ssm"],
    });
    expect(of(known, other)).toMatchObject({ unresolved: [`layer ${other} was not read: AccessDeniedException`], open: ["*"] });
  });
});

describe("where more may be needed than is listed", () => {
  const open = (more: Parameters<typeof aSummary>[1], calls: readonly ReturnType<typeof aCall>[] = []) =>
    need({ code: { code: aSummary(calls, more), layers: [] } }).open;
  test("is nowhere when everything could be told", () => {
    expect(open({})).toEqual([]);
  });
  test("is one service when its client is known, and anywhere otherwise", () => {
    expect(open({ unresolved: [{ what: "an operation put together at run time", at: "a.mjs:1", client: "dynamodb" }] })).toEqual([
      "dynamodb",
    ]);
    expect(open({}, [aCall("s3:InventedYesterday")])).toEqual(["s3"]);
    expect(open({ unresolved: [{ what: "a client put together at run time", at: "a.mjs:1" }] })).toEqual(["*"]);
    expect(open({ unread: [{ file: "a.mjs", why: "unexpected token" }] })).toEqual(["*"]);
    expect(need({ code: { layers: [] } }).open).toEqual(["*"]);
  });
});

test("the namespace of a metric is a condition, for metrics are put on no resource", () => {
  const { needs } = need({ code: { code: aSummary([aCall("cloudwatch:PutMetricData", { Namespace: "Shop" })]), layers: [] } });
  expect(withoutLogs(needs)).toMatchObject([{ resources: ["*"], condition: '{"StringEquals":{"cloudwatch:namespace":["Shop"]}}' }]);
});

const keyId = (text: string) => ({ name: "KeyId", value: [{ text }] });

test.each<[string, SdkCall["parameters"], string | undefined]>([
  ["named by an alias alone", [keyId("alias/app")], '{"StringEquals":{"kms:RequestAlias":["alias/app"]}}'],
  [
    "named by the ARN of an alias",
    [keyId("arn:aws:kms:eu-west-1:111122223333:alias/app")],
    '{"StringEquals":{"kms:RequestAlias":["alias/app"]}}',
  ],
  ["named by an alias or by its id", [keyId("alias/app"), keyId("1")], undefined],
  ["named by an alias or by what cannot be told", [keyId("alias/app"), { name: "KeyId", value: [{ unknown: true }] }], undefined],
])("a key %s: the condition of the need lets in no other, and shuts out none that is used", (_, parameters, condition) => {
  const { needs } = need({ code: { code: aSummary([{ ...aCall("kms:Encrypt"), parameters }]), layers: [] } });
  expect(withoutLogs(needs).map((one) => one.condition)).toEqual([condition]);
});

test("the same permission stands once, by its best evidence", () => {
  const call = aCall("sqs:ReceiveMessage", { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs" });
  const code = { code: aSummary([{ ...call, confidence: "low" }]), layers: [{ arn: "l", code: aSummary([call]) }] };
  const found = need({ code, resources: [aResource(queue, "none")] }).needs.filter(({ action }) => action === "sqs:ReceiveMessage");
  expect(found).toMatchObject([{ source: "layer", confidence: "medium" }]);
  const polled = need({ code, mappings: [aMapping(queue)], resources: [aResource(queue, "none")] }).needs.filter(
    ({ action }) => action === "sqs:ReceiveMessage",
  );
  expect(polled).toMatchObject([{ source: "configuration", confidence: "high", why: "its event source jobs" }]);
});

test("variables that name resources of the account are resolved", () => {
  const bucket = "arn:aws:s3:::receipts";
  const { needs } = need({
    configuration: { environmentNames: ["BUCKET"], environmentReferences: [{ name: "BUCKET", value: bucket }] },
    code: { code: aSummary([aCall("s3:PutObject", { Bucket: aText("$BUCKET"), Key: aText("?") })]), layers: [] },
    resources: [aResource(bucket, "aws-owned")],
  });
  expect(texts(withoutLogs(needs))).toEqual([`s3:PutObject ${bucket}/*`]);
});
