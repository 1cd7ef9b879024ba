/** Small drawings of numbers: SVG, so that they are sharp on paper and take the colours of the page. */
import type { DayRuns } from "../shared/page-file/daily-text.ts";
import { svg } from "./dom.ts";

/** Runs of each day as bars; the words say it to who does not see them. */
export function sparkline(days: readonly DayRuns[], firstDay: number, lastDay: number, words: string): SVGElement {
  const [width, height] = [84, 22];
  const most = Math.max(1, ...days.map(({ runs }) => runs));
  const step = width / Math.max(1, lastDay - firstDay + 1);
  const d = days
    .filter(({ day }) => day >= firstDay)
    .map(({ day, runs }) => {
      // roots: a quiet day beside a busy one is still seen
      const tall = round(Math.max(1.5, Math.sqrt(runs / most) * height));
      return `M${round((day - firstDay + 0.5) * step)} ${height}v-${tall}`;
    })
    .join("");
  return svg(
    "svg",
    { class: "spark", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": words },
    svg("path", { d, "stroke-width": round(Math.max(0.7, step * 0.75)) }),
  );
}

/** The longest run within the timeout, as a bar that is full where the timeout is reached. */
export function fill(share: number, verdict: string, words: string): SVGElement {
  const [width, height] = [60, 10];
  const filled = round(Math.min(1, Math.max(0.015, share)) * width);
  return svg(
    "svg",
    { class: `fill ${verdict}`, viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": words },
    svg("rect", { class: "whole", width, height, rx: 2 }),
    svg("rect", { class: "part", width: filled, height, rx: 2 }),
  );
}

/** Needed of allowed actions. */
export function shareBar(part: number, whole: number, words: string): SVGElement {
  const [width, height] = [320, 14];
  const filled = round(whole === 0 ? 0 : Math.max(part > 0 ? 2 : 0, (part / whole) * width));
  return svg(
    "svg",
    { class: "share", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words },
    svg("rect", { class: "whole", width, height, rx: 3 }),
    svg("rect", { class: "part", width: filled, height, rx: 3 }),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
