/** The two CloudWatch reads that everything about use is made of: which series there are, and their daily values. */
import { GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import type { Clients } from "../../aws/clients.ts";
import { markOperation } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import { dayOf, startOfDay } from "../../model/day.ts";
import { type Dimensions, type Series, seriesKey } from "../../usage/resource-signals.ts";

/** Keys of the series of one metric with points in the last two weeks. */
export async function listActiveSeries(clients: Clients, region: string, namespace: string, metric: string): Promise<string[]> {
  const all = await listDimensions(clients, region, namespace, metric);
  return all.map((dimensions) => seriesKey({ namespace, metric, dimensions }));
}

/** Dimensions of each series of one metric with points in the last two weeks. */
export async function listDimensions(clients: Clients, region: string, namespace: string, metric: string): Promise<Dimensions[]> {
  const all: Dimensions[] = [];
  const list = pages(
    (NextToken) =>
      clients
        .cloudwatch(region)
        .send(new ListMetricsCommand({ Namespace: namespace, MetricName: metric, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const { Dimensions = [] } of page.Metrics ?? []) {
      all.push(Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name ?? "", Value ?? ""])));
    }
  }
  return all;
}

/** Daily values by series; a series is in the answer only when AWS said that it is complete. */
export async function readSeries(
  clients: Clients,
  region: string,
  series: readonly Series[],
  fromDay: number,
  now: Date,
): Promise<Map<Series, Map<number, number>>> {
  const queries = series.map(({ namespace, metric, stat, dimensions }, n) => ({
    Id: `q${n}`,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: 86_400,
      Stat: stat,
    },
  }));
  const values = new Map(queries.map(({ Id }) => [Id, new Map<number, number>()]));
  const whole = new Set<string>();
  const range = { StartTime: startOfDay(fromDay), EndTime: now };
  const list = pages(
    (NextToken) =>
      clients
        .cloudwatch(region)
        .send(new GetMetricDataCommand({ MetricDataQueries: queries, ...range, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const { Id = "", Timestamps = [], Values = [], StatusCode } of page.MetricDataResults ?? []) {
      if (StatusCode === "Forbidden") throw refused(region);
      for (const [i, at] of Timestamps.entries()) {
        const value = Values[i];
        if (value !== undefined) values.get(Id)?.set(dayOf(at), value);
      }
      if (StatusCode === "Complete" || StatusCode === undefined) whole.add(Id);
    }
  }
  return new Map(
    series.flatMap((one, n) => (whole.has(`q${n}`) ? [[one, values.get(`q${n}`) ?? new Map<number, number>()] as const] : [])),
  );
}

function refused(region: string): Error {
  const error = new Error(`CloudWatch in ${region} answered Forbidden for part of the metrics`);
  error.name = "AccessDeniedException";
  markOperation(error, "cloudwatch:GetMetricData");
  return error;
}
