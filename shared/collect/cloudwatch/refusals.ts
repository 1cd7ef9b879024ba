/**
 * Counts that tell a function which is broken or missed from one that nobody needs: calls refused since it was switched off, and how
 * often the rules that should start it did. Asked only of quiet functions.
 */
import type { EventBusAnswer } from "../../describe/services/event-buses.ts";
import type { ScheduleAnswer } from "../../describe/services/scheduler.ts";
import { functionArnOf, scheduleGroupOf } from "../../model/arn.ts";
import { dayOf } from "../../model/day.ts";
import type { Resource } from "../../model/graph.ts";
import type { CandidateRead, FunctionConfiguration, FunctionUsage } from "../../model/snapshot.ts";
import { type Dimensions, type Series, signalOf } from "../../usage/resource-signals.ts";
import type { CollectContext } from "../contract/collector.ts";
import { readSeries } from "./metric-reads.ts";

/** Days of counts of rules, and the most of refused calls. */
const ruleDays = 30;
const mostRefusalDays = 90;
/** Series in one call of GetMetricData. */
const seriesAtOnce = 500;

export type Refusals = Pick<CandidateRead, "startedByRules" | "failedInGroups" | "refusedCalls">;

/** What starts functions, by the answers of the services that keep it. */
export interface Starters {
  readonly rules: readonly EventBusAnswer[];
  readonly schedules: readonly ScheduleAnswer[];
}

interface Question {
  readonly configuration: FunctionConfiguration;
  readonly usage: FunctionUsage;
  readonly reservedConcurrency: number | null | undefined;
}

export async function readRefusals(
  context: CollectContext,
  asked: readonly Question[],
  { rules, schedules }: Starters,
  missed: (error: unknown) => void,
): Promise<(arn: string) => Refusals> {
  const wanted = new Set(asked.map(({ configuration }) => configuration.arn));
  const started = rulesOf(rules, wanted);
  const off = asked.filter(({ reservedConcurrency }) => reservedConcurrency === 0);
  const today = dayOf(context.now);
  const refusals = await counts(context, off.flatMap(refusalSeries), today - mostRefusalDays + 1, missed);
  const starts = await counts(context, [...started.values()].flat().flatMap(ruleSeries), today - ruleDays + 1, missed);
  const groups = groupsOf(schedules, wanted);
  const failures = await counts(context, [...groups.values()].flat().flatMap(groupSeries), today - ruleDays + 1, missed);
  const groupRowsOf = (arn: string) =>
    (groups.get(arn) ?? []).flatMap((group) => {
      const read = groupSeries(group).map((series) => failures.get(keyOf(series)));
      return read.some((series) => !series) ? [] : [{ group, failed: read.reduce((total, series) => total + sum(series, 0), 0) }];
    });
  const rowsOf = (arn: string) =>
    (started.get(arn) ?? []).flatMap((rule) => {
      const [invocations, failures] = ruleSeries(rule).map((series) => starts.get(keyOf(series)));
      if (!invocations || !failures) return [];
      const startedDays = [...invocations.values()].filter((count) => count > 0).length;
      return [{ rule: rule.arn, startedDays, failed: sum(failures, 0) }];
    });
  const refused = new Map(
    off.map((one) => {
      const since = dayOf(one.usage.ledger.switchedOffSince ?? context.now);
      const all = refusalSeries(one).map((series) => refusals.get(keyOf(series)));
      return [one.configuration.arn, all.some((series) => !series) ? null : all.reduce((total, series) => total + sum(series, since), 0)];
    }),
  );
  return (arn) => {
    const rows = rowsOf(arn);
    const refusedCalls = refused.get(arn);
    const groupRows = groupRowsOf(arn);
    return {
      ...(rows.length > 0 ? { startedByRules: rows } : {}),
      ...(groupRows.length > 0 ? { failedInGroups: groupRows } : {}),
      ...(refusedCalls === undefined ? {} : { refusedCalls }),
    };
  };
}

/** Enabled rules on a schedule, by the function that they start. */
function rulesOf(rules: readonly EventBusAnswer[], wanted: ReadonlySet<string>): Map<string, Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const answer of rules) {
    if (!("rule" in answer) || !answer.rule.schedule || !answer.rule.enabled) continue;
    const { arn, name, busName } = answer.rule;
    const resource = { arn, type: "AWS::Events::Rule", name, region: "", details: { bus: busName } };
    for (const target of answer.targets?.value ?? []) {
      const to = functionArnOf(target.arn) ?? "";
      if (wanted.has(to)) found.set(to, [...(found.get(to) ?? []), resource]);
    }
  }
  return found;
}

/** Groups of the enabled schedules that start a function: Scheduler counts by group only. */
function groupsOf(schedules: readonly ScheduleAnswer[], wanted: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { arn, enabled, read } of schedules) {
    const group = scheduleGroupOf(arn);
    if (!enabled || !group) continue;
    for (const { to } of read?.value.targets ?? []) {
      if (wanted.has(to)) found.set(to, [...new Set([...(found.get(to) ?? []), group])]);
    }
  }
  return found;
}

/** The target refused it, or Scheduler gave up after its retries. */
function groupSeries(ScheduleGroup: string): Series[] {
  return ["TargetErrorCount", "InvocationDroppedCount"].map((metric) => ({
    namespace: "AWS/Scheduler",
    metric,
    stat: "Sum",
    dimensions: { ScheduleGroup },
  }));
}

function ruleSeries(rule: Resource): Series[] {
  const dimensions = signalOf(rule)?.series[0]?.dimensions ?? { RuleName: rule.name };
  return ["Invocations", "FailedInvocations"].map((metric) => ({ namespace: "AWS/Events", metric, stat: "Sum", dimensions }));
}

/** A synchronous call is throttled; an asynchronous one is tried again for hours and then dropped. */
function refusalSeries({ configuration }: Question): Series[] {
  const dimensions: Dimensions = { FunctionName: configuration.name };
  return ["Throttles", "AsyncEventsDropped"].map((metric) => ({ namespace: "AWS/Lambda", metric, stat: "Sum", dimensions }));
}

async function counts(
  { clients, region, now }: CollectContext,
  series: readonly Series[],
  fromDay: number,
  missed: (error: unknown) => void,
): Promise<Map<string, ReadonlyMap<number, number>>> {
  const found = new Map<string, ReadonlyMap<number, number>>();
  const distinct = [...new Map(series.map((one) => [keyOf(one), one])).values()];
  try {
    for (let i = 0; i < distinct.length; i += seriesAtOnce) {
      const answers = await readSeries(clients, region, distinct.slice(i, i + seriesAtOnce), fromDay, now);
      for (const [one, values] of answers) found.set(keyOf(one), values);
    }
  } catch (error) {
    missed(error);
  }
  return found;
}

function keyOf({ metric, dimensions }: Series): string {
  return `${metric} ${JSON.stringify(dimensions)}`;
}

function sum(values: ReadonlyMap<number, number> | undefined, fromDay: number): number {
  return [...(values ?? [])].reduce((total, [day, count]) => (day >= fromDay ? total + count : total), 0);
}
