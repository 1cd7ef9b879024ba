/**
 * What the hourly sweep asks: the longest runs of the last hours, of a few functions. Hourly points cost the same as points of a
 * minute (a metric asked for is paid, not its points), hold the same longest run, and a thousandth of the points quota.
 */
import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { Clients } from "../../aws/clients.ts";
import { isGone } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import { dayOf } from "../../model/day.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import type { DailyUse } from "../../model/usage.ts";
import { toFunction } from "../lambda/functions.ts";

/** IAM actions of the sweep. */
export const sweepActions: readonly string[] = ["cloudwatch:GetMetricData", "lambda:GetFunctionConfiguration", "sts:GetCallerIdentity"];

const hourMs = 3_600_000;
/** Points may be late by this much, beyond the run itself. */
const publishingDelayMs = 20 * 60_000;
const queriesPerCall = 500;
/** Two statistics of one metric are paid as one. */
const durations = [
  { metric: "Duration", stat: "Maximum" },
  { metric: "Duration", stat: "SampleCount" },
] as const;
/** A second metric, for the few of which it has to be known whether runs failed. */
const durationsAndErrors = [...durations, { metric: "Errors", stat: "Sum" }] as const;

/**
 * Start of the window. A run is stamped with its start and known at its end: what ended within the last hour may have begun as much
 * earlier as the longest timeout allows. Whole hours, for CloudWatch makes them so.
 */
export function windowStart(now: Date, longestTimeoutSeconds: number): Date {
  const from = now.getTime() - hourMs - longestTimeoutSeconds * 1000 - publishingDelayMs;
  return new Date(Math.floor(from / hourMs) * hourMs);
}

/**
 * Use of the last hours by function name, put together by day; errors only when asked for, otherwise 0.
 * @throws what CloudWatch answers
 */
export async function readRecent(
  clients: Clients,
  region: string,
  names: readonly string[],
  from: Date,
  now: Date,
  { withErrors = false } = {},
): Promise<Map<string, DailyUse[]>> {
  const statistics = withErrors ? durationsAndErrors : durations;
  const functionsPerCall = Math.floor(queriesPerCall / statistics.length);
  const found = new Map<string, DailyUse[]>();
  for (let i = 0; i < names.length; i += functionsPerCall) {
    for (const [name, days] of await readSome(clients, region, names.slice(i, i + functionsPerCall), statistics, from, now))
      found.set(name, days);
  }
  return found;
}

async function readSome(
  clients: Clients,
  region: string,
  names: readonly string[],
  statistics: typeof durations | typeof durationsAndErrors,
  from: Date,
  now: Date,
): Promise<Map<string, DailyUse[]>> {
  const queries = names.flatMap((name, n) =>
    statistics.map(({ metric, stat }, s) => ({
      Id: `q${n}_${s}`,
      MetricStat: {
        Metric: { Namespace: "AWS/Lambda", MetricName: metric, Dimensions: [{ Name: "FunctionName", Value: name }] },
        Period: hourMs / 1000,
        Stat: stat,
      },
    })),
  );
  const points = new Map<string, { readonly at: Date; readonly value: number }[]>();
  const list = pages(
    (NextToken) =>
      clients
        .cloudwatch(region)
        .send(new GetMetricDataCommand({ MetricDataQueries: queries, StartTime: from, EndTime: now, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const { MetricDataResults = [] } of list) {
    for (const { Id = "", Timestamps = [], Values = [] } of MetricDataResults) {
      const fresh = Timestamps.flatMap((at, i) => (Values[i] === undefined ? [] : [{ at, value: Values[i] }]));
      points.set(Id, [...(points.get(Id) ?? []), ...fresh]);
    }
  }
  return new Map(names.map((name, n) => [name, byDay(statistics.map((_, s) => points.get(`q${n}_${s}`) ?? []))]));
}

function byDay(series: readonly (readonly { readonly at: Date; readonly value: number }[])[]): DailyUse[] {
  const [maxima = [], samples = [], errors = []] = series;
  const days = [...new Set(maxima.map(({ at }) => dayOf(at)))].sort((a, b) => a - b);
  const of = (points: typeof maxima, day: number) => points.filter(({ at }) => dayOf(at) === day).map(({ value }) => value);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return days.map((day) => ({ day, samples: sum(of(samples, day)), maxMs: Math.max(...of(maxima, day)), errors: sum(of(errors, day)) }));
}

/** The configuration as it is now; undefined for a function that is gone. @throws what Lambda answers */
export async function readConfiguration(clients: Clients, region: string, name: string): Promise<FunctionConfiguration | undefined> {
  try {
    return toFunction(await clients.lambda(region).send(new GetFunctionConfigurationCommand({ FunctionName: name })), region);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
