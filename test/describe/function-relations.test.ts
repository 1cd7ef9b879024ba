import { expect, test } from "vitest";
import { configurationRelations, functionRelations, referenceTarget } from "../../shared/describe/function-relations.ts";
import { exposureOf } from "../../shared/graph/exposure.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;

test("queue addresses of every age name their queue; other addresses stay", () => {
  const queue = at("sqs", "work");
  expect(referenceTarget("https://sqs.eu-west-1.amazonaws.com/111122223333/work")).toBe(queue);
  expect(referenceTarget("https://eu-west-1.queue.amazonaws.com/111122223333/work")).toBe(queue);
  expect(referenceTarget("https://queue.amazonaws.com/111122223333/work")).toBe(queue.replace("eu-west-1", "us-east-1"));
  for (const other of ["https://lambda.eu-west-1.amazonaws.com/111122223333/work", at("sns", "news")])
    expect(referenceTarget(other)).toBe(other);
});

test("a function that is told to log elsewhere leads to that group", () => {
  const fn = at("lambda", "function:orders");
  const configuration = { arn: fn, layers: [], environmentReferences: [], logGroup: "/aws/lambda/team" };
  const found = configurationRelations(configuration as never, fn, (member) => `lambda:ListFunctions, ${member}`);
  const evidence = "lambda:ListFunctions, LoggingConfig";
  expect(found).toMatchObject([{ from: fn, to: at("logs", "log-group:/aws/lambda/team"), kind: "logs-to", evidence }]);
});

function relationsOf(mapping: object) {
  const none = { items: [] };
  const rest = { queues: none, functions: none };
  return functionRelations({ eventSourceMappings: { items: [{ uuid: "u1", enabled: true, ...mapping }] }, ...rest } as never);
}

test("a function that reads by a consumer of its own is fed by the stream", () => {
  const sourceArn = `${at("kinesis", "stream/clicks")}/consumer/fast:1700000000`;
  const found = relationsOf({ functionArn: at("lambda", "function:count"), sourceArn });
  expect(found).toMatchObject([{ from: at("kinesis", "stream/clicks"), kind: "feeds" }]);
});

test("records that a function could not take lead to where they go", () => {
  const fn = at("lambda", "function:orders");
  const found = relationsOf({ functionArn: fn, sourceArn: at("kinesis", "stream/clicks"), onFailure: at("sqs", "failed") });
  expect(found).toMatchObject([{ kind: "feeds" }, { from: fn, to: at("sqs", "failed"), kind: "dead-letters-to" }]);
});

test("a Kafka cluster outside AWS starts its reader, and so does whatever a mapping reads without naming it", () => {
  const fn = at("lambda", "function:orders");
  const cluster = relationsOf({ functionArn: fn, brokers: ["a.example.com:9092", "b.example.com:9092"] });
  expect(cluster).toMatchObject([{ from: "kafka://a.example.com:9092", to: fn, kind: "feeds" }]);
  const unnamed = relationsOf({ functionArn: fn });
  expect(unnamed).toMatchObject([{ from: at("lambda", "event-source-mapping:u1"), to: fn, kind: "feeds" }]);
  for (const relations of [cluster, unnamed]) expect(exposureOf(relations)(fn).level).toBe("internal");
});
