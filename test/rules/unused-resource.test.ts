import { describe, expect, test } from "vitest";
import { aResource, judgeResource, used, wordedResource } from "./a-resource-subject.ts";
import { aFunction, dayAgo } from "./a-subject.ts";

const rules: readonly [string, string][] = [
  ["dynamodb/unused-table", "AWS::DynamoDB::Table"],
  ["sqs/unused-queue", "AWS::SQS::Queue"],
  ["sns/unused-topic", "AWS::SNS::Topic"],
  ["apigateway/unused-api", "AWS::ApiGateway::RestApi"],
  ["apigateway/unused-api", "AWS::ApiGatewayV2::Api"],
  ["states/unused-state-machine", "AWS::StepFunctions::StateMachine"],
  ["kinesis/unused-stream", "AWS::Kinesis::Stream"],
  ["secrets/unused-secret", "AWS::SecretsManager::Secret"],
  ["appsync/unused-api", "AWS::AppSync::GraphQLApi"],
  ["firehose/unused-stream", "AWS::KinesisFirehose::DeliveryStream"],
];
const fn = aFunction();
const yearly = aFunction({ triggers: [{ kind: "schedule", arn: "s", enabled: true, periodDays: 366 }] });
const clear = { answer: "clear" };

describe.each(rules)("%s (%s)", (id, type) => {
  test("fires at 90 quiet days, of resources older than that", () => {
    expect(judgeResource(id, aResource(type, { lastUsed: used(89) }))).toEqual(clear);
    expect(judgeResource(id, aResource(type, { lastUsed: used(90) }))).toMatchObject({
      answer: "hit",
      severity: "LOW",
      materialKey: "used",
    });
    expect(judgeResource(id, aResource(type, { createdAt: dayAgo(89), lastUsed: used(200) }))).toEqual(clear);
    const never = { state: "none-seen", quietDays: 400, source: "metrics", lookbackDays: 455 } as const;
    expect(judgeResource(id, aResource(type, { lastUsed: never }))).toMatchObject({ answer: "hit", materialKey: "none-seen" });
  });

  test("cannot tell without a last use", () => {
    const unknown = { state: "unknown", source: "metrics", lookbackDays: 0, why: "refused" } as const;
    expect(judgeResource(id, aResource(type, { lastUsed: unknown }))).toEqual({ answer: "unknown", why: "refused" });
    const { lastUsed, ...without } = aResource(type);
    expect(judgeResource(id, without).answer).toBe("unknown");
  });

  test("waits for what a rare schedule starts, and says the stack first", () => {
    const feeds = { incoming: [{ from: yearly.arn, kind: "may-write" as const }], functions: [yearly] };
    expect(judgeResource(id, aResource(type), feeds)).toEqual(clear);
    const tags = { "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": "Orders" };
    const { title, remediation } = wordedResource(id, aResource(type, { tags, details: { apiId: "a1" } }));
    expect(remediation.text).toMatch(/^It belongs to stack shop, resource Orders: remove it/);
    expect(remediation.commands.length).toBeGreaterThan(1);
    expect(title).toContain("200 days ago");
  });
});

const measured = rules.filter(([id]) => id !== "secrets/unused-secret");
test.each(measured)("%s (%s) cannot tell where its metrics were not read", (id, type) => {
  const { lastUsed, ...unread } = aResource(type);
  expect(judgeResource(id, unread).answer).toBe("unknown");
});

test("what a rare schedule starts or sends to waits twice as long as the schedule", () => {
  const schedule = (expression: string) =>
    aResource("AWS::Scheduler::Schedule", {
      arn: "arn:aws:scheduler:eu-west-1:111122223333:schedule/default/yearly",
      details: { schedule: expression },
    });
  const from = (expression: string, enabled = true) => ({
    incoming: [{ from: schedule(expression).arn, kind: "publishes-to" as const, enabled }],
    resources: [schedule(expression)],
  });
  const queue = aResource("AWS::SQS::Queue");
  expect(judgeResource("sqs/unused-queue", queue, from("cron(0 6 2 1 ? *)"))).toEqual(clear);
  expect(judgeResource("sqs/unused-queue", queue, from("at(2030-01-01T00:00:00)"))).toEqual(clear);
  expect(judgeResource("sqs/unused-queue", queue, from("rate(1 day)")).answer).toBe("hit");
  expect(judgeResource("sqs/unused-queue", queue, from("cron(0 6 2 1 ? *)", false)).answer).toBe("hit");
});

describe("what is quiet by design", () => {
  test("dead-letter queues, and queues that an active or paused function polls", () => {
    const queue = aResource("AWS::SQS::Queue");
    expect(judgeResource("sqs/unused-queue", queue, { incoming: [{ kind: "dead-letters-to" }] })).toEqual(clear);
    const feeds = (enabled: boolean) => ({ outgoing: [{ to: fn.arn, kind: "feeds" as const, enabled }], functions: [fn] });
    expect(judgeResource("sqs/unused-queue", queue, feeds(true))).toEqual(clear);
    // its only consumer was switched off on purpose
    expect(judgeResource("sqs/unused-queue", queue, feeds(false))).toEqual(clear);
    expect(judgeResource("sqs/unused-queue", queue).answer).toBe("hit");
  });

  test("a queue cannot be told while nobody knows when the function that polls it ran, unless another that does so is active", () => {
    const untold = aFunction({ name: "untold", arn: `${fn.arn}-2`, lastInvocation: { state: "unknown", source: "none", lookbackDays: 0 } });
    const feeds = (...functions: readonly (typeof fn)[]) => ({
      outgoing: functions.map(({ arn }) => ({ to: arn, kind: "feeds" as const, enabled: true })),
      functions,
    });
    const judged = (...functions: readonly (typeof fn)[]) =>
      judgeResource("sqs/unused-queue", aResource("AWS::SQS::Queue"), feeds(...functions));
    expect(judged(untold)).toEqual({ answer: "unknown", why: "when untold, which it starts, ran last could not be told" });
    expect(judged(untold, fn)).toEqual(clear);
  });

  test("topics of alarms and AWS services, not those of buckets", () => {
    const topic = aResource("AWS::SNS::Topic");
    const from = (source: string) => judgeResource("sns/unused-topic", topic, { incoming: [{ from: source, kind: "notifies" }] }).answer;
    expect(from("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:late")).toBe("clear");
    const budgets = aResource("AWS::SNS::Topic", { details: { publishers: ["budgets.amazonaws.com"] } });
    expect(judgeResource("sns/unused-topic", budgets)).toEqual(clear);
    expect(from("arn:aws:s3:::photos")).toBe("hit");
  });

  test("state machines of an enabled schedule, replicas, and secrets that a service keeps", () => {
    const machine = aResource("AWS::StepFunctions::StateMachine");
    const started = (enabled: boolean) => ({ incoming: [{ from: "arn:aws:events:eu-west-1:111122223333:rule/yearly", enabled }] });
    expect(judgeResource("states/unused-state-machine", machine, started(true))).toEqual(clear);
    expect(judgeResource("states/unused-state-machine", machine, started(false)).answer).toBe("hit");
    const replica = aResource("AWS::DynamoDB::Table", { details: { replicaRegions: ["us-east-1"] } });
    expect(judgeResource("dynamodb/unused-table", replica)).toEqual(clear);
    const unread = aResource("AWS::DynamoDB::Table", { details: { unread: ["indexes"] } });
    expect(judgeResource("dynamodb/unused-table", unread).answer).toBe("unknown");
    for (const name of ["owningService", "deletedAt", "replicaOf"]) {
      const kept = aResource("AWS::SecretsManager::Secret", { details: { [name]: "set" } });
      expect(judgeResource("secrets/unused-secret", kept)).toEqual(clear);
    }
  });
});

test.each([
  ["dynamodb/unused-table", "AWS::DynamoDB::Table", ["functions", "eventSourceMappings"]],
  ["firehose/unused-stream", "AWS::KinesisFirehose::DeliveryStream", ["functions"]],
  ["kinesis/unused-stream", "AWS::Kinesis::Stream", ["functions", "eventSourceMappings"]],
  ["sns/unused-topic", "AWS::SNS::Topic", ["functions"]],
  ["sqs/unused-queue", "AWS::SQS::Queue", ["functions", "eventSourceMappings"]],
  ["states/unused-state-machine", "AWS::StepFunctions::StateMachine", ["functions"]],
] as const)(
  "%s cannot tell where a function next to the resource, whose rare schedule explains the silence, may be unread",
  (id, type, needs) => {
    expect(judgeResource(id, aResource(type), {}).answer).not.toBe("unknown");
    for (const need of needs) expect(judgeResource(id, aResource(type), { unread: [need] }).answer).toBe("unknown");
  },
);
