/** Topics that alarms write to: they are quiet as long as all is well. */
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { pages } from "../aws/paginate.ts";
import type { AlarmTopics } from "../graph/services/resource-usage.ts";
import type { CollectContext } from "./collector.ts";

/** Alarms with an action on a topic of `region`. */
export async function readAlarmTopics({ clients, region, partition, account }: CollectContext): Promise<AlarmTopics[]> {
  const alarms: AlarmTopics[] = [];
  const ActionPrefix = `arn:${partition}:sns:${region}:${account}:`;
  const list = pages(
    (NextToken) =>
      clients.cloudwatch(region).send(
        new DescribeAlarmsCommand({
          ActionPrefix,
          AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
          MaxRecords: 100,
          ...(NextToken ? { NextToken } : {}),
        }),
      ),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const alarm of [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])]) {
      const { AlarmArn, AlarmName = "", AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = alarm;
      if (!AlarmArn) continue;
      const topics = new Set([...AlarmActions, ...OKActions, ...InsufficientDataActions].filter((arn) => arn.startsWith(ActionPrefix)));
      alarms.push({ arn: AlarmArn, name: AlarmName, enabled: alarm.ActionsEnabled !== false, topics: [...topics] });
    }
  }
  return alarms;
}
