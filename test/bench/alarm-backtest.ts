/** Replays histories against alarms: did the warning come on an earlier day than the run that was cut off? Pure. */
import { criticalThresholdMs, warningThresholdMs } from "../../shared/alarms/alarm-shape.ts";
import type { Origin } from "./timeout-backtest.ts";

/** Where an alarm's threshold lies, given the longest run so far and the timeout. */
export interface AlarmKind {
  readonly name: string;
  readonly thresholdMs: (longestMs: number, timeoutSeconds: number) => number;
}

export const alarmKinds: readonly AlarmKind[] = [
  { name: "sqrt(M x T)", thresholdMs: warningThresholdMs },
  { name: "80 % of T", thresholdMs: (_, timeoutSeconds) => 800 * timeoutSeconds },
  { name: "90 % of T", thresholdMs: (_, timeoutSeconds) => criticalThresholdMs(timeoutSeconds) },
  { name: "95 % of T", thresholdMs: (_, timeoutSeconds) => 950 * timeoutSeconds },
];

export interface AlarmOutcome {
  /** Cases in which some later run exceeded the timeout. */
  readonly overruns: number;
  /** Of those, in which the alarm went off on an earlier day. */
  readonly earlier: number;
  /** Mean of the days between the warning and the first overrun, where it was earlier. */
  readonly leadDays: number;
  /** Cases without an overrun. */
  readonly calm: number;
  /** Of those, in which the alarm went off all the same. */
  readonly rung: number;
}

/** What an alarm would have done with timeouts of `ratio` times the longest run. */
export function alarmOutcome(origins: readonly Origin[], ratio: number, { thresholdMs }: AlarmKind): AlarmOutcome {
  const count = { overruns: 0, earlier: 0, calm: 0, rung: 0 };
  let lead = 0;
  for (const { before, later } of origins) {
    const longestMs = Math.max(...before);
    const timeoutMs = ratio * longestMs;
    const threshold = thresholdMs(longestMs, timeoutMs / 1000);
    const overrun = later.findIndex((ms) => ms > timeoutMs);
    const warned = later.findIndex((ms) => ms >= threshold);
    if (overrun < 0) {
      count.calm += 1;
      if (warned >= 0) count.rung += 1;
      continue;
    }
    count.overruns += 1;
    if (warned < 0 || warned >= overrun) continue;
    count.earlier += 1;
    lead += overrun - warned;
  }
  return { ...count, leadDays: count.earlier === 0 ? 0 : lead / count.earlier };
}
