/** The two CloudWatch reads that usage is made of. */
import { GetMetricDataCommand, ListMetricsCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { Clients } from "../aws/clients.ts";
import { markOperation } from "../aws/errors.ts";
import { pages } from "../aws/paginate.ts";
import { dayOf, startOfDay } from "../model/day.ts";
import type { Batch } from "../usage/metric-plan.ts";

/** A metric of AWS/Lambda with one statistic. */
export interface MetricStatistic {
  readonly metric: "Duration" | "Errors" | "PostRuntimeExtensionsDuration";
  readonly stat: "SampleCount" | "Maximum" | "Sum" | "p99";
}

/** Values by day, per statistic in the order asked. */
export type SeriesByDay = readonly ReadonlyMap<number, number>[];

/** Names of functions with a Duration series in the last two weeks, qualified series included. */
export async function listActiveFunctions(clients: Clients, region: string): Promise<Set<string>> {
  const names = new Set<string>();
  const list = pages(
    (NextToken) =>
      clients
        .cloudwatch(region)
        .send(new ListMetricsCommand({ Namespace: "AWS/Lambda", MetricName: "Duration", ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const metric of page.Metrics ?? []) {
      const name = metric.Dimensions?.find((dimension) => dimension.Name === "FunctionName")?.Value;
      if (name) names.add(name);
    }
  }
  return names;
}

/**
 * Daily values of a batch of functions. A function is in the answer only when AWS said that its series are complete.
 * @param dimensionsOf dimensions besides or instead of FunctionName
 */
export async function readDaily(
  clients: Clients,
  region: string,
  batch: Batch,
  statistics: readonly MetricStatistic[],
  now: Date,
  dimensionsOf: (name: string) => { readonly Name: string; readonly Value: string }[] = (name) => [{ Name: "FunctionName", Value: name }],
): Promise<Map<string, SeriesByDay>> {
  const queries = batch.names.flatMap((name, n) => statistics.map((statistic, s) => toQuery(`q${n}_${s}`, statistic, dimensionsOf(name))));
  const values = new Map(queries.map(({ Id }) => [Id, new Map<number, number>()]));
  const whole = new Set<string | undefined>();
  const list = pages(
    (NextToken) =>
      clients.cloudwatch(region).send(
        new GetMetricDataCommand({
          MetricDataQueries: queries,
          StartTime: startOfDay(batch.fromDay),
          EndTime: now,
          ...(NextToken ? { NextToken } : {}),
        }),
      ),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const result of page.MetricDataResults ?? []) {
      const series = values.get(result.Id);
      if (!series) continue;
      for (const [i, at] of (result.Timestamps ?? []).entries()) {
        const value = result.Values?.[i];
        if (value !== undefined) series.set(dayOf(at), value);
      }
      if (result.StatusCode === "Complete" || result.StatusCode === undefined) whole.add(result.Id);
      if (result.StatusCode === "Forbidden") throw refused(region);
    }
  }
  const complete = batch.names.flatMap((name, n) => {
    const ids = statistics.map((_, s) => `q${n}_${s}`);
    return ids.every((id) => whole.has(id)) ? [[name, ids.map((id) => values.get(id) ?? new Map<number, number>())] as const] : [];
  });
  return new Map(complete);
}

function toQuery(Id: string, { metric, stat }: MetricStatistic, Dimensions: { Name: string; Value: string }[]): MetricDataQuery {
  return { Id, MetricStat: { Metric: { Namespace: "AWS/Lambda", MetricName: metric, Dimensions }, Period: 86_400, Stat: stat } };
}

function refused(region: string): Error {
  const error = new Error(`CloudWatch in ${region} answered Forbidden for part of the metrics`);
  error.name = "AccessDeniedException";
  markOperation(error, "cloudwatch:GetMetricData");
  return error;
}
