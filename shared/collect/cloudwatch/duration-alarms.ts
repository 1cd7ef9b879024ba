/**
 * Alarms on the Duration of functions, and who hears them. DescribeAlarms cannot be asked for a metric, only for all alarms, a hundred a call:
 * with 10,000 functions and four alarms each that is 400 calls, as many as the rest of a scan. So up to a thousand alarms are read in
 * every scan (10 calls), more of them once a week, and in between only those whose names begin like ours, which are what changes.
 * DescribeAlarmsForMetric would answer for one metric, but takes a call per function and leaves computed alarms out.
 */
import { type CompositeAlarm, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { type Composite, compositesAbove, hearsAlarm } from "../../alarms/alarm-reach.ts";
import { alarmPrefix } from "../../alarms/alarm-shape.ts";
import { fleetQueryOf } from "../../alarms/metrics-insights.ts";
import type { Clients } from "../../aws/clients.ts";
import { pages } from "../../aws/paginate.ts";
import type { Part } from "../../model/coverage.ts";
import { dayMs } from "../../model/day.ts";
import { type DurationAlarm, everyFunction } from "../../model/duration-alarm.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "../contract/collector.ts";
import { defaultBus, rulesOf, targetsOf } from "../events/event-rule-reads.ts";

export const durationAlarmsCollector: CollectorMeta = {
  name: "durationAlarms",
  readerVersion: 1,
  actions: ["cloudwatch:DescribeAlarms", "events:ListRules", "events:ListTargetsByRule"],
  reads:
    "alarms on the run time of functions: metric, threshold, whether they reach anybody, by composite alarms and rules on their events, too",
};

const sweepEveryDays = 7;
const alwaysSweepUpTo = 1000;
/** Longest AlarmRule that AWS takes, characters (PutCompositeAlarm, API reference). */
const longestAlarmRule = 10_240;

interface Sweep {
  readonly alarms: readonly DurationAlarm[];
  /** Absent where an earlier version kept it. */
  readonly composites?: readonly Composite[];
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
      sink.push(...(await withListeners(context, sweep, sink.miss)));
      rotation.remember("durationAlarms", "sweep", sweep, isDue ? now.toISOString() : before.readAt);
    } catch (error) {
      sink.miss(error);
      sink.push(...(before?.value.alarms ?? []));
      if (before) rotation.remember("durationAlarms", "sweep", before.value, before.readAt);
    }
  });
}

/** Says of alarms without an action of their own who hears them. Rules are asked for only where there are such alarms. */
async function withListeners(
  context: CollectContext,
  { alarms, composites = [] }: Sweep,
  miss: (error: unknown) => void,
): Promise<DurationAlarm[]> {
  const heard = alarms.map((alarm) => ({ alarm, by: compositesAbove(alarm, composites).map((name) => `composite alarm ${name}`) }));
  const mute = heard.filter(({ alarm, by }) => by.length === 0 && !(alarm.actionsEnabled && alarm.actions.length > 0));
  if (mute.length > 0) {
    try {
      const rules = (await rulesOf(context, defaultBus)).flatMap(({ Name, State, EventPattern }) =>
        Name && EventPattern && State !== "DISABLED" ? [{ name: Name, pattern: EventPattern }] : [],
      );
      for (const rule of rules) {
        const hears = mute.filter(({ alarm }) => hearsAlarm(rule, alarm));
        if (hears.length === 0 || (await targetsOf(context, defaultBus, rule.name)).length === 0) continue;
        for (const { by } of hears) by.push(`rule ${cleanText(rule.name, 64)}`);
      }
    } catch (error) {
      // somebody may hear them all the same
      miss(error);
    }
  }
  return heard.map(({ alarm, by }) => (by.length > 0 ? { ...alarm, passedOnBy: by } : alarm));
}

function withOurs({ alarms, total, ...rest }: Sweep, ours: Sweep): Sweep {
  return { ...rest, alarms: [...alarms.filter(({ name }) => !name.startsWith(alarmPrefix)), ...ours.alarms], total };
}

/** Alarms on Duration in a Region, optionally only those whose names begin like this. @throws what CloudWatch answers */
export async function readDurationAlarms(clients: Clients, region: string, prefix?: string): Promise<Sweep> {
  const alarms: DurationAlarm[] = [];
  const composites: Composite[] = [];
  let total = 0;
  const list = pages(
    (NextToken) =>
      clients.cloudwatch(region).send(
        new DescribeAlarmsCommand({
          AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
          MaxRecords: 100,
          ...(prefix ? { AlarmNamePrefix: prefix } : {}),
          ...(NextToken ? { NextToken } : {}),
        }),
      ),
    (page) => page.NextToken,
  );
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of list) {
    total += MetricAlarms.length + CompositeAlarms.length;
    composites.push(...CompositeAlarms.map(toComposite));
    for (const alarm of MetricAlarms) alarms.push(...toDurationAlarms(alarm, region));
  }
  return { alarms, composites, total };
}

function toComposite({ AlarmName = "", AlarmArn = "", AlarmRule = "", AlarmActions = [], ActionsEnabled }: CompositeAlarm): Composite {
  const hasAction = ActionsEnabled !== false && AlarmActions.length > 0;
  return { name: cleanText(AlarmName, 255), arn: AlarmArn, rule: AlarmRule.slice(0, longestAlarmRule), hasAction };
}

interface WatchedMetric {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?: readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

/** One row per function whose Duration the alarm looks at, or one for all of them; none for other alarms. */
function toDurationAlarms(alarm: MetricAlarm, region: string): DurationAlarm[] {
  const { Metrics = [] } = alarm;
  const described = describedBy(alarm, region);
  // one metric or one query, and no arithmetic: as good as an alarm on that metric itself
  const [only] = Metrics.length === 1 ? Metrics : [];
  const query = fleetQueryOf(only?.Expression ?? "");
  const periodSeconds = only?.Period ?? only?.MetricStat?.Period ?? described.periodSeconds;
  if (query) {
    const { functionName = everyFunction, statistic, conditional } = query;
    return [{ ...described, functionName, statistic, periodSeconds, computed: conditional }];
  }
  const single = only?.MetricStat;
  const metrics: WatchedMetric[] = Metrics.length > 0 ? Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) : [alarm];
  const rows = metrics.flatMap(({ Namespace, MetricName, Dimensions = [] }): DurationAlarm[] => {
    const dimension = (name: string) => Dimensions.find(({ Name }) => Name === name)?.Value;
    const functionName = dimension("FunctionName");
    if (Namespace !== "AWS/Lambda" || MetricName !== "Duration" || functionName === undefined) return [];
    const qualifier = dimension("Resource");
    const statistic = single?.Stat ?? described.statistic;
    const watched = { functionName, ...(qualifier && qualifier !== functionName ? { qualifier } : {}) };
    return [{ ...described, ...watched, statistic, periodSeconds, computed: Metrics.length > 0 && single === undefined }];
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
