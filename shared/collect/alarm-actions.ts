/** Alarms that start a function. Only alarms with such an action are listed. */
import { type CompositeAlarm, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { pages } from "../aws/paginate.ts";
import type { Part } from "../model/coverage.ts";
import { functionArnOf } from "../model/resource.ts";
import type { AlarmAction } from "../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "./collector.ts";

export const alarmActionsCollector: CollectorMeta = {
  name: "alarmActions",
  readerVersion: 1,
  actions: ["cloudwatch:DescribeAlarms"],
  reads: "alarms whose action is a function: such a function is quiet by design",
};

export function collectAlarmActions({ clients, region, partition }: CollectContext): Promise<Part<AlarmAction>> {
  return collectPart("alarmActions", region, async (sink) => {
    const list = pages(
      (NextToken) =>
        clients.cloudwatch(region).send(
          new DescribeAlarmsCommand({
            ActionPrefix: `arn:${partition}:lambda:`,
            AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
            MaxRecords: 100,
            ...(NextToken ? { NextToken } : {}),
          }),
        ),
      (page) => page.NextToken,
    );
    for await (const page of list) {
      for (const alarm of [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])]) sink.push(...actionsOf(alarm));
    }
  });
}

function actionsOf(alarm: MetricAlarm | CompositeAlarm): AlarmAction[] {
  const actions = [...(alarm.AlarmActions ?? []), ...(alarm.OKActions ?? []), ...(alarm.InsufficientDataActions ?? [])];
  const functions = new Set(actions.flatMap((arn) => functionArnOf(arn) ?? []));
  return [...functions].map((functionArn) => ({ alarmArn: alarm.AlarmArn ?? "", alarmName: alarm.AlarmName ?? "", functionArn }));
}
