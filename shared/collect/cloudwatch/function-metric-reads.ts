/** Metrics of functions: which have any lately, and their daily values, batch by batch. */
import type { Clients } from "../../aws/clients.ts";
import type { Batch } from "../../usage/metric-plan.ts";
import type { Dimensions, Series } from "../../usage/resource-signals.ts";
import { listDimensions, readSeries } from "./metric-reads.ts";

/** A metric of AWS/Lambda with one statistic. */
export interface MetricStatistic {
  readonly metric: "Duration" | "Errors" | "PostRuntimeExtensionsDuration";
  readonly stat: "SampleCount" | "Maximum" | "Sum" | "p99";
}

/** Values by day, per statistic in the order asked. */
export type SeriesByDay = readonly ReadonlyMap<number, number>[];

/** Names of functions with a Duration series in the last two weeks, qualified series included. */
export async function listActiveFunctions(clients: Clients, region: string): Promise<Set<string>> {
  const all = await listDimensions(clients, region, "AWS/Lambda", "Duration");
  return new Set(all.flatMap(({ FunctionName }) => FunctionName ?? []));
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
  dimensionsOf: (name: string) => Dimensions = (name) => ({ FunctionName: name }),
): Promise<Map<string, SeriesByDay>> {
  const seriesOf = new Map(
    batch.names.map((name) => [
      name,
      statistics.map((statistic): Series => ({ namespace: "AWS/Lambda", ...statistic, dimensions: dimensionsOf(name) })),
    ]),
  );
  const values = await readSeries(clients, region, [...seriesOf.values()].flat(), batch.fromDay, now);
  const complete = [...seriesOf].flatMap(([name, series]) => {
    const read = series.flatMap((one) => values.get(one) ?? []);
    return read.length === series.length ? [[name, read] as const] : [];
  });
  return new Map(complete);
}
