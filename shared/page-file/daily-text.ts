/**
 * Daily runs of a function as a short text, for the page: 90 days of 10,000 functions are 1 MB compressed this way. Numbers up to 999
 * are exact, greater ones have three digits: that is what a chart shows.
 */
import type { DailyUse } from "../model/usage.ts";

/** Characters that JSON, HTML and the template of the page leave alone. */
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-.:;=?@[]^_`{|}~";
const base = alphabet.length;
/** Stands for a gap that goes on: so many days and no run. */
const longestGap = base - 1;
const exact = 1000;
const mantissas = 900;

export interface DayRuns {
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
  readonly runs: number;
  readonly longestMs: number;
}

/** Of the days from `firstDay` on, ascending. */
export function dailyText(days: readonly DailyUse[], firstDay: number): string {
  let text = "";
  let next = firstDay;
  for (const { day, samples, maxMs } of days) {
    if (day < firstDay) continue;
    for (; day - next >= longestGap; next += longestGap) text += letter(longestGap);
    text += letter(day - next) + two(samples) + two(maxMs);
    next = day + 1;
  }
  return text;
}

/** The days of a text that `dailyText` wrote with the same `firstDay`. */
export function dailyRuns(text: string, firstDay: number): DayRuns[] {
  const days: DayRuns[] = [];
  let day = firstDay;
  for (let at = 0; at < text.length; ) {
    const gap = alphabet.indexOf(text[at] ?? "");
    at += 1;
    day += gap;
    if (gap === longestGap) continue;
    days.push({ day, runs: number(text.slice(at, at + 2)), longestMs: number(text.slice(at + 2, at + 4)) });
    at += 4;
    day += 1;
  }
  return days;
}

function letter(value: number): string {
  return alphabet[value] ?? "";
}

function two(value: number): string {
  const code = codeOf(Math.round(value));
  return letter(Math.floor(code / base)) + letter(code % base);
}

/** Up to 999 itself; then 900 codes for every power of ten. */
function codeOf(value: number): number {
  if (value < exact) return value;
  let [mantissa, power] = [value, 0];
  for (; Math.round(mantissa) >= exact; mantissa /= 10) power += 1;
  return Math.min(exact + (power - 1) * mantissas + Math.round(mantissa) - 100, base * base - 1);
}

function number(text: string): number {
  const code = alphabet.indexOf(text[0] ?? "") * base + alphabet.indexOf(text[1] ?? "");
  if (code < exact) return code;
  const power = Math.floor((code - exact) / mantissas) + 1;
  return (((code - exact) % mantissas) + 100) * 10 ** power;
}
