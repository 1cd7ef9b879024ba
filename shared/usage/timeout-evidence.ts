/** What a function's daily use proves about how long it runs: over which days, and which runs its timeout cut off. Pure. */

import { metricRetentionDays } from "../data/service-limits.ts";
import type { DailyUse, TimeoutInForce } from "../model/usage.ts";
import { horizonDays } from "./timeout-formula.ts";

/** Days of one function that may be compared with each other. */
export interface Evidence {
  /** Days with runs, ascending. */
  readonly days: readonly DailyUse[];
  readonly samples: number;
  readonly observedDays: number;
  readonly longest: DailyUse | undefined;
}

/** A day on which the longest run ended at a timeout. */
export interface CutOff {
  readonly day: number;
  readonly maxMs: number;
  /** The timeout that cut it off. */
  readonly seconds: number;
  /** Whether CloudWatch counted failures that day, as a timeout is one. */
  readonly failed: boolean;
}

/** A run ends at its timeout when it comes this near, milliseconds (reference, section 2). */
const cutOffMarginMs = 5;
/** Lambda reports runs that it cut off as up to this much longer than a whole second: public logs say `3003.17 ms`. */
const plateauAboveMs = 20;
/** Fewer days at the same whole second may be chance. */
const plateauDays = 2;

/** From this long on, milliseconds, a run was ended by its timeout and not by itself. */
export function cutOffFromMs(timeoutSeconds: number): number {
  return timeoutSeconds * 1000 - cutOffMarginMs;
}

/** The whole second at which a run of this length was ended, if a timeout ended it; undefined where it ended in between. */
export function wholeSecondOf(maxMs: number): number | undefined {
  const seconds = Math.floor((maxMs + cutOffMarginMs) / 1000);
  return seconds >= 1 && maxMs <= seconds * 1000 + plateauAboveMs ? seconds : undefined;
}

/**
 * Evidence of the days from `fromDay`. The observed time begins with the first run, not with `fromDay`: a function that was made or first called last week
 * has shown one week, however far back we could have seen. For one that runs rarely this makes the time a little short, which errs to longer timeouts.
 */
export function evidenceSince(fromDay: number, days: readonly DailyUse[], knownFromDay: number, today: number): Evidence {
  const within = days.filter(({ day, samples }) => day >= fromDay && samples > 0);
  const began = Math.max(fromDay, knownFromDay, within[0]?.day ?? today);
  const longest = within.reduce<DailyUse | undefined>((most, one) => (most && most.maxMs > one.maxMs ? most : one), undefined);
  return {
    days: within,
    samples: within.reduce((sum, { samples }) => sum + samples, 0),
    observedDays: Math.min(Math.max(today - began, 0), metricRetentionDays),
    longest,
  };
}

/** The days whose longest run was cut off, by the timeout in force then. */
export function cutOffs(days: readonly DailyUse[], timeouts: readonly TimeoutInForce[], timeoutSeconds: number): CutOff[] {
  const known = timeouts.length > 0 ? [...timeouts].sort((a, b) => a.fromDay - b.fromDay) : [{ fromDay: 0, seconds: timeoutSeconds }];
  const everKnown = [...new Set([...known.map(({ seconds }) => seconds), timeoutSeconds])];
  const lowest = Math.min(...everKnown);
  return days.flatMap((one) => {
    // most days of most functions end here
    if (one.maxMs < cutOffFromMs(lowest)) return [];
    const inForce = inForceOn(one.day, known);
    // longer than anything in force could let it run: we learned of a change late, so any timeout we know may be meant
    const unexplained = inForce.every((seconds) => one.maxMs > overrunMs(seconds));
    const cutBy = (unexplained ? everKnown : inForce).filter((seconds) => isAt(one.maxMs, seconds));
    return cutBy.length === 0 ? [] : [{ day: one.day, maxMs: one.maxMs, seconds: Math.max(...cutBy), failed: one.errors > 0 }];
  });
}

/**
 * Days that a timeout cut off which was in force before we first looked, and which nobody told us. It shows as a plateau: the longest runs of several
 * days end at the same whole second, below today's timeout, invocations failed on those days, and no run in their time was longer.
 */
export function plateaus(days: readonly DailyUse[], timeoutSeconds: number, unseenUntilDay: number | undefined): CutOff[] {
  if (unseenUntilDay === undefined) return [];
  const unseen = days.filter(({ day }) => day <= unseenUntilDay);
  const ends = unseen.flatMap((one) => {
    const seconds = wholeSecondOf(one.maxMs);
    return one.errors > 0 && seconds !== undefined && seconds < timeoutSeconds ? [{ ...one, seconds }] : [];
  });
  return [...Map.groupBy(ends, ({ seconds }) => seconds)].flatMap(([seconds, at]) => {
    const [from, to] = [at[0]?.day ?? 0, at.at(-1)?.day ?? 0];
    const outrun = unseen.some(({ day, maxMs }) => day >= from && day <= to && maxMs > seconds * 1000 + plateauAboveMs);
    return at.length < plateauDays || outrun ? [] : at.map(({ day, maxMs }) => ({ day, maxMs, seconds, failed: true }));
  });
}

/** Timeouts that some run of `day` can have had: on the day of a change, the old one and the new one. `known` is ascending by day. */
function inForceOn(day: number, known: readonly TimeoutInForce[]): number[] {
  const atStart = known.findLast(({ fromDay }) => fromDay < day) ?? known[0];
  const changed = known.filter(({ fromDay }) => fromDay === day);
  return [...(atStart ? [atStart] : []), ...changed].map(({ seconds }) => seconds);
}

function isAt(maxMs: number, seconds: number): boolean {
  return maxMs >= cutOffFromMs(seconds) && maxMs <= overrunMs(seconds);
}

/** Lambda stops a run at its timeout or a few milliseconds later; anything beyond 1 % and a quarter second had another timeout. */
function overrunMs(seconds: number): number {
  return seconds * 1010 + 250;
}

/**
 * Runs were cut off by a lower timeout than today's: the evidence since it was raised, if that outweighs them. It does when it is enough by itself
 * and holds a run longer than the cut-off ones (so such runs are now seen whole), or spans as many days as we want to foresee.
 */
export function evidenceAfter(
  cuts: readonly CutOff[],
  all: Evidence,
  timeouts: readonly TimeoutInForce[],
  knownFromDay: number,
  today: number,
  isEnough: (evidence: Evidence) => boolean,
): Evidence | undefined {
  const lastCut = Math.max(...cuts.map(({ day }) => day));
  const changes = timeouts.map(({ fromDay }) => fromDay).filter((day) => day > lastCut);
  const since = evidenceSince(changes.length > 0 ? Math.min(...changes) : lastCut + 1, all.days, knownFromDay, today);
  const outran = (since.longest?.maxMs ?? 0) > Math.max(...cuts.map(({ maxMs }) => maxMs));
  return isEnough(since) && (outran || since.observedDays >= horizonDays) ? since : undefined;
}
