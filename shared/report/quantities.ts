/** Numbers and dates as people read them in tables. */
import { dayMs } from "../model/day.ts";

/** `12.1 s`, `840 ms`: always seconds from one second on, to be compared with a timeout beside it. */
export function secondsText(ms: number): string {
  const wholeMs = Math.round(ms);
  // the same tenth that sentences round to: toFixed alone makes 1.4 of 1.45
  return wholeMs < 1000 ? `${wholeMs} ms` : `${(Math.round(wholeMs / 100) / 10).toFixed(1)} s`;
}

/** `3 minutes`, `2 hours`, `12 days`: how long ago, in the largest unit that fits. */
export function ageText(ms: number): string {
  const units = [
    [dayMs, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1000, "second"],
  ] as const;
  for (const [size, unit] of units) if (ms >= size) return count(Math.floor(ms / size), unit);
  return "less than a second";
}

/** `1 function`, `41 functions`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(number)} ${number === 1 ? singular : plural}`;
}

/** `41,207`. */
export function grouped(number: number): string {
  return number.toLocaleString("en-US");
}
