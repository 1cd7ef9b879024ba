import { describe, expect, test } from "vitest";
import { type Composite, compositesAbove, hearsAlarm } from "../../shared/alarms/alarm-reach.ts";

const alarm = { name: "orders slow", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders slow" };
const composite = (name: string, rule: string, hasAction = true): Composite => ({
  name,
  arn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`,
  rule,
  hasAction,
});

describe("a composite alarm", () => {
  test.each([
    'ALARM("orders slow")',
    'OK(other) OR alarm( "orders slow" )',
    "ALARM('orders slow') AND ALARM(x)",
    `(ALARM("${alarm.arn}"))`,
  ])("that contains the alarm passes it on: %s", (rule) => {
    expect(compositesAbove(alarm, [composite("above", rule)])).toEqual(["above"]);
  });

  test.each(['OK("orders slow")', 'NOT ALARM("orders slow")', 'NOT (ALARM("orders slow"))', 'ALARM("orders slower")', "FALSE", "ALARM("])(
    "that does not go off with it does not: %s",
    (rule) => {
      expect(compositesAbove(alarm, [composite("above", rule)])).toEqual([]);
    },
  );

  test("without an action may lie in one that has one, and a circle ends", () => {
    const inner = composite("inner", 'ALARM("orders slow") OR ALARM(outer)', false);
    expect(compositesAbove(alarm, [inner])).toEqual([]);
    expect(compositesAbove(alarm, [inner, composite("outer", "ALARM(inner)")])).toEqual(["outer"]);
  });
});

describe("a rule on the events of alarms", () => {
  const hears = (pattern: unknown) => hearsAlarm({ name: "r", pattern: JSON.stringify(pattern) }, alarm);
  const type = { "detail-type": ["CloudWatch Alarm State Change"] };

  test.each([
    { source: ["aws.cloudwatch"] },
    { source: ["aws.cloudwatch"], ...type },
    { source: [{ prefix: "aws." }] },
    { ...type, resources: [alarm.arn] },
    { ...type, resources: [{ wildcard: "arn:aws:cloudwatch:*:alarm:orders*" }] },
    { ...type, detail: { alarmName: ["orders slow", "other"] } },
    { ...type, detail: { alarmName: [{ prefix: "orders" }], state: { value: ["ALARM"] } } },
    { ...type, detail: { alarmName: [{ "anything-but": ["other"] }] } },
    { ...type, detail: { alarmName: [{ "equals-ignore-case": "Orders SLOW" }] } },
    { ...type, detail: { $or: [{ alarmName: ["other"] }, { state: { value: ["ALARM"] } }] } },
    // what the event says there we do not know
    { ...type, detail: { configuration: { description: ["page me"] } } },
  ])("hears it: %j", (pattern) => {
    expect(hears(pattern)).toBe(true);
  });

  test.each([
    { source: ["aws.ec2"] },
    { "detail-type": ["CloudWatch Alarm Configuration Change"] },
    { ...type, detail: { alarmName: ["other"] } },
    { ...type, detail: { alarmName: [{ prefix: "payments" }] } },
    { ...type, detail: { state: { value: ["OK", "INSUFFICIENT_DATA"] } } },
    { ...type, resources: [{ wildcard: "*:alarm:pay*" }] },
    { ...type, detail: { alarmName: [{ "anything-but": { prefix: "orders" } }] } },
    { detail: { alarmName: ["orders slow"], kind: ["mine"] } },
    [],
    "text",
  ])("does not: %j", (pattern) => {
    expect(hears(pattern)).toBe(false);
  });

  test("that is no JSON hears nothing", () => {
    expect(hearsAlarm({ name: "r", pattern: "{" }, alarm)).toBe(false);
  });
});
