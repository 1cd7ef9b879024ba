import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { messagesNotPublished, metricNamespace } from "../../functions/report.ts";
import { resources, template } from "./synthesized.ts";

const stack = template();
const alarms = resources(stack, "AWS::CloudWatch::Alarm").map(([, { Properties }]) => Properties);
const functionName = { Ref: resources(stack, "AWS::Lambda::Function")[0]?.[0] };
const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase().replaceAll(" ", "-"));

function alarmOn(metric: string) {
  return alarms.find(({ MetricName }) => MetricName === metric);
}

/** Hours without a completed scan after which somebody is told. */
function deadManHours(schedule: string): number {
  const [, alarm] = resources(template({ schedule }), "AWS::CloudWatch::Alarm").find(([id]) => id.includes("NoScanCompleted")) ?? [];
  return (alarm?.Properties.EvaluationPeriods * alarm?.Properties.Period) / 3600;
}

describe("the dead-man alarm", () => {
  it("goes off when no scan succeeded, and when nothing is heard at all", () => {
    expect(alarmOn("DurableExecutionSucceeded")).toMatchObject({
      Namespace: "AWS/Lambda",
      Dimensions: [{ Name: "FunctionName", Value: functionName }],
      Statistic: "Sum",
      Threshold: 1,
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
      EvaluationPeriods: 30,
      Period: 3600,
    });
    expect(alarmOn("DurableExecutionSucceeded").OKActions).toHaveLength(1);
  });

  it.each([
    ["rate(1 hour)", 7],
    ["rate(12 hours)", 18],
    ["rate(1 day)", 30],
    ["cron(0 6 ? * MON-FRI *)", 78],
    ["rate(6 days)", 150],
  ])("waits as long as %s may leave between two scans, and six hours", (schedule, hours) => {
    expect(deadManHours(schedule)).toBe(hours);
    expect(hours).toBeLessThanOrEqual(7 * 24);
  });
});

describe("the other alarms", () => {
  it.each([
    ["DurableExecutionFailed", "AWS/Lambda"],
    ["DurableExecutionTimedOut", "AWS/Lambda"],
    ["Errors", "AWS/Lambda"],
    ["ApproximateNumberOfMessagesVisible", "AWS/SQS"],
    ["NumberOfNotificationsFailed", "AWS/SNS"],
    [messagesNotPublished, metricNamespace],
  ])("watch %s, and are quiet where nothing is heard", (metric, namespace) => {
    expect(alarmOn(metric)).toMatchObject({ Namespace: namespace, TreatMissingData: "notBreaching" });
    expect(alarmOn(metric).Dimensions).toHaveLength(1);
  });

  it("are nine in all", () => {
    expect(alarms).toHaveLength(9);
  });
});

it("every alarm goes to the operations topic and says what to do, with a heading of the runbook", () => {
  const operations = { Ref: stack.toJSON().Outputs.OperationsTopicArn.Value.Ref };
  for (const { AlarmActions, AlarmDescription } of alarms) {
    expect(AlarmActions).toEqual([operations]);
    expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    const [, anchor] = /docs\/runbook\.md#([a-z-]+)$/.exec(AlarmDescription) ?? [];
    expect(anchors).toContain(anchor);
  }
});
