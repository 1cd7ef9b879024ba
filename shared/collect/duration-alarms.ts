/**
 * Metric alarms on the Duration of a function. DescribeAlarms cannot be asked for a metric, only for all alarms, a hundred a call:
 * with 10,000 functions and four alarms each that is 400 calls, as many as the rest of a scan. So up to a thousand alarms are read in
 * every scan (10 calls), more of them once a week, and in between only those whose names begin like ours, which are what changes.
 * DescribeAlarmsForMetric would answer for one metric, but takes a call per function and leaves computed alarms out.
 */
import { DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { alarmPrefix } from "../alarms/alarm-shape.ts";
import type { Clients } from "../aws/clients.ts";
import { pages } from "../aws/paginate.ts";
import type { Part } from "../model/coverage.ts";
import { dayMs } from "../model/day.ts";
import { cleanText } from "../model/plain-text.ts";
import type { DurationAlarm } from "../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "./collector.ts";

export const durationAlarmsCollector: CollectorMeta = {
  name: "durationAlarms",
  readerVersion: 1,
  actions: ["cloudwatch:DescribeAlarms"],
  reads: "alarms on the run time of a function: metric, threshold, whether they reach anybody",
};

const sweepEveryDays = 7;
const alwaysSweepUpTo = 1000;

interface Sweep {
  readonly alarms: readonly DurationAlarm[];
  /** Alarms of any kind: what reading them again takes. */
  readonly total: number;
}

export function collectDurationAlarms(context: CollectContext): Promise<Part<DurationAlarm>> {
  const { rotation, now, clients, region } = context;
  return collectPart("durationAlarms", region, async (sink) => {
    const before = rotation.remembered<Sweep>("durationAlarms", "sweep");
    const isDue =
      before === undefined || before.value.total <= alwaysSweepUpTo || now.getTime() - Date.parse(before.readAt) >= sweepEveryDays * dayMs;
    try {
      const sweep = isDue
        ? await readDurationAlarms(clients, region)
        : withOurs(before.value, await readDurationAlarms(clients, region, alarmPrefix));
      sink.push(...sweep.alarms);
      rotation.remember("durationAlarms", "sweep", sweep, isDue ? now.toISOString() : before.readAt);
    } catch (error) {
      sink.miss(error);
      sink.push(...(before?.value.alarms ?? []));
      if (before) rotation.remember("durationAlarms", "sweep", before.value, before.readAt);
    }
  });
}

function withOurs({ alarms, total }: Sweep, ours: Sweep): Sweep {
  return { alarms: [...alarms.filter(({ name }) => !name.startsWith(alarmPrefix)), ...ours.alarms], total };
}

/** Alarms on Duration in a Region, optionally only those whose names begin like this. @throws what CloudWatch answers */
export async function readDurationAlarms(clients: Clients, region: string, prefix?: string): Promise<Sweep> {
  const alarms: DurationAlarm[] = [];
  let total = 0;
  const list = pages(
    (NextToken) =>
      clients.cloudwatch(region).send(
        new DescribeAlarmsCommand({
          AlarmTypes: ["MetricAlarm"],
          MaxRecords: 100,
          ...(prefix ? { AlarmNamePrefix: prefix } : {}),
          ...(NextToken ? { NextToken } : {}),
        }),
      ),
    (page) => page.NextToken,
  );
  for await (const { MetricAlarms = [] } of list) {
    total += MetricAlarms.length;
    for (const alarm of MetricAlarms) alarms.push(...toDurationAlarms(alarm, region));
  }
  return { alarms, total };
}

interface WatchedMetric {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?: readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

/** One row per function whose Duration the alarm looks at; none for other alarms. */
function toDurationAlarms(alarm: MetricAlarm, region: string): DurationAlarm[] {
  const computed = (alarm.Metrics ?? []).length > 0;
  const metrics: WatchedMetric[] = computed ? (alarm.Metrics ?? []).flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) : [alarm];
  const rows = metrics.flatMap(({ Namespace, MetricName, Dimensions = [] }): DurationAlarm[] => {
    const dimension = (name: string) => Dimensions.find(({ Name }) => Name === name)?.Value;
    const functionName = dimension("FunctionName");
    if (Namespace !== "AWS/Lambda" || MetricName !== "Duration" || functionName === undefined) return [];
    const qualifier = dimension("Resource");
    const described = describedBy(alarm, region);
    return [{ ...described, functionName, ...(qualifier && qualifier !== functionName ? { qualifier } : {}), computed }];
  });
  return [...new Map(rows.map((row) => [`${row.functionName}|${row.qualifier ?? ""}`, row])).values()];
}

function describedBy(alarm: MetricAlarm, region: string): Omit<DurationAlarm, "functionName" | "qualifier" | "computed"> {
  const changed = [alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp, alarm.AlarmConfigurationUpdatedTimestamp];
  const latest = Math.max(...changed.flatMap((at) => (at instanceof Date ? [at.getTime()] : [])));
  return {
    arn: alarm.AlarmArn ?? "",
    name: cleanText(alarm.AlarmName ?? "", 255),
    region,
    statistic: alarm.ExtendedStatistic ?? alarm.Statistic ?? "",
    comparison: alarm.ComparisonOperator ?? "",
    thresholdMs: alarm.Threshold ?? 0,
    periodSeconds: alarm.Period ?? 60,
    evaluationPeriods: alarm.EvaluationPeriods ?? 1,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods ?? 1,
    treatMissing: alarm.TreatMissingData ?? "missing",
    actionsEnabled: alarm.ActionsEnabled ?? true,
    actions: alarm.AlarmActions ?? [],
    state: alarm.StateValue ?? "",
    ...(Number.isFinite(latest) ? { changedAt: new Date(latest).toISOString() } : {}),
  };
}
