/**
 * Answers of CloudWatch's metric reads from the plan. The emulator's own take seconds a call on years of data, know no
 * percentiles, and list metrics that AWS would have forgotten (samples/README.md).
 */
import type { Call } from "../../shared/aws/client-options.ts";
import type { MetricQuery } from "../../shared/aws/recording.ts";
import { dayOf, startOfDay } from "../../shared/model/day.ts";
import { type AccountPlan, type PlannedDay, regionOf } from "./account-plan.ts";
import { seriesOf } from "./planned-series.ts";

/** Days for which ListMetrics remembers a series. */
const listedDays = 14;

type Dimension = { Name?: string; Value?: string };

/** `cloudwatch:ListMetrics` of one metric. AWS keeps a series per function and one per function and resource. */
export function listMetrics(plan: AccountPlan, { region, input }: Call): Record<string, unknown> {
  const { Namespace, MetricName } = input;
  const isActive = (use: readonly { readonly daysAgo: number }[] = []) => use.some(({ daysAgo }) => daysAgo < listedDays);
  const series = (Dimensions: Dimension[]) => ({ Namespace, MetricName, Dimensions });
  if (Namespace === "AWS/Lambda") {
    const active = plan.functions.filter((f) => regionOf(f) === region && isActive(f.use));
    const Metrics = active.flatMap(({ name }) => {
      const own = { Name: "FunctionName", Value: name };
      return [series([own]), series([own, { Name: "Resource", Value: name }])];
    });
    return { Metrics };
  }
  const active = seriesOf(plan).filter(
    (one) => one.region === region && one.namespace === Namespace && one.metrics.includes(String(MetricName)) && isActive(one.use),
  );
  return { Metrics: active.map(({ dimensions }) => series(Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })))) };
}

/** `cloudwatch:GetMetricData` in daily buckets; of functions the series with FunctionName alone. */
export function metricData(plan: AccountPlan, { region, input }: Call, now: Date): Record<string, unknown> {
  const fromDay = dayOf(input.StartTime as Date);
  const results = (input.MetricDataQueries as MetricQuery[]).map((query) => {
    const points = pointsOf(plan, region, query).map(({ daysAgo, value }) => ({ day: dayOf(now) - daysAgo, value }));
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

interface Point {
  readonly daysAgo: number;
  readonly value: number;
}

function pointsOf(plan: AccountPlan, region: string, { MetricStat }: MetricQuery): Point[] {
  const { Namespace, MetricName = "", Dimensions = [] } = MetricStat?.Metric ?? {};
  // no function of the sample has an extension that goes on after its handler
  if (Namespace === "AWS/Lambda" && MetricName === "PostRuntimeExtensionsDuration") return [];
  if (Namespace === "AWS/Lambda") return functionPoints(plan, region, Dimensions, MetricStat?.Stat ?? "");
  const found = seriesOf(plan).find(
    (one) =>
      one.region === region &&
      one.namespace === Namespace &&
      one.metrics.includes(MetricName) &&
      Object.keys(one.dimensions).length === Dimensions.length &&
      Dimensions.every(({ Name = "", Value }) => one.dimensions[Name] === Value),
  );
  return (found?.use ?? []).map(({ daysAgo, runs }) => ({ daysAgo, value: runs }));
}

function functionPoints({ functions }: AccountPlan, region: string, [name, ...others]: readonly Dimension[], stat: string): Point[] {
  const read = statistics[stat];
  if (!read) throw new Error(`the plan has no statistic ${stat}`);
  const f = others.length === 0 ? functions.find((one) => one.name === name?.Value && regionOf(one) === region) : undefined;
  return (f?.use ?? []).map((day) => ({ daysAgo: day.daysAgo, value: read(day) }));
}

/** What a day of a function has to say, by statistic; Sum is asked of Errors only. */
const statistics: Readonly<Record<string, (day: PlannedDay) => number>> = {
  SampleCount: ({ runs }) => runs,
  Maximum: ({ longestMs }) => longestMs,
  Sum: ({ errors = 0 }) => errors,
  p99: ({ p99Ms, longestMs }) => p99Ms ?? Math.round(longestMs * 0.9),
};
