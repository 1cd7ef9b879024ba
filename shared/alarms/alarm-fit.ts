/** Whether an alarm on Duration, ours or anybody's, would tell somebody before runs are cut off. Pure. */
import type { DurationAlarm } from "../model/snapshot.ts";

/** What the alarm is held against. */
export interface Watched {
  readonly timeoutSeconds: number;
  /** Median of the daily longest runs of the last month, milliseconds; absent when not known. */
  readonly usualMs?: number;
}

/** Late points are looked at for somewhat longer than the evaluation periods say; how long AWS does not say. */
const lateSeconds = 300;

/** True when the threshold lies at or above the timeout: it cannot go off before runs are cut off. */
export function isBehindTimeout(alarm: DurationAlarm, timeoutSeconds: number): boolean {
  return !alarm.computed && watchesTail(alarm) && alarm.thresholdMs >= timeoutSeconds * 1000;
}

/** Why `alarm` is of no use for this timeout; undefined when it fits, or when that cannot be told (`computed`). */
export function misfitOf(alarm: DurationAlarm, { timeoutSeconds, usualMs = 0 }: Watched): string | undefined {
  if (alarm.computed) return undefined;
  const { thresholdMs, actions, actionsEnabled, qualifier, statistic, comparison, periodSeconds, evaluationPeriods } = alarm;
  if (!watchesTail(alarm))
    return `it looks at ${statistic} ${comparison.startsWith("Greater") ? "" : `(${comparison}) `}which hides the longest run`;
  if (thresholdMs >= timeoutSeconds * 1000)
    return `its threshold of ${seconds(thresholdMs)} is not below the timeout of ${timeoutSeconds} s`;
  if (!actionsEnabled) return "its actions are switched off";
  if (actions.length === 0) return "it reaches nobody: it has no action";
  if (qualifier !== undefined) return `it watches ${qualifier} only`;
  if (thresholdMs <= usualMs) return `its threshold of ${seconds(thresholdMs)} is below what the function takes on most days`;
  const window = periodSeconds * evaluationPeriods;
  if (window + lateSeconds < thresholdMs / 1000) return `it looks back ${window} s only, and a run counts where it began`;
  return undefined;
}

/** The longest run of a minute, or so high a percentile that it comes near. */
function watchesTail({ statistic, comparison }: DurationAlarm): boolean {
  return comparison.startsWith("Greater") && /^(Maximum|p99(\.\d+)?|p100)$/.test(statistic);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 10) / 100} s`;
}
