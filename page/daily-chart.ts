/** Runs and longest runs per day of one function, with the timeout and what is recommended drawn in. */
import { dayText } from "../shared/model/day.ts";
import type { DayRuns } from "../shared/page-file/daily-text.ts";
import { grouped, secondsText } from "../shared/report/quantities.ts";
import { dateText } from "../shared/wording/words.ts";
import { type Child, h, svg } from "./dom.ts";

export interface DailyChart {
  readonly days: readonly DayRuns[];
  readonly firstDay: number;
  readonly lastDay: number;
  readonly timeoutSeconds: number;
  readonly recommendedSeconds?: number;
}

const left = 64;
const right = 12;
const width = 860;
const panel = 120;
const plot = width - left - right;

/** Two panels one above the other, and the same numbers as a table. */
export function dailyChart(chart: DailyChart): HTMLElement {
  const figure = h(
    "figure",
    { class: "daily" },
    runsPanel(chart),
    longestPanel(chart),
    h("details", {}, h("summary", {}, "The same as numbers"), numbers(chart)),
  );
  // on a narrow screen not all days are in sight: the last ones are asked for first
  requestAnimationFrame(() => figure.scrollTo({ left: figure.scrollWidth }));
  return figure;
}

function runsPanel(chart: DailyChart): SVGElement {
  const most = ceiling(Math.max(1, ...chart.days.map(({ runs }) => runs)));
  const y = (runs: number) => panel - (runs / most) * panel;
  const step = plot / span(chart);
  const bars = chart.days.map(({ day, runs }) =>
    svg(
      "rect",
      {
        class: "bar",
        x: round(xOf(chart, day)),
        y: round(y(runs)),
        width: round(Math.max(1, step * 0.8)),
        height: round(Math.max(1, panel - y(runs))),
      },
      svg("title", {}, `${dateText(dayText(day))}: ${grouped(runs)} runs`),
    ),
  );
  const total = chart.days.reduce((sum, { runs }) => sum + runs, 0);
  const words = `Runs per day: ${grouped(total)} on ${chart.days.length} days between ${dateText(dayText(chart.firstDay))} and ${dateText(dayText(chart.lastDay))}, at most ${grouped(Math.max(0, ...chart.days.map(({ runs }) => runs)))} a day`;
  return frame(words, "Runs a day", [grid(0, most, grouped, y), bars], chart);
}

function longestPanel(chart: DailyChart): SVGElement {
  const { days, timeoutSeconds, recommendedSeconds } = chart;
  const longest = Math.max(0, ...days.map(({ longestMs }) => longestMs));
  const most = Math.max(timeoutSeconds * 1000, (recommendedSeconds ?? 0) * 1000, longest) * 1.06;
  const y = (ms: number) => panel - (ms / most) * panel;
  const dots = days.map(({ day, longestMs }) =>
    svg(
      "circle",
      {
        class: longestMs >= timeoutSeconds * 1000 ? "dot over" : "dot",
        cx: round(xOf(chart, day) + plot / span(chart) / 2),
        cy: round(y(longestMs)),
        r: span(chart) > 200 ? 1.6 : 2.4,
      },
      svg("title", {}, `${dateText(dayText(day))}: longest run ${secondsText(longestMs)}`),
    ),
  );
  const line = (seconds: number, name: string, words: string, below: boolean) => [
    svg("line", { class: name, x1: left, x2: width - right, y1: round(y(seconds * 1000)), y2: round(y(seconds * 1000)) }),
    svg("text", { class: name, x: width - right, y: round(y(seconds * 1000) + (below ? 13 : -5)), "text-anchor": "end" }, words),
  ];
  const near = recommendedSeconds !== undefined && Math.abs(y(recommendedSeconds * 1000) - y(timeoutSeconds * 1000)) < 16;
  const lower = recommendedSeconds !== undefined && recommendedSeconds < timeoutSeconds;
  const marks = [
    line(timeoutSeconds, "timeout", `timeout ${timeoutSeconds} s`, near && !lower),
    recommendedSeconds === undefined || recommendedSeconds === timeoutSeconds
      ? undefined
      : line(recommendedSeconds, "recommended", `recommended ${recommendedSeconds} s`, near && lower),
  ];
  const words = `Longest run of each day: at most ${secondsText(longest)}, timeout ${timeoutSeconds} s${recommendedSeconds === undefined ? "" : `, recommended ${recommendedSeconds} s`}`;
  return frame(words, "Longest run", [grid(0, longest, secondsText, y), dots, marks], chart);
}

function frame(words: string, name: string, content: Child, chart: DailyChart): SVGElement {
  const axis = [chart.firstDay, Math.round((chart.firstDay + chart.lastDay) / 2), chart.lastDay].map((day, i) =>
    svg(
      "text",
      {
        x: round(i === 0 ? left : i === 1 ? left + plot / 2 : width - right),
        y: panel + 16,
        "text-anchor": i === 0 ? "start" : i === 1 ? "middle" : "end",
      },
      dateText(dayText(day)),
    ),
  );
  return svg(
    "svg",
    { viewBox: `0 -22 ${width} ${panel + 44}`, role: "img", "aria-label": words },
    svg("text", { class: "name", x: 0, y: -10 }, name),
    content,
    svg("line", { class: "axis", x1: left, x2: width - right, y1: panel, y2: panel }),
    axis,
  );
}

/** Bottom and top of the scale, as lines with their values. */
function grid(low: number, high: number, words: (value: number) => string, y: (value: number) => number): Child {
  return [...new Set([low, high / 2, high])].map((value) => [
    svg("line", { class: "grid", x1: left, x2: width - right, y1: round(y(value)), y2: round(y(value)) }),
    svg("text", { x: left - 8, y: round(y(value) + 4), "text-anchor": "end" }, words(value)),
  ]);
}

function numbers({ days }: DailyChart): HTMLElement {
  const rows = days
    .toReversed()
    .map(({ day, runs, longestMs }) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, dayText(day)),
        h("td", { class: "numeric" }, grouped(runs)),
        h("td", { class: "numeric" }, secondsText(longestMs)),
      ),
    );
  return h(
    "table",
    { class: "small" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, "Day (UTC)"),
        h("th", { scope: "col", class: "numeric" }, "Runs"),
        h("th", { scope: "col", class: "numeric" }, "Longest run"),
      ),
    ),
    h("tbody", {}, rows),
  );
}

function span({ firstDay, lastDay }: DailyChart): number {
  return Math.max(1, lastDay - firstDay + 1);
}

function xOf(chart: DailyChart, day: number): number {
  return left + ((day - chart.firstDay) / span(chart)) * plot;
}

/** The next number with one digit, two where that is far: the top of a scale. */
function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
