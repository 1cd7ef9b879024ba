/** Why a function may be quiet and yet needed, or busy and yet unused. Pure. */
import type { Activity, TriggerKind } from "../model/document.ts";
import type { CandidateRead } from "../model/snapshot.ts";
import type { DailyUse } from "../model/usage.ts";
import type { Start } from "./starts.ts";

export interface ActivityAnswer {
  readonly activity: Activity;
  readonly reason?: string;
}

/** Days of history that must all look like warm-ups and nothing else. */
const warmDays = 30;
/** A warm-up returns at once. */
const warmMaxMs = 100;
/** Calls beyond the warmer's own that are still taken for retries and clock drift. */
const warmTolerance = 1.05;
/** Used this lately by something else, a function is not quiet, whatever else may start it. */
const busyDays = 14;

/** What a person switches off to pause something. An API that is not let in, or a subscription that waits, is nobody's pause. */
const pausable: ReadonlySet<TriggerKind> = new Set(["event-source-mapping", "rule", "event-rule", "schedule", "pipe", "alarm", "iot-rule"]);

export function activityOf(
  starts: readonly Start[],
  days: readonly DailyUse[],
  candidate: CandidateRead | undefined,
  deployTime: string | undefined,
  today: number,
): ActivityAnswer {
  if (candidate?.reservedConcurrency === 0) return { activity: "switched-off", reason: "reserved concurrency is 0" };
  const role = waits(candidate) ?? dormantRole(starts, days, today) ?? deployTime;
  if (role) return { activity: "dormant-by-role", reason: role };
  const warmer = onlyWarmer(starts, days, today);
  if (warmer) return { activity: "warmed-only", reason: `only ${warmer} calls it` };
  if (starts.some(({ trigger }) => pausable.has(trigger.kind)) && starts.every(({ trigger }) => !trigger.enabled))
    return { activity: "paused", reason: "all its triggers are disabled" };
  return { activity: days.length === 0 ? "never" : "normal" };
}

/** A durable function sleeps between its steps, up to a year. */
function waits(candidate: CandidateRead | undefined): string | undefined {
  const since = candidate?.waitingSince;
  return since === undefined || since === null ? undefined : `an execution of it waits${since ? `, begun on ${since.slice(0, 10)}` : ""}`;
}

function dormantRole(starts: readonly Start[], days: readonly DailyUse[], today: number): string | undefined {
  const live = starts.filter(({ trigger }) => trigger.enabled);
  const rare = live.find(({ trigger }) => trigger.pace === "rare");
  const isBusy = days.some(({ day }) => day > today - busyDays) && live.some(({ trigger }) => trigger.pace !== "rare");
  return isBusy ? undefined : rare?.trigger.why;
}

/**
 * The name of the schedule that keeps the function warm, when it alone explains every call of the last 30 days: its input marks the
 * calls as warming ones, and there were no more calls than it makes, all of them short.
 */
function onlyWarmer(starts: readonly Start[], days: readonly DailyUse[], today: number): string | undefined {
  const schedules = starts.filter(({ trigger, runsPerDay }) => trigger.enabled && runsPerDay !== undefined);
  const warmers = schedules.filter(({ warms }) => warms);
  // a schedule with work to do beside the warmer explains calls, too
  if (warmers.length === 0 || warmers.length < schedules.length) return undefined;
  const perDay = warmers.reduce((sum, { runsPerDay = 0 }) => sum + runsPerDay, 0);
  const recent = days.filter(({ day }) => day > today - warmDays);
  if (recent.length === 0) return undefined;
  const warmOnly = recent.every(({ samples, maxMs }) => samples <= Math.ceil(perDay * warmTolerance) && maxMs <= warmMaxMs);
  return warmOnly ? warmers.map(({ trigger }) => trigger.why?.replace(/^(rule|schedule) /, "")).join(", ") : undefined;
}
