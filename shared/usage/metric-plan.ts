/** Which days of which function have to be asked of CloudWatch, and in how few calls. Pure. */
import { metricRetentionDays } from "../data/service-limits.ts";
import { dayMs, dayOf } from "../model/day.ts";
import type { LedgerEntry } from "../model/usage.ts";

/** GetMetricData: queries and data points in one call (API reference). */
const queriesPerCall = 500;
const pointsPerCall = 100_800;
/** ListMetrics shows series with data in the last two weeks; a day's margin, because its edge is not sharp. */
export const screeningDays = 13;
/** Metrics may appear this long after the run they speak of (reference: up to 15 minutes for a new series), plus slack. */
const publishingDelayMs = 20 * 60_000;

export interface Wanted {
  readonly name: string;
  readonly fromDay: number;
}

export interface Batch {
  readonly fromDay: number;
  readonly names: readonly string[];
}

/**
 * First day that has to be read of a function, or undefined when there is nothing to read.
 * @param active names with data in the last two weeks; undefined when that could not be told
 */
export function firstDayToRead(
  entry: LedgerEntry | undefined,
  name: string,
  regionReadUntil: string | undefined,
  active: ReadonlySet<string> | undefined,
  now: Date,
): number | undefined {
  const earliest = Math.max(dayOf(now) - metricRetentionDays + 1, entry?.recreatedAt ? dayOf(entry.recreatedAt) : 0);
  const known = entry?.stalledAt ?? regionReadUntil;
  if (!entry || entry.readFromDay === undefined || known === undefined) return earliest;
  const gapDays = (now.getTime() - Date.parse(known)) / dayMs;
  const quiet = active !== undefined && !active.has(name);
  if (quiet && gapDays <= screeningDays) return undefined;
  return Math.max(earliest, dayOf(known));
}

/**
 * Up to when a read made at `now` is final. Points are stamped with the start of a run and published at its end, so nothing
 * younger than the longest possible run and the publishing delay may count as known.
 */
export function readableUntil(now: Date, longestTimeoutSeconds: number): string {
  return new Date(now.getTime() - longestTimeoutSeconds * 1000 - publishingDelayMs).toISOString();
}

/** Packs what is wanted into calls; `statistics` is the number of queries per function. */
export function planBatches(wanted: readonly Wanted[], statistics: number, now: Date): Batch[] {
  const byStart = new Map<number, string[]>();
  for (const { name, fromDay } of wanted) {
    const names = byStart.get(fromDay);
    if (names) names.push(name);
    else byStart.set(fromDay, [name]);
  }
  const batches: Batch[] = [];
  for (const [fromDay, names] of [...byStart].sort(([a], [b]) => a - b)) {
    const points = dayOf(now) - fromDay + 1;
    const size = Math.max(1, Math.floor(Math.min(queriesPerCall, pointsPerCall / points) / statistics));
    for (let i = 0; i < names.length; i += size) batches.push({ fromDay, names: names.slice(i, i + size) });
  }
  return batches;
}
