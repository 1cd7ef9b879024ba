/** Everything known about one function. */
import type { DocumentFinding, FunctionFacts, FunctionRole, Trigger } from "../model/document.ts";
import { cleanText } from "../model/plain-text.ts";
import { dateText, daysText, percentText } from "../wording/words.ts";
import { findingsList, sortFindings } from "./findings-list.ts";
import { lastUsedText, verdictWords } from "./function-text.ts";
import type { Look } from "./look.ts";
import { count, grouped, secondsText } from "./quantities.ts";
import { roleFacts } from "./roles-table.ts";

type Fact = readonly [name: string, value: string];

/** The page as lines; `findings` are those of the function and of its role. */
export function functionPage(
  one: FunctionFacts,
  role: FunctionRole | undefined,
  findings: readonly DocumentFinding[],
  at: Date,
  look: Look,
): string[] {
  const facts: readonly Fact[] = [...whatItIs(one), ...whenItRan(one, at), ...howLong(one), ...whose(one)];
  return [
    `${look.paint.bold(cleanText(one.name))}  ${one.region}`,
    "",
    ...facts.map(([name, value]) => `${name.padEnd(14)}${cleanText(value, 600)}`),
    "",
    look.paint.bold("Triggers"),
    ...(one.triggers.length > 0 ? one.triggers.map((trigger) => `  ${triggerText(trigger)}`) : ["  none known"]),
    ...(role
      ? ["", look.paint.bold("Role"), ...roleFacts(role).map(([name, value]) => `  ${name.padEnd(12)}${cleanText(value, 900)}`)]
      : []),
    "",
    look.paint.bold("Findings"),
    ...(findings.length > 0 ? findingsList(sortFindings(findings), look) : ["  none"]),
  ];
}

function whatItIs(one: FunctionFacts): Fact[] {
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

function whenItRan(one: FunctionFacts, at: Date): Fact[] {
  const { quietDays, source, lookbackDays, why, state } = one.lastInvocation;
  const quiet = quietDays === undefined ? "" : `, quiet for ${state === "none-seen" ? "at least " : ""}${daysText(quietDays)}`;
  const basis = why ?? `by ${source}, ${daysText(lookbackDays)} looked at`;
  return [
    ["Last used", `${lastUsedText(one, at)}${quiet} (${basis})`],
    ["Activity", `${one.activity}${one.activityReason ? `: ${one.activityReason}` : ""} (confidence ${one.confidence})`],
  ];
}

function howLong({ timeoutSeconds, behindAlias, duration, timeout }: FunctionFacts): Fact[] {
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

function whose({ owner, stack }: FunctionFacts): Fact[] {
  return [
    ["Owner", owner.team ? `${owner.team}${owner.source ? ` (${owner.source})` : ""}` : "nobody"],
    ...(stack ? [["Stack", `${stack.name}${stack.logicalId ? `, resource ${stack.logicalId}` : ""}`] as const] : []),
  ];
}

function triggerText({ kind, arn, enabled, periodDays }: Trigger): string {
  const period = periodDays === undefined ? "" : `, at least every ${periodDays < 1 ? "day" : daysText(Math.round(periodDays))}`;
  return cleanText(`${kind} ${arn}${enabled ? "" : " (disabled)"}${period}`, 500);
}
