/**
 * Answers of CloudWatch's metric reads from the plan. The emulator's own take seconds a call on years of data, know no
 * percentiles, and list metrics that AWS would have forgotten (samples/README.md).
 */
import type { Call } from "../../shared/aws/clients.ts";
import type { MetricQuery } from "../../shared/aws/recording.ts";
import { dayOf, startOfDay } from "../../shared/model/day.ts";
import { type AccountPlan, type PlannedDay, type PlannedFunction, regionOf } from "./account-plan.ts";

/** Days for which ListMetrics remembers a series. */
const listedDays = 14;

/** `cloudwatch:ListMetrics` of Duration. AWS keeps a series per function and one per function and resource. */
export function listMetrics({ functions }: AccountPlan, { region, input }: Call): Record<string, unknown> {
  const active = functions.filter((f) => regionOf(f) === region && f.use?.some(({ daysAgo }) => daysAgo < listedDays));
  const series = (Dimensions: { Name: string; Value: string }[]) => ({
    Namespace: input.Namespace,
    MetricName: input.MetricName,
    Dimensions,
  });
  const Metrics = active.flatMap(({ name }) => {
    const own = { Name: "FunctionName", Value: name };
    return [series([own]), series([own, { Name: "Resource", Value: name }])];
  });
  return { Metrics };
}

/** `cloudwatch:GetMetricData` in daily buckets of the series with FunctionName alone. */
export function metricData({ functions }: AccountPlan, { region, input }: Call, now: Date): Record<string, unknown> {
  const fromDay = dayOf(input.StartTime as Date);
  const results = (input.MetricDataQueries as MetricQuery[]).map((query) => {
    const [name, ...others] = query.MetricStat?.Metric?.Dimensions ?? [];
    const f = others.length === 0 ? functions.find((one) => one.name === name?.Value && regionOf(one) === region) : undefined;
    const points = pointsOf(f, query.MetricStat?.Stat ?? "").map(({ daysAgo, value }) => ({ day: dayOf(now) - daysAgo, value }));
    const asked = points.filter(({ day }) => day >= fromDay).sort((a, b) => b.day - a.day);
    return {
      Id: query.Id,
      StatusCode: "Complete",
      Timestamps: asked.map(({ day }) => startOfDay(day)),
      Values: asked.map(({ value }) => value),
    };
  });
  return { MetricDataResults: results };
}

function pointsOf(f: PlannedFunction | undefined, stat: string): { readonly daysAgo: number; readonly value: number }[] {
  const read = statistics[stat];
  if (!read) throw new Error(`the plan has no statistic ${stat}`);
  return (f?.use ?? []).map((day) => ({ daysAgo: day.daysAgo, value: read(day) }));
}

/** What a day has to say, by statistic; Sum is asked of Errors only. */
const statistics: Readonly<Record<string, (day: PlannedDay) => number>> = {
  SampleCount: ({ runs }) => runs,
  Maximum: ({ longestMs }) => longestMs,
  Sum: ({ errors = 0 }) => errors,
  p99: ({ p99Ms, longestMs }) => p99Ms ?? Math.round(longestMs * 0.9),
};
