/**
 * Last use and run times of every function: screened by ListMetrics, read by GetMetricData in daily buckets, 455 days once
 * and then only what is new. The ledger remembers the rest.
 */
import { codeOf, coverageOf, operationOf, statusOf } from "../../aws/errors.ts";
import { forEachAtMost } from "../../aws/paginate.ts";
import type { Coverage, Part } from "../../model/coverage.ts";
import { dayOf } from "../../model/day.ts";
import type { FunctionConfiguration, FunctionUsage } from "../../model/snapshot.ts";
import type { LedgerEntry, RegionLedger } from "../../model/usage.ts";
import { noteConfiguration, noteExtensions, noteFailure, noteReading, type Reading } from "../../usage/ledger.ts";
import { type Batch, firstDayToRead, planBatches, readableUntil, type Wanted } from "../../usage/metric-plan.ts";
import type { CollectContext, CollectorMeta } from "../contract/collector.ts";
import { readCutOffs } from "./cut-offs.ts";
import { readExtensionTimes } from "./extension-times.ts";
import { listActiveFunctions, readDaily } from "./function-metric-reads.ts";

export const usageCollector: CollectorMeta = {
  name: "usage",
  readerVersion: 1,
  actions: ["cloudwatch:ListMetrics", "cloudwatch:GetMetricData"],
  reads: "the AWS/Lambda metrics Duration, Errors and PostRuntimeExtensionsDuration in daily buckets: invocations, longest runs",
};

/** No timeout of a function is longer than this unless it says so itself: the margin for back-dated points. */
const usualLongestTimeoutSeconds = 900;
const concurrentCalls = 4;

export interface UsageResult {
  readonly usage: Part<FunctionUsage>;
  /** Up to when the Region's usage is known after this scan; as before when most reads failed. */
  readonly readUntil: string | undefined;
}

interface Failure {
  readonly operation: string;
  readonly code: string;
}

export async function collectUsage(
  context: CollectContext,
  functions: readonly FunctionConfiguration[],
  ledger: RegionLedger,
): Promise<UsageResult> {
  const { region, now } = context;
  const before = new Map(functions.map((f) => [f.name, noteConfiguration(ledger.entries.get(f.arn), f, now)]));
  const wanted = await whatToRead(context, functions, before, ledger.readUntil);
  const { readings, extensions, failures, error } = await readAll(context, wanted, new Map(functions.map((f) => [f.name, f])), before);

  // when most of the Region could not be read, its clock stands still, and nothing need be written per function
  const advanced = failures.size * 2 <= wanted.length;
  const longest = functions.reduce((most, f) => Math.max(most, f.timeoutSeconds), usualLongestTimeoutSeconds);
  const readUntil = advanced ? readableUntil(now, longest) : ledger.readUntil;
  const unread = [...extensions.values()].filter((read) => read === "unread").length;
  const items = functions.map((f): FunctionUsage => {
    const entry = before.get(f.name) as LedgerEntry;
    const failure = failures.get(f.name);
    const known = entry.stalledAt ?? ledger.readUntil;
    if (failure) {
      return { arn: f.arn, ledger: advanced ? noteFailure(entry, known) : entry, ...(known ? { readUntil: known } : {}), failure };
    }
    const reading = readings.get(f.name);
    const read = noteExtensions(reading ? noteReading(entry, reading, now) : entry, extensions.get(f.name));
    return { arn: f.arn, ledger: read, ...(readUntil ? { readUntil } : {}) };
  });
  return { usage: { items, coverage: coverageRow(region, items.length, failures.size + unread, error) }, readUntil };
}

function coverageRow(region: string, functions: number, failed: number, error: unknown): Coverage {
  if (failed === 0) return { collector: "usage", region, status: "complete", resources: functions };
  return coverageOf("usage", region, error, functions - failed);
}

async function whatToRead(
  { clients, region, now }: CollectContext,
  functions: readonly FunctionConfiguration[],
  entries: ReadonlyMap<string, LedgerEntry>,
  readUntil: string | undefined,
): Promise<Wanted[]> {
  const everything = (active: ReadonlySet<string> | undefined): Wanted[] =>
    functions.flatMap(({ name }) => {
      const fromDay = firstDayToRead(entries.get(name), name, readUntil, active, now);
      return fromDay === undefined ? [] : [{ name, fromDay }];
    });
  // an empty active set shows what has to be read in any case: when that is everything, screening saves nothing
  if (everything(new Set()).length === functions.length) return everything(undefined);
  try {
    return everything(await listActiveFunctions(clients, region));
  } catch {
    // without screening every function is read: dearer, never less true; a refusal of GetMetricData is reported there
    return everything(undefined);
  }
}

async function readAll(
  context: CollectContext,
  wanted: readonly Wanted[],
  functions: ReadonlyMap<string, FunctionConfiguration>,
  entries: ReadonlyMap<string, LedgerEntry>,
) {
  const { clients, region, now } = context;
  const readings = new Map<string, Reading>();
  const failures = new Map<string, Failure>();
  let error: unknown;
  const fail = (names: readonly string[], cause: unknown) => {
    error ??= cause;
    const failure = { operation: operationOf(cause) ?? "cloudwatch:GetMetricData", code: codeOf(cause) };
    for (const name of names) {
      failures.set(name, failure);
      readings.delete(name);
    }
  };
  const batches = planBatches(wanted, 2, now);
  await forEachAtMost(batches, concurrentCalls, async (batch) => {
    if (error !== undefined && statusOf(error) === "denied") return fail(batch.names, error);
    try {
      const answers = await readDaily(
        clients,
        region,
        batch,
        [
          { metric: "Duration", stat: "SampleCount" },
          { metric: "Duration", stat: "Maximum" },
        ],
        now,
      );
      for (const [name, [samples, maxima]] of answers) readings.set(name, toReading(batch, samples, maxima));
      const unfinished = batch.names.filter((name) => !answers.has(name));
      if (unfinished.length > 0) fail(unfinished, new UnfinishedMetricsError(unfinished.length, region));
    } catch (cause) {
      fail(batch.names, cause);
    }
  });
  await readCutOffs(context, readings, functions, fail);
  // what is refused once is not asked for again
  const readable = new Map([...functions].filter(([name]) => !failures.has(name)));
  const unread = (cause: unknown) => {
    error ??= cause;
  };
  const extensions = await readExtensionTimes(context, readings, error === undefined ? readable : new Map(), entries, unread);
  return { readings, extensions, failures, error };
}

/** CloudWatch gave an answer but not all of its points. */
class UnfinishedMetricsError extends Error {
  override readonly name = "PartialData";
  constructor(functions: number, region: string) {
    super(`CloudWatch in ${region} did not finish the metrics of ${functions} functions; the next scan reads them again`);
  }
}

function toReading(
  batch: Batch,
  samples: ReadonlyMap<number, number> | undefined,
  maxima: ReadonlyMap<number, number> | undefined,
): Reading {
  const days = [...(samples ?? [])].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  return { fromDay: batch.fromDay, days: days.map(([day, count]) => ({ day, samples: count, maxMs: maxima?.get(day) ?? 0, errors: 0 })) };
}

/** Days between now and the earliest day that could be seen. */
export function lookbackDays(entry: LedgerEntry, now: Date): number {
  return entry.readFromDay === undefined ? 0 : dayOf(now) - entry.readFromDay + 1;
}
