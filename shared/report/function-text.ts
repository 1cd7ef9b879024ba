/** How a function's last use and its timeout read, wherever they are shown. */
import type { FunctionFacts } from "../model/document.ts";
import type { TimeoutVerdict } from "../model/usage.ts";
import { dateText, percentText } from "../wording/words.ts";
import type { Paint } from "./look.ts";
import { count, secondsText } from "./quantities.ts";

const barLength = 14;

/** How a timeout verdict reads. */
export const verdictWords: Readonly<Record<TimeoutVerdict, string>> = {
  "timing-out": "timing out",
  tight: "tight",
  fine: "fine",
  loose: "loose",
  "insufficient-data": "too few",
  unknown: "unknown",
};

/** `3 Sep 2025`, `never seen (455 d)`, `unknown`: no `today`, for it is read on other days than the scan's. */
export function lastUsedText({ lastInvocation }: Pick<FunctionFacts, "lastInvocation">): string {
  if (lastInvocation.state === "invoked" && lastInvocation.at) return dateText(lastInvocation.at);
  if (lastInvocation.state === "none-seen") return `never seen (${lastInvocation.lookbackDays} d)`;
  return "unknown";
}

/** `446 d`; with `>` where only an earliest sign of existence is known. */
export function quietText({ lastInvocation }: Pick<FunctionFacts, "lastInvocation">): string {
  const { quietDays, state } = lastInvocation;
  if (quietDays === undefined) return "-";
  return `${state === "none-seen" ? ">" : ""}${quietDays} d`;
}

/** `9.7 s`; with `≥` where runs were cut off. */
export function longestText({ duration }: Pick<FunctionFacts, "duration">): string {
  return duration.longestMs === undefined ? "-" : `${duration.censored ? "≥" : ""}${secondsText(duration.longestMs)}`;
}

/** `99 %`, or `(1 run)` where there were too few of them. */
export function headroomText({ timeout, duration }: Pick<FunctionFacts, "timeout" | "duration">): string {
  if (timeout.verdict === "insufficient-data") return duration.samples === 0 ? "-" : `(${count(duration.samples, "run")})`;
  return timeout.headroom === undefined ? "-" : percentText(timeout.headroom);
}

export function headroomBar(one: FunctionFacts): string {
  const { headroom, verdict } = one.timeout;
  if (headroom === undefined || verdict === "insufficient-data") return headroomText(one);
  const marks = headroom <= 0 ? 0 : Math.max(1, Math.round(Math.min(1, headroom) * barLength));
  return `${"#".repeat(marks).padEnd(barLength)} ${headroomText(one).padStart(5)}`;
}

/** The recommended timeout where it differs from what is set enough to say so. */
export function setToText({ timeout }: Pick<FunctionFacts, "timeout">): string {
  const wanted = timeout.verdict === "loose" || timeout.verdict === "tight" || timeout.verdict === "timing-out";
  return wanted && timeout.recommendedSeconds !== undefined ? `${timeout.recommendedSeconds} s` : "-";
}

export function verdictColour({ timeout }: FunctionFacts, paint: Paint): (text: string) => string {
  if (timeout.verdict === "timing-out") return paint.red;
  if (timeout.verdict === "tight" || timeout.verdict === "loose") return paint.yellow;
  return timeout.verdict === "fine" ? paint.green : paint.dim;
}
