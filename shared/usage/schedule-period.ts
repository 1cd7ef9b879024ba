/** How rarely a schedule runs, and whether it still does. Pure. */
import { dayMs, dayOf } from "../model/day.ts";
import type { Cron } from "./cron.ts";
import { daysBefore, daysFrom, readTimetable, type ScheduleText } from "./timetable.ts";

export type Period =
  | {
      readonly kind: "repeating";
      /** Longest wait between two runs, days, the one that goes on now among them; in the clock time of its zone. */
      readonly longestGapDays: number;
      /** Runs in a day on which it runs. */
      readonly runsPerDay: number;
      /** Its first run of all, where that is still to come (a start date). */
      readonly begins?: Date;
    }
  /** Has one more run, at this time. */
  | { readonly kind: "once"; readonly at: Date }
  /** Has no further run. */
  | { readonly kind: "ended" }
  /** Not an expression that we can read; `why` follows the expression in a sentence. */
  | { readonly kind: "unknown"; readonly why: string };

const minutesPerDay = 1440;
/** A yearly or four-yearly schedule shows two of its gaps in this time; a rarer one is followed further. */
const horizonDays = 366 * 8;

/** Reads a schedule as seen from `now`. Never throws. */
export function periodOf(schedule: string | ScheduleText, now: Date): Period {
  const text = typeof schedule === "string" ? { expression: schedule } : schedule;
  const timetable = readTimetable(text);
  if ("why" in timetable) return { kind: "unknown", why: timetable.why };
  const next = timetable.next(now);
  if (!next) return { kind: "ended" };
  if (timetable.kind === "at" || !timetable.next(next)) return { kind: "once", at: next };
  const { everyMs, cron } = timetable;
  const waits = text.startsAt !== undefined && Date.parse(text.startsAt) > now.getTime();
  const begins = waits ? { begins: next } : {};
  if (cron) return { kind: "repeating", longestGapDays: longestGapDays(cron, dayOf(now)), runsPerDay: cron.times.length, ...begins };
  const days = (everyMs ?? dayMs) / dayMs;
  return { kind: "repeating", longestGapDays: days, runsPerDay: 1 / days, ...begins };
}

function longestGapDays({ times, ...cron }: Cron, today: number): number {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  let longest = times.reduce((most, minute, index) => Math.max(most, minute - (times[index - 1] ?? minute)), 0);
  let [before] = daysBefore({ times, ...cron }, today - 1);
  let gaps = 0;
  for (const day of daysFrom({ times, ...cron }, today)) {
    if (before !== undefined) {
      longest = Math.max(longest, (day - before) * minutesPerDay + first - last);
      gaps += 1;
    }
    before = day;
    if (day > today + horizonDays && gaps > 1) break;
  }
  return longest / minutesPerDay;
}
