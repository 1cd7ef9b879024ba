/** Alarms that start a function or write to a topic: what hangs on them is quiet while all is well. Only alarms with such an action are listed. */
import { type CompositeAlarm, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { pages } from "../../aws/paginate.ts";
import type { AlarmAnswer } from "../../describe/services/alarms.ts";
import { cleanText } from "../../model/plain-text.ts";
import { collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector, ServiceContext } from "../contract/service-collector.ts";
import { readTopics } from "../sns/topic-reads.ts";

export const alarmsCollector: ServiceCollector<"alarms"> = {
  name: "alarms",
  scope: "region",
  readerVersion: 1,
  actions: ["cloudwatch:DescribeAlarms", "sns:ListTopics"],
  reads: "alarms, metric and composite, whose action is a function or a topic: what they set off is quiet while all is well",
  collect(context) {
    const { partition, functions, region } = context;
    return collectPart<AlarmAnswer>("alarms", region, async (sink) => {
      if (functions.length > 0) await readActions(context, `arn:${partition}:lambda:`, sink);
      if (await mayHaveTopics(context)) await readActions(context, `arn:${partition}:sns:`, sink);
    });
  },
};

/** Where topics could not be listed, alarms are asked all the same. The refusal is a row of the topics. */
async function mayHaveTopics(context: ServiceContext): Promise<boolean> {
  try {
    return (await readTopics(context)).length > 0;
  } catch {
    return true;
  }
}

async function readActions({ clients, region }: ServiceContext, ActionPrefix: string, sink: Sink<AlarmAnswer>): Promise<void> {
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
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of list) {
    for (const alarm of [...MetricAlarms, ...CompositeAlarms]) sink.push(...answerOf(alarm, ActionPrefix));
  }
}

function answerOf(alarm: MetricAlarm | CompositeAlarm, ActionPrefix: string): AlarmAnswer[] {
  const { AlarmArn, AlarmName = "", ActionsEnabled, AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = alarm;
  const actions = [...AlarmActions, ...OKActions, ...InsufficientDataActions].filter((arn) => arn.startsWith(ActionPrefix));
  if (!AlarmArn || actions.length === 0) return [];
  return [{ arn: AlarmArn, name: cleanText(AlarmName, 255), enabled: ActionsEnabled !== false, actions: [...new Set(actions)] }];
}
