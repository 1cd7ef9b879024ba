/** A number over the kept scans as a small line. Pure. */
import { grouped } from "../report/quantities.ts";
import { dateText } from "../wording/words.ts";
import { type Html, html } from "./html-text.ts";

const width = 132;
const height = 30;

export interface TrendPoint {
  readonly at: string;
  /** Null: that scan could not tell. */
  readonly value: number | null;
}

/** The line with its words for who does not see it; nothing where fewer than two scans could tell. */
export function trendLine(points: readonly TrendPoint[]): Html | undefined {
  const known = points.filter((point): point is { at: string; value: number } => point.value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < 2) return undefined;
  const values = known.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [Date.parse(first.at), Date.parse(last.at)];
  const x = (at: string) => round(3 + ((Date.parse(at) - from) / Math.max(1, to - from)) * (width - 6));
  // a number that stays lies in the middle
  const y = (value: number) => round(high === low ? height / 2 : 3 + ((high - value) / (high - low)) * (height - 6));
  const line = known.map(({ at, value }) => `${x(at)},${y(value)}`).join(" ");
  const words = `${grouped(first.value)} on ${dateText(first.at)}, ${grouped(last.value)} on ${dateText(last.at)}`;
  return html`<svg class="trend" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${words}"><polyline points="${line}"/><circle cx="${x(last.at)}" cy="${y(last.value)}" r="2.5"/></svg>`;
}

/** `4 fewer than on 17 Nov 2026`, of the same day `4 fewer than at 06:00 UTC`; undefined where there is nothing to compare with. */
export function trendWords(points: readonly TrendPoint[]): string | undefined {
  const [last, before] = [points.at(-1), points.slice(0, -1).findLast(({ value }) => value !== null)];
  if (!last || last.value === null || !before || before.value === null) return undefined;
  const difference = last.value - before.value;
  const [day, sameDay] = [dateText(before.at), dateText(before.at) === dateText(last.at)];
  const than = `${difference === 0 ? "as" : "than"} ${sameDay ? `at ${before.at.slice(11, 16)} UTC` : `on ${day}`}`;
  return difference === 0 ? `the same ${than}` : `${grouped(Math.abs(difference))} ${difference > 0 ? "more" : "fewer"} ${than}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
