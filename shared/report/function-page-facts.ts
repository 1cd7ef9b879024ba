/** Everything known about one function, as facts under each other. */
import type { FunctionFacts, Trigger } from "../model/document.ts";
import { cleanText } from "../model/plain-text.ts";
import { dateText, daysText, percentText } from "../wording/words.ts";
import { lastUsedText, verdictWords } from "./function-text.ts";
import { count, grouped, secondsText } from "./quantities.ts";

export type Fact = readonly [name: string, value: string];

/** What of a function the facts are made of. */
export type ShownFunction = Omit<FunctionFacts, "tags" | "codeSha256" | "exposure">;

/** Code, memory, role, deployment. */
export function whatItIs(one: ShownFunction): Fact[] {
  return [
    ["ARN", one.arn],
    ["Code", one.packageType === "Image" ? "container image" : `zip, ${one.runtime ?? "no runtime"}`],
    ["Memory", `${grouped(one.memoryMb)} MB`],
    ["Role", one.roleArn],
    ...(one.lastModified ? [["Last deployed", dateText(one.lastModified)] as const] : []),
    ...(one.environmentUnread === undefined
      ? []
      : [["Environment", `could not be read (${one.environmentUnread}): what its variables name is not known`] as const]),
    ...(one.ignored === undefined ? [] : [["Ignored", one.ignored] as const]),
  ];
}

/** Last use and activity, with what they are known by. */
export function whenItRan(one: ShownFunction): Fact[] {
  const { quietDays, source, lookbackDays, why, state } = one.lastInvocation;
  const quiet =
    quietDays === undefined
      ? ""
      : quietDays === 0
        ? ", the day of the scan"
        : `, quiet for ${state === "none-seen" ? "at least " : ""}${daysText(quietDays)}`;
  const basis = why ?? `by ${source}, ${daysText(lookbackDays)} looked at`;
  return [
    ["Last used", `${lastUsedText(one)}${quiet} (${basis})`],
    ["Activity", `${one.activity}${one.activityReason ? `: ${one.activityReason}` : ""} (confidence ${one.confidence})`],
  ];
}

/** Timeout against longest run, and what is recommended. */
export function howLong({ timeoutSeconds, behindAlias, duration, timeout }: ShownFunction): Fact[] {
  const { longestMs, longestAt, samples, observedDays, censored } = duration;
  const longest =
    longestMs === undefined
      ? "unknown"
      : `${secondsText(longestMs)}${longestAt ? ` on ${dateText(longestAt)}` : ""}${censored ? ", cut off by the timeout" : ""}`;
  const room = timeout.headroom === undefined ? "" : `, headroom ${percentText(timeout.headroom)}`;
  const chance =
    timeout.chanceOfExceeding === undefined ? "" : `, exceeded within 90 days with a chance of ${percentText(timeout.chanceOfExceeding)}`;
  return [
    ["Timeout", `${timeoutSeconds} s: ${verdictWords[timeout.verdict]}${room}${timeout.why ? ` (${timeout.why})` : ""}`],
    ...(behindAlias
      ? [
          [
            "Set in",
            `version ${behindAlias.version}, which callers of ${behindAlias.aliases.join(", ")} get; $LATEST has ${behindAlias.latestTimeoutSeconds} s`,
          ] as const,
        ]
      : []),
    ["Longest run", `${longest} (${count(samples, "run")} in ${daysText(observedDays)})`],
    ...(timeout.recommendedSeconds === undefined
      ? []
      : [
          [
            "Recommended",
            `${timeout.recommendedSeconds} s${chance}${timeout.limitedBy ? `, limited by ${timeout.limitedBy}` : ""}`,
          ] as const,
        ]),
  ];
}

/** Owner and stack. */
export function whose({ owner, stack }: ShownFunction): Fact[] {
  return [
    ["Owner", owner.team ? `${owner.team}${owner.source ? ` (${owner.source})` : ""}` : "nobody"],
    ...(stack ? [["Stack", `${stack.name}${stack.logicalId ? `, resource ${stack.logicalId}` : ""}`] as const] : []),
  ];
}

/** `rule arn:... (disabled), at least every 7 days`. */
export function triggerText({ kind, arn, enabled, periodDays }: Trigger): string {
  const period = periodDays === undefined ? "" : `, at least every ${periodDays < 1 ? "day" : daysText(Math.round(periodDays))}`;
  return cleanText(`${kind} ${arn}${enabled ? "" : " (disabled)"}${period}`, 500);
}
