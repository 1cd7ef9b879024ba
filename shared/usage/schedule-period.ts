/** How rarely a schedule runs. Cron syntax is parsed by aws-cron-parser, which knows L, W, # and years. Pure. */
import awsCronParser from "aws-cron-parser";
import { dayMs, dayOf, startOfDay } from "../model/day.ts";

export type Period =
  /** Longest wait between two runs, and runs in a day on which it runs. */
  | { readonly kind: "repeating"; readonly longestGapDays: number; readonly runsPerDay: number }
  /** Runs once, at this time. */
  | { readonly kind: "once"; readonly at: Date }
  /** Has no further run. */
  | { readonly kind: "ended" }
  /** Not an expression that we can read. */
  | { readonly kind: "unknown" };

const unitDays: Readonly<Record<string, number>> = { minute: 1 / 1440, hour: 1 / 24, day: 1 };
/** Two years and a day: a yearly schedule shows its gap, leap years included. */
const horizonDays = 366 * 2 + 1;

/** Reads `rate(...)`, `cron(...)` or `at(...)` as seen from `now`. */
export function periodOf(expression: string, now: Date): Period {
  const [, kind, body = ""] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === "rate") return rate(body);
  if (kind === "cron") return cron(body, now);
  if (kind !== "at") return { kind: "unknown" };
  const at = new Date(`${body}Z`);
  if (Number.isNaN(at.getTime())) return { kind: "unknown" };
  return at > now ? { kind: "once", at } : { kind: "ended" };
}

function rate(body: string): Period {
  const [, value, unit = ""] = /^(\d+)\s+(minute|hour|day)s?$/.exec(body.trim()) ?? [];
  const days = Number(value) * (unitDays[unit] ?? Number.NaN);
  return days > 0 ? { kind: "repeating", longestGapDays: days, runsPerDay: 1 / days } : { kind: "unknown" };
}

function cron(body: string, now: Date): Period {
  let parsed: ReturnType<typeof awsCronParser.parse>;
  try {
    parsed = awsCronParser.parse(body.trim());
  } catch {
    return { kind: "unknown" };
  }
  const first = awsCronParser.next(parsed, now);
  if (!first) return { kind: "ended" };
  // one run a day is enough to measure gaps: go on from the end of each day that has one
  let longestGapDays = 0;
  let last = first;
  const end = now.getTime() + horizonDays * dayMs;
  while (last.getTime() < end) {
    const next = awsCronParser.next(parsed, new Date(startOfDay(dayOf(last) + 1).getTime() - 1));
    if (!next || next.getTime() <= last.getTime()) break;
    longestGapDays = Math.max(longestGapDays, (next.getTime() - last.getTime()) / dayMs);
    last = next;
  }
  return longestGapDays === 0
    ? { kind: "once", at: first }
    : { kind: "repeating", longestGapDays, runsPerDay: runsOn(parsed, dayOf(first)) };
}

function runsOn(parsed: ReturnType<typeof awsCronParser.parse>, day: number): number {
  const end = startOfDay(day + 1);
  let at: Date | undefined | null = new Date(startOfDay(day).getTime() - 1);
  let runs = 0;
  while (runs < 1440) {
    at = awsCronParser.next(parsed, at);
    if (!at || at >= end) break;
    runs += 1;
  }
  return runs;
}
