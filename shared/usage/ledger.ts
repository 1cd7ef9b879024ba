/** How one function's ledger entry moves from one scan to the next. Pure. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { dayOf } from "../model/day.ts";
import type { FunctionConfiguration } from "../model/snapshot.ts";
import type { DailyUse, LedgerEntry } from "../model/usage.ts";
import { mergeDays, packDays } from "./daily-ring.ts";

/** What CloudWatch answered for one function, from `fromDay` until now. */
export interface Reading {
  readonly fromDay: number;
  readonly days: readonly DailyUse[];
  readonly uncensoredP99Ms?: number;
}

/** Changes of the timeout that are remembered. */
const timeoutsKept = 20;

/** Hash of what changes how long a run takes; a change starts a new regime. A code change does not. */
export function regimeHash(configuration: FunctionConfiguration): string {
  const { memoryMb, architecture, runtime, packageType, vpcId } = configuration;
  const text = JSON.stringify([memoryMb, architecture, runtime ?? packageType, vpcId ?? ""]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The entry of a function that we see for the first time. */
export function newEntry(configuration: FunctionConfiguration, now: Date): LedgerEntry {
  return {
    arn: configuration.arn,
    name: configuration.name,
    region: configuration.region,
    firstSeenAt: now.toISOString(),
    days: packDays([]),
    regimeHash: regimeHash(configuration),
    regimeSinceDay: 0,
    ...(configuration.codeSha256 ? { codeSha256: configuration.codeSha256 } : {}),
    timeouts: [{ fromDay: 0, seconds: configuration.timeoutSeconds }],
  };
}

/** Takes over what the configuration says today. A function that came back after it was gone starts anew. */
export function noteConfiguration(entry: LedgerEntry | undefined, configuration: FunctionConfiguration, now: Date): LedgerEntry {
  if (!entry) return newEntry(configuration, now);
  if (entry.goneAt) return { ...newEntry(configuration, now), recreatedAt: recreatedAt(entry.goneAt, configuration, now) };
  // the change happened at LastModified, unless something else was modified since: never later than today
  const changedDay = Math.min(dayOf(now), configuration.lastModified ? dayOf(configuration.lastModified) : dayOf(now));
  const hash = regimeHash(configuration);
  const seconds = configuration.timeoutSeconds;
  return {
    ...entry,
    ...(hash === entry.regimeHash ? {} : { regimeHash: hash, regimeSinceDay: changedDay }),
    ...(configuration.codeSha256 && configuration.codeSha256 !== entry.codeSha256
      ? { codeSha256: configuration.codeSha256, codeChangedDay: changedDay }
      : {}),
    ...(entry.timeouts.at(-1)?.seconds === seconds
      ? {}
      : { timeouts: [...entry.timeouts, { fromDay: changedDay, seconds }].slice(-timeoutsKept) }),
  };
}

/** It was made between the scan that missed it and now; LastModified narrows that down. */
function recreatedAt(goneAt: string, { lastModified }: FunctionConfiguration, now: Date): string {
  if (lastModified && lastModified >= goneAt && lastModified <= now.toISOString()) return lastModified;
  return now.toISOString();
}

/** Takes over a successful read. */
export function noteReading(entry: LedgerEntry, reading: Reading, now: Date): LedgerEntry {
  const { stalledAt, ...rest } = entry;
  const fresh = entry.recreatedAt ? reading.days.filter(({ day }) => day >= dayOf(entry.recreatedAt ?? now)) : reading.days;
  const readFromDay = Math.min(entry.readFromDay ?? reading.fromDay, reading.fromDay);
  const p99 = reading.uncensoredP99Ms ?? entry.uncensoredP99Ms;
  const noted = { ...rest, readFromDay, ...(p99 === undefined ? {} : { uncensoredP99Ms: p99 }) };
  if (fresh.length === 0) return noted;
  const first = fresh.reduce((least, { day }) => Math.min(least, day), Number.POSITIVE_INFINITY);
  const last = fresh.reduce((most, { day }) => Math.max(most, day), 0);
  const longest = fresh.reduce((a, b) => (b.maxMs > a.maxMs ? b : a));
  return {
    ...noted,
    days: mergeDays(entry.days, fresh, reading.fromDay, dayOf(now)),
    firstActiveDay: Math.min(entry.firstActiveDay ?? first, first),
    lastActiveDay: Math.max(entry.lastActiveDay ?? last, last),
    record: entry.record && entry.record.maxMs >= longest.maxMs ? entry.record : { maxMs: longest.maxMs, day: longest.day },
  };
}

/** Takes over how long extensions went on; undefined: not asked for. What could not be read is asked for anew, with all its days. */
export function noteExtensions(entry: LedgerEntry, read: LedgerEntry["extensions"] | "unread"): LedgerEntry {
  if (!read) return entry;
  if (read === "unread") {
    const { extensions, ...rest } = entry;
    return rest;
  }
  const { readFromDay, longestMs } = entry.extensions ?? read;
  return { ...entry, extensions: { readFromDay: Math.min(readFromDay, read.readFromDay), longestMs: Math.max(longestMs, read.longestMs) } };
}

/** A read that failed: usage is known up to `until` only, and from there the next scan reads on. */
export function noteFailure(entry: LedgerEntry, until: string | undefined): LedgerEntry {
  if (entry.readFromDay === undefined || until === undefined || entry.stalledAt) return entry;
  return { ...entry, stalledAt: until };
}

/** A complete list no longer held it. */
export function noteGone(entry: LedgerEntry, now: Date): LedgerEntry {
  return entry.goneAt ? entry : { ...entry, goneAt: now.toISOString() };
}

/** Takes over whether reserved concurrency is 0; undefined: could not be read, so nothing changes. */
export function noteConcurrency(entry: LedgerEntry, reserved: number | null | undefined, now: Date): LedgerEntry {
  if (reserved === undefined) return entry;
  const { switchedOffSince, ...rest } = entry;
  if (reserved !== 0) return rest;
  return { ...rest, switchedOffSince: switchedOffSince ?? now.toISOString() };
}

/** True when both say the same: then nothing is written. */
export function sameEntry(a: LedgerEntry | undefined, b: LedgerEntry): boolean {
  return isDeepStrictEqual(a, b);
}
