import { describe, expect, test } from "vitest";
import {
  collectFunctions,
  type EnvironmentValues,
  namesOfResource,
  withNamedReferences,
} from "../../../shared/collect/lambda/functions.ts";
import { bucketArns } from "../../../shared/collect/s3/bucket-names.ts";
import { account, awsError, StubAccount, type StubFunction } from "../../stub-account.ts";
import { type Answers, aContext, answering } from "../a-context.ts";

const now = new Date("2026-11-24T03:00:00Z");

async function collect(functions: StubFunction[]) {
  const tape = new StubAccount({ now, regions: ["eu-west-1"], functions });
  const values: EnvironmentValues = new Map();
  const part = await collectFunctions(aContext(tape, { now }), values);
  return { part, values };
}

describe("functions", () => {
  test("image functions have no runtime, durable functions a second timeout, Managed Instances are marked", async () => {
    const { part } = await collect([
      { name: "image", configuration: { PackageType: "Image", Runtime: undefined, Handler: undefined } },
      { name: "durable", configuration: { DurableConfig: { ExecutionTimeout: 86_400 } } },
      { name: "managed", configuration: { CapacityProviderConfig: {}, Timeout: 3600 } },
    ]);
    expect(part.items.map(({ runtime, packageType }) => [runtime, packageType])[0]).toEqual([undefined, "Image"]);
    expect(part.items[1]).toMatchObject({ durableExecutionTimeoutSeconds: 86_400 });
    expect(part.items[2]).toMatchObject({ managedInstances: true, timeoutSeconds: 3600 });
  });

  test("what asks something of the role is kept: log group, tracing, file systems, key of the environment", async () => {
    const point = `arn:aws:elasticfilesystem:eu-west-1:${account}:access-point/fsap-1`;
    const key = `arn:aws:kms:eu-west-1:${account}:key/1`;
    const { part } = await collect([
      {
        name: "f",
        configuration: {
          LoggingConfig: { LogGroup: "/shop" },
          TracingConfig: { Mode: "Active" },
          FileSystemConfigs: [{ Arn: point, LocalMountPath: "/mnt/a" }],
          KMSKeyArn: key,
        },
      },
      { name: "plain", configuration: { LoggingConfig: { LogGroup: "/aws/lambda/plain" }, TracingConfig: { Mode: "PassThrough" } } },
    ]);
    expect(part.items[0]).toMatchObject({ logGroup: "/shop", tracing: true, fileSystems: [point], keyArn: key });
    for (const name of ["logGroup", "tracing", "fileSystems", "keyArn"]) expect(part.items[1]).not.toHaveProperty(name);
  });

  test("what AWS left out or added yesterday does no harm", async () => {
    const { part } = await collect([
      {
        name: "odd",
        configuration: {
          MemorySize: undefined,
          LastModified: "nonsense",
          Architectures: undefined,
          NewField: { a: 1 },
        },
      },
    ]);
    expect(part.items[0]).toMatchObject({ timeoutSeconds: 30, memoryMb: 128, architecture: "x86_64" });
    expect(part.items[0]?.lastModified).toBeUndefined();
  });

  test("without what AWS always says of them are not known, and nothing of the Region is: none of them is gone", async () => {
    for (const member of ["FunctionArn", "FunctionName", "Role", "Timeout"]) {
      const { part } = await collect([{ name: "whole" }, { name: "odd", configuration: { [member]: undefined } }]);
      expect(part.items).toEqual([]);
      expect(part.coverage).toMatchObject({ status: "failed", operation: "lambda:ListFunctions", code: "IncompleteAnswer" });
      expect(part.coverage.message).toContain(`an item without ${member}`);
    }
  });

  test("of environment variables only names and references are kept; a value that names a known resource refers to it", async () => {
    const variables = { API_KEY: "sk-123456", TABLE: "orders", STAGE: "prod", TOPIC: `arn:aws:sns:eu-west-1:${account}:t` };
    const { part, values } = await collect([{ name: "f", configuration: { Environment: { Variables: variables } } }]);
    const table = `arn:aws:dynamodb:eu-west-1:${account}:table/orders`;
    const [named] = withNamedReferences(part.items, values, new Map([["orders", table]]));
    expect(named?.environmentNames).toEqual(["API_KEY", "TABLE", "STAGE", "TOPIC"]);
    expect(named?.environmentReferences).toEqual([
      { name: "TOPIC", value: variables.TOPIC },
      { name: "TABLE", value: table },
    ]);
    expect(JSON.stringify(named)).not.toContain("sk-123456");
    expect(JSON.stringify(part)).not.toContain('"prod"');
  });
});

test("a value refers to the queue of that address on any host, to the pool of that id, and to what the variable is called after", async () => {
  const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
  const table = `arn:aws:dynamodb:eu-west-1:${account}:table/orders`;
  const pool = `arn:aws:cognito-idp:eu-west-1:${account}:userpool/eu-west-1_AbC123`;
  const known = [
    { name: "orders", arn: queue },
    { name: "orders", arn: table },
    { name: "people", arn: pool },
  ];
  // two things are called orders
  const arns = new Map(known.flatMap((one) => namesOfResource(one).map((name) => [name, one.arn] as const)));
  arns.delete("orders");
  const Variables = {
    WHERE: `http://localhost:4566/${account}/orders`,
    OTHER: "http://localhost:4566/444455556666/orders",
    WEBHOOK: `https://hooks.example.com/${account}/orders?token=x`,
    POOL_ID: "eu-west-1_AbC123",
    TABLE: "orders",
    THING: "orders",
  };
  const { part, values } = await collect([{ name: "f", configuration: { Environment: { Variables } } }]);
  expect(withNamedReferences(part.items, values, arns)[0]?.environmentReferences).toEqual([
    { name: "WHERE", value: queue },
    { name: "POOL_ID", value: pool },
    { name: "TABLE", value: table },
  ]);
});

test("a model of Bedrock is told by its id in a variable that speaks of models, and nothing else is", async () => {
  const Variables = {
    MODEL_ID: "amazon.nova-lite-v1:0",
    BEDROCK_PROFILE: "eu.anthropic.claude-3-7-sonnet-20250219-v1:0",
    GREETING: "amazon.nova-lite-v1:0",
    MODEL_HOST: "openai.com",
    MODEL_NAME: "inhouse.rank-3-v2:0",
    LLM_KEY: "anthropic.sk-secret hunter2",
  };
  const { part, values } = await collect([{ name: "f", configuration: { Environment: { Variables } } }]);
  const [named] = withNamedReferences(part.items, values, new Map());
  expect(named?.environmentReferences).toEqual([
    { name: "MODEL_ID", value: "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0" },
    {
      name: "BEDROCK_PROFILE",
      value: `arn:aws:bedrock:eu-west-1:${account}:inference-profile/eu.anthropic.claude-3-7-sonnet-20250219-v1:0`,
    },
  ]);
});

test("what looks like a secret is named with its kind, never with its value; the name of a secret is none", async () => {
  const Variables = { DB_PASSWORD: "hunter2hunter2", DB_SECRET_2: "Orders2Database", STAGE: "prod" };
  const { part, values } = await collect([{ name: "f", configuration: { Environment: { Variables } } }]);
  expect(part.items[0]?.environmentSecrets).toEqual([
    { name: "DB_PASSWORD", kind: "value named password", by: "name" },
    { name: "DB_SECRET_2", kind: "value named secret", by: "name" },
  ]);
  const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:Orders2Database-AbCdEf`;
  const [named] = withNamedReferences(part.items, values, new Map([["Orders2Database", secret]]));
  expect(named?.environmentSecrets?.map(({ name }) => name)).toEqual(["DB_PASSWORD"]);
  expect(JSON.stringify([part, named])).not.toContain("hunter2");
});

test("an environment that AWS could not decrypt is not one without variables", async () => {
  const refusal = { ErrorCode: "AccessDeniedException", Message: "Lambda was unable to decrypt your environment variables" };
  const { part } = await collect([
    { name: "f", configuration: { Environment: { Error: refusal } } },
    { name: "g", configuration: {} },
  ]);
  expect(part.items.map(({ name, environmentUnread }) => [name, environmentUnread])).toEqual([
    ["f", "AccessDeniedException"],
    ["g", undefined],
  ]);
});

describe("names of buckets", () => {
  const photos = { name: "photos", arn: "arn:aws:s3:::photos" };
  const ask = async (variables: [string, string][], answers: Answers = { "s3:ListBuckets": () => ({ Buckets: [{ Name: "photos" }] }) }) => {
    const tape = answering(answers);
    return { found: await bucketArns(aContext(tape), new Map([["fn", variables]])), asked: tape.asked.length };
  };

  test("are asked for where a variable that speaks of a bucket may hold one", async () => {
    expect(await ask([["PHOTO_BUCKET", "photos"]])).toEqual({ found: [photos], asked: 1 });
    for (const variables of [[["TABLE", "photos"]], [["BUCKET", "Not A Bucket"]], []] as [string, string][][]) {
      expect(await ask(variables)).toEqual({ found: [], asked: 0 });
    }
  });

  test("lead nowhere where the list is refused", async () => {
    const refused: Answers = {
      "s3:ListBuckets": () => {
        throw awsError("AccessDenied");
      },
    };
    expect((await ask([["BUCKET", "photos"]], refused)).found).toEqual([]);
  });
});
