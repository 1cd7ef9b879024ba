/**
 * The clock on the wall of whoever reads the messages. Pure. Everything is asked of the local date and time, and nothing counted in hours,
 * so that a night in which the clocks are changed is as long as it is.
 */
import { type DigestTiming, weekdays } from "../model/digest-timing.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;

interface Local {
  /** `2026-11-30`. */
  readonly day: string;
  /** Since midnight by the wall clock. */
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
    format = new Intl.DateTimeFormat("en-CA", { timeZone, ...digits, hourCycle: "h23" });
    formats.set(timeZone, format);
  }
  return format;
}

function localOf(timeZone: string, at: Date): Local {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day, hour, minute] = (["year", "month", "day", "hour", "minute"] as const).map((type) => parts.get(type) ?? "");
  return { day: `${year}-${month}-${day}`, minutes: Number(hour) * 60 + Number(minute) };
}

/** Whether it is within the quiet hours. */
export function isQuiet({ quietHours, timeZone }: DigestTiming, at: Date): boolean {
  if (!quietHours) return false;
  const { from, to } = quietHours;
  const { minutes } = localOf(timeZone, at);
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

/** When the quiet hours that `at` is in end, to the minute; undefined: it is in none. */
export function quietUntil(timing: DigestTiming, at: Date): Date | undefined {
  if (!isQuiet(timing, at)) return undefined;
  let end = Math.ceil((at.getTime() + 1) / minuteMs) * minuteMs;
  // a day has at most 25 hours, and a change of clocks may add to them
  for (let minutes = 0; minutes < 27 * 60 && isQuiet(timing, new Date(end)); minutes += 1) end += minuteMs;
  return new Date(end);
}

/** The last day, today included, on which the weekly digest is due: `2026-11-30`. */
export function weeklyDay({ timeZone, weeklyOn }: DigestTiming, at: Date): string {
  const today = new Date(`${localOf(timeZone, at).day}T00:00:00Z`);
  const ago = (today.getUTCDay() - weekdays.indexOf(weeklyOn) + 7) % 7;
  return new Date(today.getTime() - ago * dayMs).toISOString().slice(0, 10);
}

/** The next day on which one is due. */
export function nextWeeklyDay(timing: DigestTiming, at: Date): string {
  return new Date(Date.parse(`${weeklyDay(timing, at)}T00:00:00Z`) + 7 * dayMs).toISOString().slice(0, 10);
}

/**
 * Whether a weekly digest is due.
 * @param last when the last one went out, or since when there is the channel; a time that cannot be does not keep it back
 */
export function weeklyIsDue(timing: DigestTiming, last: string | undefined, at: Date): boolean {
  const then = new Date(last ?? "");
  if (Number.isNaN(then.getTime()) || then.getTime() > at.getTime() + dayMs) return true;
  return localOf(timing.timeZone, then).day < weeklyDay(timing, at);
}

/** `07:00 Europe/Berlin`. */
export function localTimeText(timeZone: string, at: Date): string {
  const { minutes } = localOf(timeZone, at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${timeZone}`;
}
