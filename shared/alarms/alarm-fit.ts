/** Whether an alarm on Duration, ours or anybody's, would tell somebody before runs are cut off. Pure. */
import type { DurationAlarm } from "../model/duration-alarm.ts";

/** What the alarm is held against. */
export interface Watched {
  readonly timeoutSeconds: number;
  /** Median of the daily longest runs of the last month, milliseconds; absent when not known. */
  readonly usualMs?: number;
  readonly duration?: { readonly samples: number; readonly observedDays: number };
}

/** Late points are looked at for somewhat longer than the evaluation periods say; how long AWS does not say. */
const lateSeconds = 300;

/** True when the threshold lies at or above the timeout: it cannot go off before runs are cut off. */
export function isBehindTimeout(alarm: DurationAlarm, timeoutSeconds: number): boolean {
  return !alarm.computed && watchesTail(alarm) && alarm.thresholdMs >= timeoutSeconds * 1000;
}

/** Busy hours may have this many times the runs of an average one. */
const busyFactor = 3;

/** Why nobody would hear `alarm`; undefined when somebody does: by its own action, by a composite alarm, by a rule on its events. */
export function muteReasonOf({ actions, actionsEnabled, passedOnBy = [] }: DurationAlarm): string | undefined {
  if (passedOnBy.length > 0) return undefined;
  if (actions.length === 0) return "it reaches nobody: it has no action";
  return actionsEnabled ? undefined : "it reaches nobody: its actions are switched off";
}

/** Why `alarm` is of no use for this timeout, whoever hears it; undefined when it fits, or when that cannot be told (`computed`). */
export function misfitOf(alarm: DurationAlarm, { timeoutSeconds, usualMs = 0, duration }: Watched): string | undefined {
  if (alarm.computed) return undefined;
  const { thresholdMs, qualifier, statistic, comparison, periodSeconds, evaluationPeriods } = alarm;
  if (!watchesTail(alarm))
    return `it looks at ${statistic} ${comparison.startsWith("Greater") ? "" : `(${comparison}) `}which hides the longest run`;
  if (thresholdMs >= timeoutSeconds * 1000)
    return `its threshold of ${seconds(thresholdMs)} is not below the timeout of ${timeoutSeconds} s`;
  if (qualifier !== undefined) return `it watches ${qualifier} only`;
  if (thresholdMs <= usualMs) return `its threshold of ${seconds(thresholdMs)} is below what the function takes on most days`;
  const window = periodSeconds * evaluationPeriods;
  if (window + lateSeconds < thresholdMs / 1000) return `it looks back ${window} s only, and a run counts where it began`;
  return duration && neverGoesOff(alarm, duration);
}

/**
 * Too few runs to make so many bad periods within its window. Where missing data is `missing`, the last bad period alone makes it go off in the end,
 * and as `breaching` it does not need any (CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data").
 */
function neverGoesOff(alarm: DurationAlarm, { samples, observedDays }: NonNullable<Watched["duration"]>): string | undefined {
  const { datapointsToAlarm, evaluationPeriods, periodSeconds, treatMissing } = alarm;
  if (datapointsToAlarm <= 1 || observedDays < 1 || (treatMissing !== "notBreaching" && treatMissing !== "ignore")) return undefined;
  const inWindow = (busyFactor * (samples / observedDays) * evaluationPeriods * periodSeconds) / 86_400;
  if (inWindow >= datapointsToAlarm) return undefined;
  return `it cannot go off: it wants ${datapointsToAlarm} bad periods of ${periodSeconds} s out of ${evaluationPeriods}, and the function runs too rarely for that`;
}

/** The longest run of a minute, or so high a percentile that it comes near. */
function watchesTail({ statistic, comparison }: DurationAlarm): boolean {
  return comparison.startsWith("Greater") && /^(Maximum|p99(\.\d+)?|p100)$/.test(statistic);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 10) / 100} s`;
}
