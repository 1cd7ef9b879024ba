/** Why a function may be quiet and yet needed, or busy and yet unused. Pure. */
import type { Activity } from "../model/document.ts";
import type { CandidateRead } from "../model/snapshot.ts";
import type { DailyUse } from "../model/usage.ts";
import { isLive, type Wired } from "./wiring.ts";

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

export function activityOf(
  wired: Wired,
  days: readonly DailyUse[],
  candidate: CandidateRead | undefined,
  deployTime: string | undefined,
  today: number,
): ActivityAnswer {
  if (candidate?.reservedConcurrency === 0) return { activity: "switched-off", reason: "reserved concurrency is 0" };
  const role = dormantRole(wired) ?? deployTime;
  if (role) return { activity: "dormant-by-role", reason: role };
  const warmer = onlyWarmer(wired, days, today);
  if (warmer) return { activity: "warmed-only", reason: `only ${warmer} calls it` };
  const switches = [...wired.mappings, ...wired.eventRules, ...wired.schedules.map((schedule) => ({ enabled: isLive(schedule) }))];
  if (switches.length > 0 && switches.every(({ enabled }) => !enabled))
    return { activity: "paused", reason: "all its triggers are disabled" };
  return { activity: days.length === 0 ? "never" : "normal" };
}

function dormantRole(wired: Wired): string | undefined {
  const [alarm] = wired.alarms;
  if (alarm) return `action of alarm ${alarm.alarmName}`;
  const rule = wired.eventRules.find(({ enabled }) => enabled);
  if (rule) return `rule ${rule.name} waits for ${rule.sources.join(", ")}`;
  return wired.fedByDeadLetters ? "works off a dead-letter queue" : undefined;
}

/**
 * The name of the schedule that keeps the function warm, when it alone explains every call of the last 30 days: its input or
 * name says that it warms, and there were no more calls than it makes, all of them short.
 */
function onlyWarmer({ schedules }: Wired, days: readonly DailyUse[], today: number): string | undefined {
  const warmers = schedules.filter((schedule) => isLive(schedule) && (schedule.warmer || /warm/i.test(schedule.name)));
  const perDay = warmers.reduce((sum, { period }) => sum + (period.kind === "repeating" ? period.runsPerDay : 0), 0);
  // a schedule with work to do beside the warmer explains calls, too
  if (warmers.length === 0 || schedules.some((schedule) => isLive(schedule) && !warmers.includes(schedule))) return undefined;
  const recent = days.filter(({ day }) => day > today - warmDays);
  if (recent.length === 0) return undefined;
  const warmOnly = recent.every(({ samples, maxMs }) => samples <= Math.ceil(perDay * warmTolerance) && maxMs <= warmMaxMs);
  return warmOnly ? warmers.map(({ name }) => name).join(", ") : undefined;
}
