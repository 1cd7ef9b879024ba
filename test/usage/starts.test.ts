import { describe, expect, test } from "vitest";
import { awaitedBy } from "../../shared/describe/event-pattern.ts";
import type { Relation, Resource } from "../../shared/model/graph.ts";
import { startsIn } from "../../shared/usage/starts.ts";

const now = new Date("2026-11-24T09:30:00Z");
const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const fn = (name: string) => at("lambda", `function:${name}`);
const hop = (from: string, kind: Relation["kind"], to: string, more: Partial<Relation> = {}): Relation => ({
  from,
  to,
  kind,
  auth: "service",
  enabled: true,
  evidence: "test",
  ...more,
});
const listed = (arn: string, type: string, details: Resource["details"] = {}): Resource => ({
  arn,
  type,
  name: arn.split(/[:/]/).at(-1) ?? arn,
  region: "eu-west-1",
  details,
});
const rule = (name: string, details: Resource["details"]) =>
  listed(at("events", `rule/${name}`), "AWS::Events::Rule", { enabled: true, ...details });

function triggersOf(arn: string, relations: readonly Relation[], resources: readonly Resource[] = []) {
  const graph = {
    resources: new Map(resources.map((one) => [one.arn, one])),
    into: (to: string) => relations.filter((one) => one.to === to),
    outOf: (from: string) => relations.filter((one) => one.from === from),
  };
  return startsIn(graph, now)(arn).starts.map(({ trigger }) => trigger);
}

describe("what may start a function", () => {
  test("an alarm behind a topic behind a queue is rare, and said with the way it takes", () => {
    const [topic, queue] = [at("sns", "alarms"), at("sqs", "work")];
    const found = triggersOf(fn("notify"), [
      hop(at("cloudwatch", "alarm:disk"), "notifies", topic),
      hop(topic, "subscribes", queue),
      hop(queue, "feeds", fn("notify"), { evidence: "lambda:ListEventSourceMappings, 0f" }),
    ]);
    expect(found).toEqual([
      { kind: "event-source-mapping", arn: queue, enabled: true, pace: "rare", why: "action of alarm disk, through work" },
    ]);
  });

  test("a yearly rule behind a state machine gives its wait; switched off, it gives none", () => {
    const machine = at("states", "stateMachine:close");
    const yearly = rule("yearly", { schedule: "cron(0 6 2 1 ? *)" });
    const ways = (enabled: boolean) => [hop(yearly.arn, "invokes", machine, { enabled }), hop(machine, "invokes", fn("close"))];
    expect(triggersOf(fn("close"), ways(true), [yearly])).toMatchObject([{ kind: "state-machine", pace: "scheduled", periodDays: 366 }]);
    const [off] = triggersOf(fn("close"), ways(false), [yearly]);
    expect(off).toMatchObject({ kind: "state-machine", enabled: true, pace: "routine" });
    expect(off?.periodDays).toBeUndefined();
  });

  test("circles end, and a function's own failures start it by no other way", () => {
    const found = triggersOf(fn("a"), [
      hop(fn("b"), "invokes", fn("a")),
      hop(fn("a"), "invokes", fn("b")),
      hop(fn("a"), "invokes", fn("a")),
    ]);
    expect(found).toMatchObject([{ kind: "function", arn: fn("b"), pace: "routine" }]);
  });

  test("who only shows in the policy is named, and a permission of what is listed elsewhere is no trigger", () => {
    const policy = { evidence: "lambda:GetPolicy, statement s" };
    const found = triggersOf(fn("check"), [
      hop("service:config.amazonaws.com", "invokes", fn("check"), policy),
      hop("service:sns.amazonaws.com", "invokes", fn("check"), policy),
      hop(at("events", "rule/gone"), "invokes", fn("check"), policy),
      hop("account:444455556666", "invokes", fn("check"), policy),
    ]);
    expect(found.map(({ arn, pace }) => [arn, pace])).toEqual([
      ["service:config.amazonaws.com", "unknown"],
      ["account:444455556666", "unknown"],
    ]);
  });

  test("IoT Core may call as an authorizer or a provisioning hook, which are not listed; where a rule of it is there, that is who calls", () => {
    const permission = (from: string) => hop(from, "invokes", fn("check"), { evidence: "lambda:GetPolicy, statement Iot" });
    const authorizer = at("iot", "authorizer/devices");
    expect(triggersOf(fn("check"), [permission(authorizer)])).toMatchObject([{ kind: "authorizer", arn: authorizer, pace: "unknown" }]);
    expect(triggersOf(fn("check"), [permission("service:iot.amazonaws.com")])).toMatchObject([{ kind: "service", pace: "unknown" }]);
    const ofRule = hop(at("iot", "rule/ingest"), "invokes", fn("check"));
    expect(triggersOf(fn("check"), [permission("service:iot.amazonaws.com"), ofRule]).map(({ kind }) => kind)).toEqual(["iot-rule"]);
    // a rule that would be listed if it were there starts nothing
    expect(triggersOf(fn("check"), [permission(at("iot", "rule/gone"))])).toEqual([]);
  });

  test("a schedule that is over starts nothing, one that begins later is still to come", () => {
    const schedule = (details: Resource["details"]) =>
      listed(at("scheduler", "schedule/default/s"), "AWS::Scheduler::Schedule", { enabled: true, ...details });
    const of = (details: Resource["details"]) =>
      triggersOf(fn("f"), [hop(at("scheduler", "schedule/default/s"), "invokes", fn("f"))], [schedule(details)]);
    expect(of({ schedule: "rate(1 day)", endsAt: "2026-01-01T00:00:00Z" })).toMatchObject([{ enabled: false, pace: "ended" }]);
    expect(of({ schedule: "rate(1 day)", startsAt: "2027-01-01T00:00:00Z" })).toMatchObject([{ enabled: true, pace: "once" }]);
  });
});

describe("what a pattern waits for", () => {
  test.each([
    ["rare", { source: ["aws.guardduty"] }],
    ["rare", { source: [{ prefix: "aws.health" }] }],
    ["rare", { "detail-type": ["GuardDuty Finding"] }],
    ["rare", { source: ["aws.states"], detail: { status: ["FAILED"] } }],
    ["routine", { source: ["aws.s3"], "detail-type": ["Object Created"] }],
    ["unknown", { source: ["aws.states"] }],
    ["unknown", { source: ["shop.orders"] }],
    ["unknown", {}],
  ])("%s: %j", (pace, pattern) => {
    expect(awaitedBy(JSON.stringify(pattern)).pace).toBe(pace);
  });

  test("what cannot be read waits for nobody knows what", () => {
    for (const text of ["", "{", "[]", "x".repeat(9000)]) expect(awaitedBy(text).pace).toBe("unknown");
  });
});
