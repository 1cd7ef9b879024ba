import { expect, test } from "vitest";
import { functionRelations, referenceTarget } from "../../shared/graph/function-relations.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;

test("queue addresses of every age name their queue; other addresses stay", () => {
  const queue = at("sqs", "work");
  expect(referenceTarget("https://sqs.eu-west-1.amazonaws.com/111122223333/work")).toBe(queue);
  expect(referenceTarget("https://eu-west-1.queue.amazonaws.com/111122223333/work")).toBe(queue);
  expect(referenceTarget("https://queue.amazonaws.com/111122223333/work")).toBe(queue.replace("eu-west-1", "us-east-1"));
  for (const other of ["https://lambda.eu-west-1.amazonaws.com/111122223333/work", at("sns", "news")])
    expect(referenceTarget(other)).toBe(other);
});

test("a function that reads by a consumer of its own is fed by the stream", () => {
  const none = { items: [] };
  const sourceArn = `${at("kinesis", "stream/clicks")}/consumer/fast:1700000000`;
  const mapping = { uuid: "u", functionArn: at("lambda", "function:count"), sourceArn, enabled: true };
  const region = {
    eventSourceMappings: { items: [mapping] },
    schedules: none,
    eventRules: none,
    alarmActions: none,
    queues: none,
    functions: none,
  };
  expect(functionRelations(region as never)).toMatchObject([{ from: at("kinesis", "stream/clicks"), kind: "feeds" }]);
});
