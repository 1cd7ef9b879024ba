import { describe, expect, test } from "vitest";
import type { Relation, Resource } from "../../shared/model/graph.ts";
import { aFunction } from "../build.ts";
import { aResource, judgeResource, type Surroundings, wordedResource } from "./a-resource-subject.ts";
import { dayAgo } from "./a-subject.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const clear = { answer: "clear" };
const unknown = { answer: "unknown" };

describe("lambda/orphaned-event-source", () => {
  const id = "lambda/orphaned-event-source";
  const f = aResource("AWS::Lambda::Function", { arn: at("lambda", "function:orders"), name: "orders" });
  const from = (source: string, more: Partial<Relation> = {}): Surroundings => ({
    incoming: [{ from: source, kind: "feeds", evidence: "lambda:ListEventSourceMappings, u-1", ...more }],
  });
  const queue = at("sqs", "gone");

  test("fires for a queue that is in no list, softer where the mapping is off", () => {
    expect(judgeResource(id, f, from(queue))).toMatchObject({ severity: "MEDIUM", materialKey: queue });
    expect(judgeResource(id, f, from(queue, { enabled: false }))).toMatchObject({ severity: "LOW" });
    expect(wordedResource(id, f, from(queue)).remediation.commands).toEqual([
      "aws lambda update-event-source-mapping --uuid u-1 --region eu-west-1 --no-enabled",
      "aws lambda delete-event-source-mapping --uuid u-1 --region eu-west-1",
    ]);
  });

  test("is clear where the source is there, and cannot tell without the whole list", () => {
    expect(judgeResource(id, f, { ...from(queue), others: [queue] })).toEqual(clear);
    expect(judgeResource(id, f, { ...from(queue), unread: ["sqs"] })).toMatchObject(unknown);
    const consumer = at("kinesis", "stream/clicks/consumer/app:1");
    expect(judgeResource(id, f, { ...from(consumer), others: [at("kinesis", "stream/clicks")] })).toEqual(clear);
  });

  test("does not judge sources elsewhere or of services without a list, nor what is no mapping", () => {
    expect(judgeResource(id, f, from("arn:aws:sqs:eu-west-1:444455556666:gone"))).toEqual(clear);
    expect(judgeResource(id, f, from("arn:aws:sqs:us-east-1:111122223333:gone"))).toEqual(clear);
    expect(judgeResource(id, f, from(at("kafka", "cluster/shop/1")))).toEqual(clear);
    expect(judgeResource(id, f, from(queue, { evidence: "pipes:ListPipes, Source" }))).toEqual(clear);
  });

  test("knows that a stream switched off and on again is another one", () => {
    const old = at("dynamodb", "table/orders/stream/2025");
    // the subject's neighbours have its details
    const judgeWith = (details: Resource["details"]) =>
      judgeResource(id, { ...f, details: details ?? {} }, { ...from(old), others: [at("dynamodb", "table/orders")] });
    expect(judgeWith({ streamArn: at("dynamodb", "table/orders/stream/2026") })).toMatchObject({ answer: "hit" });
    expect(judgeWith({ streamArn: old })).toEqual(clear);
    expect(judgeWith({ unread: ["stream"] })).toMatchObject(unknown);
  });
});

describe("logs/orphaned-log-group", () => {
  const id = "logs/orphaned-log-group";
  const group = (name: string, more: Partial<Resource> = {}) =>
    aResource("AWS::Logs::LogGroup", {
      arn: at("logs", `log-group:${name}`),
      name,
      details: { storedBytes: 52_400_000, retentionDays: null },
      ...more,
    });

  test("fires for the group of a function that is gone, with what it stores", () => {
    expect(judgeResource(id, group("/aws/lambda/gone"))).toMatchObject({ severity: "LOW" });
    const { title, remediation } = wordedResource(id, group("/aws/lambda/gone"));
    expect(title).toBe("Log group /aws/lambda/gone outlived its function: 52 MB, kept for ever");
    expect(remediation.commands.at(-1)).toBe("aws logs delete-log-group --log-group-name /aws/lambda/gone --region eu-west-1");
  });

  test("is clear where the function is there, somebody logs there, it is young or none of Lambda's", () => {
    const functions = [aFunction({ name: "orders" })];
    expect(judgeResource(id, group("/aws/lambda/orders"), { functions })).toEqual(clear);
    expect(judgeResource(id, group("/aws/lambda/gone"), { incoming: [{ kind: "logs-to" }] })).toEqual(clear);
    expect(judgeResource(id, group("/aws/lambda/gone", { createdAt: dayAgo(13) }))).toEqual(clear);
    expect(judgeResource(id, group("/app"))).toEqual(clear);
  });

  test("cannot tell without all functions, and finds the home of functions at the edge", () => {
    expect(judgeResource(id, group("/aws/lambda/gone"), { unread: ["functions"] })).toMatchObject(unknown);
    expect(judgeResource(id, group("/aws/lambda/us-east-1.edge"))).toMatchObject(unknown);
    const functions = [aFunction({ name: "edge", arn: "arn:aws:lambda:us-east-1:111122223333:function:edge" })];
    expect(judgeResource(id, group("/aws/lambda/us-east-1.edge"), { functions })).toEqual(clear);
  });
});

describe("sqs/dead-letter-queue-filling", () => {
  const id = "sqs/dead-letter-queue-filling";
  const queue = (messages: number) =>
    aResource("AWS::SQS::Queue", { arn: at("sqs", "failed"), name: "failed", details: { messages, retentionSeconds: 1_209_600 } });
  const of = (from: string): Surroundings => ({ incoming: [{ from, kind: "dead-letters-to" }] });

  test("fires for a dead-letter queue with messages; the key does not move with their number", () => {
    expect(judgeResource(id, queue(3), of(at("sqs", "orders")))).toMatchObject({ severity: "MEDIUM", materialKey: "filling" });
    expect(judgeResource(id, queue(0), of(at("sqs", "orders")))).toEqual(clear);
    expect(judgeResource(id, queue(3))).toEqual(clear);
    expect(judgeResource(id, aResource("AWS::SQS::Queue", { details: { unread: ["attributes"] } }), of(at("sqs", "orders")))).toMatchObject(
      unknown,
    );
  });

  test("offers to move messages back only where queues sent them", () => {
    expect(wordedResource(id, queue(1), of(at("sqs", "orders"))).remediation.commands).toHaveLength(2);
    const ofFunction = wordedResource(id, queue(3), of(at("lambda", "function:orders")));
    expect(ofFunction.remediation.commands).toHaveLength(1);
    expect(ofFunction.remediation.text).toContain("deleted 14 days after");
  });
});

describe("encryption at rest", () => {
  const none = { atRest: "none", inTransit: "enforced" } as const;

  test("of a topic matters once somebody is subscribed, and its command never cuts off a publishing service", () => {
    const id = "sns/unencrypted-at-rest";
    const topic = (subscriptions: number, encryption: Resource["encryption"] = none) =>
      aResource("AWS::SNS::Topic", { details: { subscriptions }, ...(encryption ? { encryption } : {}) });
    expect(judgeResource(id, topic(1))).toMatchObject({ severity: "LOW" });
    expect(judgeResource(id, topic(0))).toEqual(clear);
    expect(judgeResource(id, topic(1, { atRest: "customer-key", inTransit: "enforced" }))).toEqual(clear);
    expect(judgeResource(id, aResource("AWS::SNS::Topic", { details: { unread: ["attributes"] } }))).toMatchObject(unknown);
    expect(wordedResource(id, topic(1)).remediation.commands).toHaveLength(2);
    const alarmed = wordedResource(id, topic(1), { incoming: [{ from: at("cloudwatch", "alarm:errors") }] }).remediation;
    expect(alarmed.commands).toEqual([]);
    expect(alarmed.text).toContain("cloudwatch publish to it");
  });

  test("of a stream", () => {
    const id = "kinesis/unencrypted-at-rest";
    expect(judgeResource(id, aResource("AWS::Kinesis::Stream", { encryption: none }))).toMatchObject({ severity: "LOW" });
    expect(judgeResource(id, aResource("AWS::Kinesis::Stream", { encryption: { ...none, atRest: "aws-managed-key" } }))).toEqual(clear);
    expect(judgeResource(id, aResource("AWS::Kinesis::Stream", { details: { unread: ["encryption"] } }))).toMatchObject(unknown);
    expect(wordedResource(id, aResource("AWS::Kinesis::Stream", { encryption: none })).remediation.commands[0]).toContain(
      "start-stream-encryption",
    );
  });
});
