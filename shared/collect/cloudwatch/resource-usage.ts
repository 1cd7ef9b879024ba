/**
 * Last use of resources other than functions, from their metrics: screened by one ListMetrics sweep per metric, read by
 * GetMetricData in daily buckets, 455 days once and then only what is new. It runs after the services of the Region, and
 * completes their resources. What could not be read is unknown, never unused.
 */
import { statusOf } from "../../aws/errors.ts";
import { forEachAtMost } from "../../aws/paginate.ts";
import type { ResourceUsageAnswer } from "../../describe/services/resource-usage.ts";
import type { Part } from "../../model/coverage.ts";
import type { LastUse, Resource } from "../../model/graph.ts";
import { planBatches } from "../../usage/metric-plan.ts";
import { concludeUse, firstDay, noteSilence, noteUse, roleUse, type UseMemory } from "../../usage/resource-ledger.ts";
import { metricRegion, type Series, type Signal, seriesKey, signalOf, tracelessBecause } from "../../usage/resource-signals.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import { readBucketRequests } from "./bucket-requests.ts";
import { listActiveSeries, readSeries } from "./metric-reads.ts";
import { type ListedResources, listedBy, unlisted } from "./use-memories.ts";

export const resourceUsageCollector = {
  name: "resource-usage",
  readerVersion: 1,
  actions: ["cloudwatch:ListMetrics", "cloudwatch:GetMetricData"],
  reads: "daily counts of requests, messages, reads and writes of tables, queues, topics, APIs, streams and their like",
} as const;

const kind = "resource-usage";
const concurrentCalls = 4;

interface Watched {
  readonly resource: Resource;
  readonly signal: Signal;
  readonly memory: UseMemory | undefined;
}

/** Answers that complete `listed` by their last use. */
export async function collectResourceUsage(
  context: CollectContext,
  listed: readonly ListedResources[],
): Promise<Part<ResourceUsageAnswer>> {
  const resources = new Map(listed.flatMap((service) => service.resources.map((resource) => [resource.arn, resource] as const)));
  const memories = context.rotation.remembered<Record<string, UseMemory>>(kind, context.region)?.value ?? {};
  const kept: Record<string, UseMemory> = unlisted(memories, listed);
  const part = await collectPart<ResourceUsageAnswer>(kind, context.region, async (sink) => {
    const byRegion = new Map<string, Watched[]>();
    const requests = await readBucketRequests(context, [...resources.values()], sink.miss);
    for (const resource of resources.values()) {
      // a collector that knows better has said so itself
      if (resource.lastUsed) continue;
      const signal = signalOf(resource, requests);
      const region = metricRegion(resource);
      const role = roleUse(resource, context.now);
      const why = tracelessBecause(resource.type);
      if (signal && region) byRegion.set(region, [...(byRegion.get(region) ?? []), { resource, signal, memory: memories[resource.arn] }]);
      else if (role) sink.push(answerOf(resource, role));
      else if (why) sink.push(answerOf(resource, { state: "unknown", source: "none", lookbackDays: 0, why }));
    }
    for (const [region, watched] of byRegion) await readRegion(context, region, watched, kept, sink);
  });
  context.rotation.remember(kind, context.region, listedBy(kept, listed), context.now.toISOString());
  return part;
}

async function readRegion(
  context: CollectContext,
  region: string,
  watched: readonly Watched[],
  kept: Record<string, UseMemory>,
  sink: Sink<ResourceUsageAnswer>,
): Promise<void> {
  const { clients, now } = context;
  const active = await screen(context, region, watched);
  const wanted = new Map(
    watched.flatMap((one) => {
      const seen = active && one.signal.series.some((series) => active.has(seriesKey(series)));
      const from = firstDay(one.memory, one.signal, { active: seen }, now);
      return from === undefined ? [] : [[one.resource.arn, { from, series: one.signal.series }] as const];
    }),
  );
  const read = await readAll({ ...context, clients }, region, [...wanted.values()], sink);
  const shared = sharedSeries(watched);
  for (const { resource, signal, memory } of watched) {
    const asked = wanted.get(resource.arn);
    const values = asked?.series.map((series) => read.get(seriesKey(series)));
    if (asked && values?.some((one) => one === undefined)) {
      if (memory) kept[resource.arn] = memory;
      sink.push(answerOf(resource, { state: "unknown", source: "metrics", lookbackDays: 0, why: "its metrics could not be read" }));
      continue;
    }
    const whole = (values ?? []).flatMap((one) => one ?? []);
    const next = asked ? noteUse(memory, signal, asked.from, whole, now) : noteQuiet(memory, active, signal, now);
    if (!next) continue;
    kept[resource.arn] = next;
    sink.push(answerOf(resource, withSharing(concludeUse(resource, signal, next, now), shared.has(seriesKey(signal.series[0] as Series)))));
  }
}

/** Whoever is in use keeps its clock, so that its last days are read within a week; silence moves it on. */
function noteQuiet(memory: UseMemory | undefined, active: ReadonlySet<string> | undefined, signal: Signal, now: Date) {
  if (!memory) return undefined;
  return active && signal.series.some((series) => active.has(seriesKey(series))) ? memory : noteSilence(memory, now);
}

/** Keys of series with points in the last two weeks; undefined when everything is read anyway, or it could not be told. */
async function screen({ clients, now }: CollectContext, region: string, watched: readonly Watched[]): Promise<Set<string> | undefined> {
  if (watched.every(({ memory, signal }) => firstDay(memory, signal, { active: false }, now) !== undefined)) return undefined;
  const metrics = new Map(
    watched.flatMap(({ signal }) => signal.series.map((series) => [`${series.namespace}|${series.metric}`, series] as const)),
  );
  const keys = new Set<string>();
  try {
    await forEachAtMost([...metrics.values()], concurrentCalls, async ({ namespace, metric }) => {
      for (const key of await listActiveSeries(clients, region, namespace, metric)) keys.add(key);
    });
    return keys;
  } catch {
    // without screening everything is read: dearer, never less true; a refusal of GetMetricData is reported there
    return undefined;
  }
}

async function readAll(
  { clients, now }: CollectContext,
  region: string,
  wanted: readonly { readonly from: number; readonly series: readonly Series[] }[],
  sink: Sink<ResourceUsageAnswer>,
): Promise<Map<string, Map<number, number>>> {
  const byKey = new Map<string, { readonly series: Series; readonly from: number }>();
  for (const { from, series } of wanted) {
    for (const one of series) {
      const known = byKey.get(seriesKey(one));
      if (!known || known.from > from) byKey.set(seriesKey(one), { series: one, from });
    }
  }
  const read = new Map<string, Map<number, number>>();
  let refusal: unknown;
  const batches = planBatches(
    [...byKey].map(([name, { from }]) => ({ name, fromDay: from })),
    1,
    now,
  );
  await forEachAtMost(batches, concurrentCalls, async ({ names, fromDay }) => {
    if (refusal !== undefined) return;
    const series = names.flatMap((name) => byKey.get(name)?.series ?? []);
    try {
      const answers = await readSeries(clients, region, series, fromDay, now);
      for (const [one, values] of answers) read.set(seriesKey(one), values);
      if (answers.size < series.length) sink.miss(new UnfinishedSeriesError(series.length - answers.size, region));
    } catch (error) {
      if (statusOf(error) === "denied" || statusOf(error) === "left") refusal = error;
      sink.miss(error);
    }
  });
  return read;
}

/** CloudWatch gave an answer but not all of its points. */
class UnfinishedSeriesError extends Error {
  override readonly name = "PartialData";
  constructor(series: number, region: string) {
    super(`CloudWatch in ${region} did not finish ${series} series of resources; the next scan reads them again`);
  }
}

/** Series that several resources share: two REST APIs of one name are one to CloudWatch. */
function sharedSeries(watched: readonly Watched[]): Set<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { signal } of watched) {
    const key = signal.series[0] ? seriesKey(signal.series[0]) : "";
    if (once.has(key)) twice.add(key);
    once.add(key);
  }
  return twice;
}

function withSharing(use: LastUse, shared: boolean): LastUse {
  if (!shared || use.state !== "used") return use;
  return { state: "unknown", source: use.source, lookbackDays: use.lookbackDays, why: "another of the same name shares its metrics" };
}

function answerOf({ arn, type, name, region }: Resource, lastUsed: LastUse): ResourceUsageAnswer {
  return { used: { arn, type, name, region, lastUsed } };
}
