import { expect, test } from "vitest";
import { redactAnswer } from "../../../shared/aws/redact.ts";
import { lambdaAccessCollector } from "../../../shared/collect/lambda/lambda-access.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, aConfiguration, collectFrom } from "../a-service.ts";

const orders = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const policy = (Sid: string) =>
  JSON.stringify({ Statement: [{ Sid, Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: orders }] });
const functions = [aConfiguration("orders"), aConfiguration("plain", { packageType: "Image" })];

const answers: Answers = {
  "lambda:ListLayers": ({ Marker }) =>
    Marker
      ? {
          Layers: [
            {
              LayerName: "b",
              LatestMatchingVersion: { LayerVersionArn: "layer:b:1", Version: 1, CreatedDate: "2026-01-02T03:04:05.000+0000" },
            },
          ],
        }
      : { Layers: [{ LayerName: "a", LatestMatchingVersion: { LayerVersionArn: "layer:a:7", Version: 7 } }], NextMarker: "more" },
  "lambda:ListAliases": ({ FunctionName, Marker }) => {
    if (FunctionName !== "orders") return { Aliases: [] };
    return Marker
      ? { Aliases: [{ Name: "beta", FunctionVersion: "$LATEST" }] }
      : { Aliases: [{ Name: "live", FunctionVersion: "3" }], NextMarker: "m" };
  },
  "lambda:GetFunctionConfiguration": ({ FunctionName, Qualifier }) => ({
    FunctionName,
    FunctionArn: `${orders}:${Qualifier}`,
    Runtime: "python3.8",
    Timeout: 7,
    Role: "arn:aws:iam::111122223333:role/old",
    Environment: { Variables: { KEY: "hunter2", QUEUE: "arn:aws:sqs:eu-west-1:111122223333:work" } },
  }),
  "lambda:GetPolicy": ({ FunctionName, Qualifier }) => {
    if (FunctionName === "orders" && Qualifier === "live") return { Policy: policy("All"), aFieldOfTomorrow: 1 };
    throw awsError("ResourceNotFoundException");
  },
  "lambda:ListFunctionUrlConfigs": ({ FunctionName }) =>
    FunctionName === "orders"
      ? { FunctionUrlConfigs: [{ FunctionUrl: "https://ABC.lambda-url.eu-west-1.on.aws", FunctionArn: orders, AuthType: "AWS_IAM" }] }
      : {},
  "lambda:ListFunctionEventInvokeConfigs": () => ({}),
};

test("functions are read with their aliases and the versions behind them; what has no policy has none", async () => {
  const { rows, coverage, asked } = await collectFrom(lambdaAccessCollector, answers, { functions });
  expect(coverage).toMatchObject({ status: "complete" });
  const policies = asked
    .filter(({ operation }) => operation === "lambda:GetPolicy")
    .map(({ input }) => `${input.FunctionName}:${input.Qualifier ?? ""}`);
  expect(policies.toSorted()).toEqual(["orders:", "orders:3", "orders:beta", "orders:live", "plain:"]);
  expect(rows.get(orders)?.resource?.details).toMatchObject({
    publicStatements: ["All@live"],
    urls: ["https://abc.lambda-url.eu-west-1.on.aws/"],
  });
  expect(rows.get(orders)?.resource?.details?.unread).toBeUndefined();
  expect(rows.get("layer:b:1")?.resource).toMatchObject({ name: "b", createdAt: "2026-01-02T03:04:05.000Z" });
});

test("what is refused is named on the functions that it concerns; the rest is read", async () => {
  const refused: Answers = {
    ...answers,
    "lambda:ListFunctionUrlConfigs": () => {
      throw awsError("AccessDeniedException");
    },
  };
  const { rows, coverage } = await collectFrom(lambdaAccessCollector, refused, { functions });
  expect(coverage).toMatchObject({ status: "partial", operation: "lambda:ListFunctionUrlConfigs", code: "AccessDeniedException" });
  expect(rows.get(orders)?.resource?.details).toMatchObject({ unread: ["urls"], publicStatements: ["All@live"] });
  const nothing = await collectFrom(
    lambdaAccessCollector,
    { "lambda:ListAliases": () => ({ Aliases: [] }), "lambda:GetPolicy": refused["lambda:ListFunctionUrlConfigs"] ?? (() => ({})) },
    { functions },
  );
  expect(nothing.rows.get(orders)?.resource?.details?.unread).toEqual(["policy"]);
});

test("versions behind aliases are read with what they name, no secret in it; a weighted alias has two", async () => {
  const weighted: Answers = {
    ...answers,
    "lambda:ListAliases": ({ FunctionName }) =>
      FunctionName === "orders"
        ? {
            Aliases: [
              { Name: "live", FunctionVersion: "3", RoutingConfig: { AdditionalVersionWeights: { 4: 0.1 } } },
              { Name: "beta", FunctionVersion: "4" },
            ],
          }
        : {},
  };
  const { rows, of, kept } = await collectFrom(lambdaAccessCollector, weighted, { functions });
  expect(of("lambda:GetFunctionConfiguration").map(({ input }) => input)).toEqual([
    { FunctionName: "orders", Qualifier: "3" },
    { FunctionName: "orders", Qualifier: "4" },
  ]);
  expect(rows.get(`${orders}:3`)).toMatchObject({
    resource: {
      type: "AWS::Lambda::Version",
      details: { functionArn: orders, aliases: ["live"], runtime: "python3.8", timeoutSeconds: 7 },
    },
    relations: [
      { from: orders, to: "arn:aws:iam::111122223333:role/old", kind: "assumes" },
      { from: orders, to: "arn:aws:sqs:eu-west-1:111122223333:work", kind: "publishes-to", inferred: true },
    ],
  });
  expect(rows.get(`${orders}:4`)?.resource?.details).toMatchObject({ aliases: ["live", "beta"] });
  expect(JSON.stringify(kept)).not.toContain("hunter2");
});

test("a version that could not be read is named", async () => {
  const refused: Answers = {
    ...answers,
    "lambda:GetFunctionConfiguration": () => {
      throw awsError("AccessDeniedException");
    },
  };
  const { rows, coverage } = await collectFrom(lambdaAccessCollector, refused, { functions });
  expect(coverage).toMatchObject({ status: "partial", operation: "lambda:GetFunctionConfiguration" });
  expect(rows.get(orders)?.resource?.details?.unread).toEqual(["version 3"]);
});

test("many functions are read again on the rotation, changed ones at once", async () => {
  const many = Array.from({ length: 140 }, (_, n) => aConfiguration(`f${n}`));
  const { kept } = await collectFrom(lambdaAccessCollector, answers, { functions: many });
  const changed = many.map((one) => (one.name === "f139" ? { ...one, codeSha256: "other" } : one));
  const { operations } = await collectFrom(lambdaAccessCollector, answers, { functions: changed, before: kept });
  expect(operations.filter((operation) => operation === "lambda:ListFunctionUrlConfigs")).toHaveLength(51);
});

test("a recording holds neither the environment nor the link to the code", () => {
  const answer = {
    Configuration: { Environment: { Variables: { KEY: "hunter2" } } },
    Code: { ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1", Location: "https://signed.example/hunter2" },
  };
  expect(redactAnswer("lambda:GetFunction", answer)).toEqual({
    Code: { ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1" },
  });
  const executions = [{ DurableExecutionName: "jane@example.com", DurableExecutionArn: "arn:jane@example.com", Status: "RUNNING" }];
  const kept = redactAnswer("lambda:ListDurableExecutionsByFunction", { DurableExecutions: executions });
  expect(JSON.stringify(kept)).not.toContain("jane");
  const origins = { Items: [{ Origins: { Items: [{ CustomHeaders: { Items: [{ HeaderName: "x-key", HeaderValue: "hunter2" }] } }] } }] };
  expect(JSON.stringify(redactAnswer("cloudfront:ListDistributions", { DistributionList: origins }))).not.toContain("hunter2");
});
