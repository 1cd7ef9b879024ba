/** Replays histories of daily longest runs: what would have been recommended, and what came after. Pure but for reading the file. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { bestFactor, chanceOfExceeding, horizonDays, plainFactor, quantile, spreadOf } from "../../shared/usage/timeout-formula.ts";

/** One configuration: `days` are offsets from its first day, `maxMs` the longest run of each. */
export interface History {
  readonly config: string;
  readonly days: readonly number[];
  readonly maxMs: readonly number[];
}

/** One moment at which a recommendation was due. */
export interface Case {
  readonly longestMs: number;
  readonly spread: number;
  /** Longest run of the 90 days that followed. */
  readonly laterMs: number;
}

/** A history must cover this share of its days, and the later 90 days this many, to count. */
const [minimumCoverage, minimumLaterDays] = [0.7, 60];

/** Reads a gzipped JSON array of histories; says in one line what is wrong with it. */
export function readHistories(path: string): History[] {
  const zipped = readFileSync(path);
  let parsed: unknown;
  try {
    parsed = JSON.parse(gunzipSync(zipped).toString("utf8"));
  } catch {
    throw new Error(`${path} is not gzipped JSON`);
  }
  if (!Array.isArray(parsed) || !parsed.every(isHistory)) throw new Error(`${path} is not a list of { config, days, maxMs }`);
  return parsed;
}

function isHistory(value: unknown): value is History {
  const { config, days, maxMs } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof config === "string" && Array.isArray(days) && Array.isArray(maxMs) && days.length === maxMs.length;
}

/** One configuration in three was kept out of the fitting, chosen by its name. */
export function isHeldOut({ config }: History): boolean {
  return createHash("sha256").update(config).digest().readUInt32BE(0) % 3 === 0;
}

/** The daily longest runs before and after one moment, in their order. */
export interface Origin {
  readonly before: readonly number[];
  readonly later: readonly number[];
}

/** Every 90-day origin of every configuration that has `historyDays` before it and 90 days after it. */
export function originsOf(histories: readonly History[], historyDays: number): Origin[] {
  return histories.flatMap(({ days, maxMs }) => {
    const end = (days.at(-1) ?? 0) + 1;
    const origins: Origin[] = [];
    for (let origin = historyDays; origin + horizonDays <= end; origin += horizonDays) {
      const before = maxMs.filter((_, index) => isWithin(days[index], origin - historyDays, origin));
      const later = maxMs.filter((_, index) => isWithin(days[index], origin, origin + horizonDays));
      if (before.length < minimumCoverage * historyDays || later.length < minimumLaterDays) continue;
      origins.push({ before, later });
    }
    return origins;
  });
}

/** What the recommendation is tested on. */
export function casesOf(histories: readonly History[], historyDays: number): Case[] {
  return originsOf(histories, historyDays).map(({ before, later }) => ({
    longestMs: Math.max(...before),
    spread: spreadOf(before),
    laterMs: Math.max(...later),
  }));
}

function isWithin(day: number | undefined, from: number, to: number): boolean {
  return day !== undefined && day >= from && day < to;
}

export interface Outcome {
  readonly cases: number;
  /** Share of cases in which a later run exceeded the recommendation. */
  readonly exceeded: number;
  /** Mean of the chances that were stated beforehand. */
  readonly stated: number;
  /** Recommendation over later maximum, ascending. */
  readonly ratios: Float64Array;
}

/** What the formula's unrounded recommendation would have done. */
export function outcomeOf(cases: readonly Case[], historyDays: number, formula: "plain" | "best"): Outcome {
  const factorOf = ({ spread }: Case) => (formula === "plain" ? plainFactor(historyDays) : bestFactor(historyDays, spread));
  const ratios = Float64Array.from(cases, (one) => (factorOf(one) * one.longestMs) / one.laterMs).sort();
  const stated = cases.map((one) => chanceOfExceeding(factorOf(one), historyDays, one.spread));
  return {
    cases: cases.length,
    exceeded: ratios.filter((ratio) => ratio < 1).length / ratios.length,
    stated: stated.reduce((sum, chance) => sum + chance, 0) / stated.length,
    ratios,
  };
}

/** The trade-off: were every recommendation scaled until `share` of the cases exceed it, the median of recommendation over later maximum. */
export function medianAt({ ratios }: Outcome, share: number): number {
  return quantile(ratios, 0.5) / quantile(ratios, share);
}
