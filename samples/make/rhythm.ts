/** Usage histories out of a few numbers: always the same for the same function, and yet no two days alike. */
import type { PlannedDay } from "./account-plan.ts";

export interface Rhythm {
  /** First and last day with runs, days ago. */
  readonly from: number;
  /** Absent: it still runs. */
  readonly to?: number;
  /** Runs on an ordinary day. */
  readonly runs: number;
  /** Longest run of an ordinary day. */
  readonly typicalMs: number;
  /** Longest run of all, and when it was. */
  readonly longestMs: number;
  readonly longestDaysAgo: number;
  /** Fewer runs on Saturdays and Sundays. */
  readonly workdays?: boolean;
}

/** The account is read at half past nine: what has run of a day by then. */
const shareOfToday = 0.35;
/** Days ago of the recording's last Saturday, modulo 7: it is a Tuesday. */
const saturday = 3;
const sunday = 2;

/** Runs on every day of `rhythm`. */
export function everyDay(name: string, rhythm: Rhythm): PlannedDay[] {
  const { from, to = 0, runs, typicalMs, longestMs, longestDaysAgo, workdays } = rhythm;
  const random = seededBy(name);
  const days: PlannedDay[] = [];
  for (let daysAgo = from; daysAgo >= to; daysAgo--) {
    // two draws a day, so that a changed rhythm does not change the days after it
    const [busy, slow] = [random(), random()];
    const isWeekend = workdays && (daysAgo % 7 === saturday || daysAgo % 7 === sunday);
    const share = (isWeekend ? 0.1 : 1) * (daysAgo === 0 ? shareOfToday : 1);
    const ordinaryMs = typicalMs * (0.75 + 0.5 * slow ** 3);
    const longest = daysAgo === longestDaysAgo ? longestMs : Math.min(Math.round(ordinaryMs), Math.round(longestMs * 0.96));
    days.push({ daysAgo, runs: Math.max(1, Math.round(runs * (0.8 + 0.4 * busy) * share)), longestMs: longest });
  }
  return days;
}

/** A run on each of these days. */
export function onDays(daysAgo: readonly number[], runs: number, longestMs: readonly number[]): PlannedDay[] {
  return daysAgo.map((ago, i) => ({ daysAgo: ago, runs, longestMs: longestMs[i % longestMs.length] ?? 0 }));
}

/** Mulberry32, seeded by a text (FNV-1a): small, and the same on every machine. */
function seededBy(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
