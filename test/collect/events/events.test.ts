import { describe, expect, test } from "vitest";
import { eventBusesCollector } from "../../../shared/collect/events/event-buses.ts";
import { pipesCollector } from "../../../shared/collect/pipes/pipes.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, collectFrom } from "../a-service.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const fn = at("lambda", "function:orders");
const refuse =
  (code = "AccessDeniedException") =>
  () => {
    throw awsError(code);
  };

describe("event buses", () => {
  const bus = (name: string) => ({ Name: name, Arn: at("events", `event-bus/${name}`) });
  const answers: Answers = {
    "events:ListEventBuses": ({ NextToken }) =>
      NextToken ? { EventBuses: [bus("shop")] } : { EventBuses: [bus("default")], NextToken: "2" },
    "events:ListRules": ({ EventBusName }) => ({
      Rules: EventBusName
        ? [{ Name: "paid", Arn: at("events", "rule/shop/paid"), State: "ENABLED", EventPattern: "{}" }]
        : [{ Name: "nightly", Arn: at("events", "rule/nightly"), State: "DISABLED", ScheduleExpression: "rate(1 day)" }],
    }),
    "events:ListTargetsByRule": ({ Rule }) => ({
      Targets: [
        { Id: "1", Arn: `${fn}:live`, Input: '{"password":"hunter2"}', DeadLetterConfig: { Arn: at("sqs", "failed") } },
        ...(Rule === "paid" ? [{ Id: "2", Arn: at("states", "stateMachine:ship") }] : []),
      ],
    }),
  };

  test("lead over their rules to targets and dead letters, without what is sent", async () => {
    const { rows, items, coverage } = await collectFrom(eventBusesCollector, answers);
    expect(coverage).toMatchObject({ status: "complete", resources: 4 });
    expect(rows.get(at("events", "rule/shop/paid"))?.relations.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      `feeds ${at("events", "rule/shop/paid")}`,
      `invokes ${fn}`,
      `dead-letters-to ${at("sqs", "failed")}`,
      `invokes ${at("states", "stateMachine:ship")}`,
    ]);
    expect(rows.get(at("events", "rule/nightly"))?.relations.map(({ kind, enabled }) => `${kind} ${enabled}`)).toEqual([
      "invokes false",
      "dead-letters-to false",
    ]);
    expect(JSON.stringify(items)).not.toContain("hunter2");
  });

  test("deleted or refused while their rules are listed hide no other bus", async () => {
    const one: Answers = {
      ...answers,
      "events:ListRules": (input) => (input.EventBusName ? refuse()() : (answers["events:ListRules"]?.(input) ?? {})),
    };
    const { rows, coverage } = await collectFrom(eventBusesCollector, one);
    expect(coverage).toMatchObject({ status: "partial", operation: "events:ListRules" });
    expect([...rows.keys()]).toContain(at("events", "rule/nightly"));
  });

  test("of an account that may not list them: rules of the default bus are read all the same, and the gap is said", async () => {
    const { rows, coverage } = await collectFrom(eventBusesCollector, { ...answers, "events:ListEventBuses": refuse() });
    expect(coverage).toMatchObject({ status: "partial", operation: "events:ListEventBuses" });
    expect(rows.get(at("events", "rule/nightly"))?.resource?.details?.schedule).toBe("rate(1 day)");
  });

  test("keep of an input only that it warms", async () => {
    const warming = {
      ...answers,
      "events:ListTargetsByRule": () => ({ Targets: [{ Id: "1", Arn: fn, Input: '{"warmer":true,"key":"hunter2"}' }] }),
    };
    const { rows, items } = await collectFrom(eventBusesCollector, warming);
    expect(rows.get(at("events", "rule/nightly"))?.resource?.details?.warms).toEqual([fn]);
    expect(JSON.stringify(items)).not.toContain("hunter2");
  });
});

test("pipes lead from source over enrichment to target, and carry nothing while stopped", async () => {
  const pipe = (Name: string, more: object) => ({
    Name,
    Arn: at("pipes", `pipe/${Name}`),
    CurrentState: "RUNNING",
    Source: at("sqs", "orders"),
    Target: fn,
    ...more,
  });
  const { rows } = await collectFrom(pipesCollector, {
    "pipes:ListPipes": ({ NextToken }) =>
      NextToken
        ? {
            Pipes: [
              pipe("kafka", {
                Source: "smk://z.example.com:9092,b.example.com:9092",
                Target: at("events", "event-bus/shop"),
                CurrentState: "STOPPED",
              }),
            ],
          }
        : { Pipes: [pipe("orders", { Enrichment: `${fn}:live` })], NextToken: "2" },
  });
  const edges = (name: string) =>
    rows.get(at("pipes", `pipe/${name}`))?.relations.map(({ from, kind, to, enabled }) => [from, kind, to, enabled]);
  expect(edges("orders")).toEqual([
    [at("sqs", "orders"), "feeds", at("pipes", "pipe/orders"), true],
    [at("pipes", "pipe/orders"), "invokes", fn, true],
    [at("pipes", "pipe/orders"), "invokes", fn, true],
  ]);
  expect(edges("kafka")).toEqual([
    ["kafka://b.example.com:9092", "feeds", at("pipes", "pipe/kafka"), false],
    [at("pipes", "pipe/kafka"), "publishes-to", at("events", "event-bus/shop"), false],
  ]);
});
