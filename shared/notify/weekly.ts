/** The weekly digest: it always comes, also when all is quiet, so that its absence means that something is broken. Pure. */

import { createHash } from "node:crypto";
import { type Severity, severities } from "../model/finding.ts";
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";
import { type OwnerShare, ownerShareText } from "../owners/owner-share.ts";
import type { WorthDoing } from "../today/item.ts";
import { severityWord, whomWords, whyWords } from "../today/words.ts";
import { accountInSubject, accountName } from "../wording/account-name.ts";
import { subjectLine } from "./ascii.ts";
import type { ChannelLimits, Message } from "./channel.ts";
import { chatText } from "./chat-text.ts";
import { alignRows, type Row, wrap } from "./layout.ts";
import { type Deployment, listCommand, reportCommand, showCommand, todayCommand } from "./pointer.ts";

/** What the weekly digest says, of those findings that its channel gets. */
export interface WeeklyFacts {
  readonly account: string;
  readonly accountAlias?: string;
  /** The day that it is due on, `2026-11-30`. */
  readonly day: string;
  /** The things most worth doing, and how many more there are. */
  readonly worth: readonly WorthDoing[];
  readonly moreWorth: number;
  readonly open: Readonly<Record<Severity, number>>;
  /** Open findings whose resource nobody owns. */
  readonly unowned: number;
  /** Findings that somebody decided to live with, and how many of those decisions end within days. */
  readonly suppressed: number;
  readonly endingSoon: number;
  /** Resources with an owner among all; absent where the scan does not know. */
  readonly owners?: OwnerShare;
  /** What the last scan could not look at, a line each; empty: nothing. */
  readonly unseen: readonly string[];
  /** When the last scan that was finished began. */
  readonly scannedAt: string;
  /** Of the last seven days. */
  readonly week: {
    readonly opened: number;
    readonly resolved: number;
    /** Titles of the gravest that were resolved. */
    readonly better: readonly string[];
    /** Open findings a week ago; absent where no scan of then is kept. */
    readonly openBefore?: number;
    readonly scans: number;
    readonly failedScans: number;
  };
  /** For subscription filters: whoever hears of some finding hears of the week. */
  readonly labels: Pick<Message, "teams" | "envs" | "ruleGroups">;
}

const mostUnseen = 5;
const mostBetter = 5;
const longestCommand = 600;

/** The message. Of one week there is one, under one id, whatever it says: who gets it twice can tell. */
export function weeklyMessage(facts: WeeklyFacts, channel: string, limits: ChannelLimits, deployment?: Deployment): Message {
  const { account, accountAlias, day, open } = facts;
  const counts = countsText(open);
  const gravest = severities.find((severity) => open[severity] > 0);
  const id = `M-${createHash("sha256")
    .update(JSON.stringify(["weekly", account, channel, day]))
    .digest("hex")
    .slice(0, 24)}`;
  return {
    id,
    ...(accountAlias === undefined ? {} : { accountAlias }),
    kind: "digest",
    severity: gravest ?? "INFORMATIONAL",
    ...fitting(facts.labels, limits.labelBytes),
    subject: subjectLine(
      `[${gravest ?? "QUIET"}]`,
      `Week to ${day}, account ${accountInSubject(account, accountAlias)}: ${gravest ? counts : "nothing is open"}`,
    ),
    text: `${emailLines(facts, counts, deployment).join("\n")}\n`,
    markdown: chatLines(facts, counts).join("\n"),
    nextSteps: [`\`${todayCommand(deployment)}\``, `\`${listCommand("", deployment)}\``, `\`${reportCommand(deployment)}\``],
    findingIds: [],
    findings: [],
  };
}

function countsText(open: WeeklyFacts["open"]): string {
  const words = severities.flatMap((severity) => (open[severity] > 0 ? [`${number(open[severity])} ${severity.toLowerCase()}`] : []));
  return words.join(", ") || "none";
}

function emailLines(facts: WeeklyFacts, counts: string, deployment?: Deployment): string[] {
  const { account, accountAlias, day, worth, moreWorth, week } = facts;
  return [
    ...wrap(
      `The week to ${day} in account ${cleanText(accountName(account, accountAlias), 100)}. This comes every week: when it does not, the watchdog is broken.`,
    ),
    "",
    ...(worth.length === 0 ? ["Nothing is worth doing now."] : ["Most worth doing now"]),
    ...worth.flatMap((one, index) => ["", ...worthLines(one, index + 1, deployment)]),
    ...(moreWorth > 0 ? ["", `${number(moreWorth)} more after these:  ${todayCommand(deployment)}`] : []),
    "",
    "Where we stand",
    ...alignRows(standing(facts, counts), "  ", "  "),
    ...(week.better.length > 0 ? ["", "What got better"] : []),
    ...week.better.slice(0, mostBetter).map((title) => `  ${cleanText(title, 120)}`),
    ...(week.resolved > Math.min(week.better.length, mostBetter)
      ? [`  ... and ${number(week.resolved - Math.min(week.better.length, mostBetter))} more`]
      : []),
    "",
    `All that is open:  ${listCommand("", deployment)}`,
    `As a page to look at:  ${reportCommand(deployment)}`,
  ];
}

/** The numbers that security, developers and operations share; the same everywhere. */
function standing(facts: WeeklyFacts, counts: string): Row[] {
  const { unowned, suppressed, endingSoon, owners, unseen, scannedAt, week, open } = facts;
  const total = severities.reduce((sum, severity) => sum + open[severity], 0);
  const before = week.openBefore === undefined ? "" : `; a week ago ${number(week.openBefore)}`;
  const share = owners && ownerShareText(owners);
  return [
    { name: "Open:", value: `${number(total)} (${counts})${before}` },
    { name: "This week:", value: `${number(week.opened)} opened, ${number(week.resolved)} resolved` },
    {
      name: "Accepted:",
      value: `${number(suppressed)}${endingSoon > 0 ? `, ${number(endingSoon)} of which ${endingSoon === 1 ? "ends" : "end"} within days` : ""}`,
    },
    {
      name: "Owners:",
      value: [...(share ? [share] : []), `${number(unowned)} open ${unowned === 1 ? "finding reaches" : "findings reach"} nobody`].join(
        "; ",
      ),
    },
    { name: "Scans:", value: `${number(week.scans)} finished, ${number(week.failedScans)} failed; last ${minute(scannedAt)}` },
    ...(unseen.length === 0
      ? [{ name: "Coverage:", value: "complete" }]
      : unseen.slice(0, mostUnseen).map((line, index) => ({ name: index === 0 ? "Not seen:" : "", value: cleanText(line, 200) }))),
    ...(unseen.length > mostUnseen ? [{ name: "", value: `and ${number(unseen.length - mostUnseen)} more` }] : []),
  ];
}

function worthLines(one: WorthDoing, place: number, deployment?: Deployment): string[] {
  const { severity, title, command, findings } = one;
  const id = findings[0]?.id;
  const rows: Row[] = [
    { name: "Why:", value: cleanText(whyWords(one), 600) },
    { name: "Talk to:", value: cleanText(whomWords(one.owners), 200) },
  ];
  const pasteable = command !== undefined && command.length <= longestCommand && !hasUnsafeCharacters(command);
  return [
    ...wrap(`${place}. ${severityWord(severity)}  ${cleanText(title, 200)}`),
    ...alignRows(rows, " ", "   "),
    // commands stand unwrapped, to be pasted
    ...(id === undefined ? [] : [`   More:    ${showCommand(id, deployment)}`]),
    ...(pasteable ? [command] : []),
  ];
}

function chatLines(facts: WeeklyFacts, counts: string): string[] {
  const { account, accountAlias, day, worth, week } = facts;
  return [
    `The week to ${day} in account ${chatText(accountName(account, accountAlias), 100)}.`,
    ...(worth.length === 0 ? ["*Nothing is worth doing now.*"] : ["*Most worth doing now*"]),
    ...worth.map(
      ({ severity, title, owners }, index) =>
        `${index + 1}. ${severityWord(severity)} ${chatText(title, 100)} (${chatText(owners[0]?.team ?? "nobody owns it", 40)})`,
    ),
    "*Where we stand*",
    ...standing(facts, counts).map(({ name, value }) => `• ${name} ${chatText(value, 90)}`),
    ...(week.better.length > 0 ? ["*What got better*"] : []),
    ...week.better.slice(0, 3).map((title) => `• ${chatText(title, 100)}`),
  ];
}

/** As many names as a channel's attributes hold; whoever filters for one that is left out is told by the daily digests. */
function fitting(labels: WeeklyFacts["labels"], most: number): WeeklyFacts["labels"] {
  let bytes = 0;
  const some = (names: readonly string[]) =>
    names.filter((name) => {
      bytes += Buffer.byteLength(JSON.stringify(name)) + 1;
      return bytes <= most;
    });
  return { teams: some(labels.teams), envs: some(labels.envs), ruleGroups: some(labels.ruleGroups) };
}

function minute(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
