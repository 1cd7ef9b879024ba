/** Topics that alarms write to: they are quiet as long as all is well. */
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { pages } from "../aws/paginate.ts";
import type { GraphRow } from "../model/graph.ts";
import type { CollectContext } from "./collector.ts";

/** Rows of alarms with an action on a topic of `region`. */
export async function readAlarmTopics({ clients, region, partition, account }: CollectContext): Promise<GraphRow[]> {
  const rows: GraphRow[] = [];
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
      const evidence = `cloudwatch:DescribeAlarms, ${AlarmName}`;
      const enabled = alarm.ActionsEnabled !== false;
      rows.push({ relations: [...topics].map((to) => ({ from: AlarmArn, to, kind: "notifies", auth: "service", enabled, evidence })) });
    }
  }
  return rows;
}
