/** Where the account stands, on one screen: the last scans, what is open and whose, what it cost, what is sent next. */

import type { AdvisoryFeed } from "../model/advisories.ts";
import type { DocumentFinding, ScanDocument } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { severities } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import { ownerShare, ownerShareText } from "../owners/owner-share.ts";
import type { ScanItem } from "../store/store.ts";
import { accountName } from "../wording/account-name.ts";
import { collectorName } from "../wording/collector-names.ts";
import { notJudgedTexts } from "../wording/not-judged.ts";
import { advisoryTexts } from "./advisories-text.ts";
import { costRows } from "./cost-page.ts";
import { severityCounts } from "./findings-list.ts";
import type { Look } from "./look.ts";
import { ageText, count } from "./quantities.ts";
import { textTable } from "./text-table.ts";
import { unheardText } from "./told.ts";

/** Parts of the last scan's document that are read for it. */
export const statusParts = ["findings", "resources"] as const;

export interface StatusFacts {
  /** Newest first; at least one. */
  readonly scans: readonly ScanItem[];
  /** Of the last one that was finished; absent where there is none, or it is no longer kept. */
  readonly document?: Pick<ScanDocument, "scan" | (typeof statusParts)[number]>;
  /** Absent: none were ever fetched, as on most command lines. */
  readonly feeds?: readonly AdvisoryFeed[];
  readonly now: Date;
  /** The store, in words. */
  readonly where: string;
}

type Line = readonly [name: string, text: string];

const mostOwners = 5;
const mostMissing = 6;
const mostTrend = 8;

/** The page as lines. */
export function statusPage({ scans, document, feeds, now, where }: StatusFacts, look: Look): string[] {
  const [newest] = scans;
  const done = scans.filter(({ outcome }) => outcome === "done");
  const [last] = done;
  const lines: Line[] = [
    ["Account", accountName(newest?.account ?? "", document?.scan.accountAlias)],
    ...(newest?.outcome === "running" ? [["Running", `since ${minuteText(newest.startedAt)}, or killed since then`] as const] : []),
    ...(newest?.outcome === "failed" ? [["Failed", `${minuteText(newest.startedAt)}: ${newest.error ?? "no reason noted"}`] as const] : []),
    ...(last ? doneLines(last, done, now) : [["Last scan", noneText(newest, look)] as const]),
    ...(document ? documentLines(document) : []),
    ...(last?.messages ? messageLines(last.messages) : []),
    ...advisoryTexts(feeds, now).map((text, i): Line => [i === 0 ? "Advisories" : "", text]),
    ["Store", where],
  ];
  return [...lines.map(([name, text]) => `${name.padEnd(12)}${text}`), ...trendLines(done, look)];
}

function noneText(newest: ScanItem | undefined, { command }: Look): string {
  return newest?.outcome === "running" ? "none yet: the first one is running" : `none was finished: run ${command} scan`;
}

function doneLines(scan: ScanItem, done: readonly ScanItem[], now: Date): Line[] {
  const { finishedAt = "", functions, openFindings, suppressedFindings = 0, apiCalls, incomplete } = scan;
  const missing = incomplete
    .slice(0, mostMissing)
    .map(
      (row) =>
        `${row.region}, ${collectorName(row.collector)}: ${row.status}${row.code ? ` (${row.code})` : ""}${sinceText(row, scan, done)}`,
    );
  const accepted = suppressedFindings > 0 ? ` and ${suppressedFindings} accepted` : "";
  const more = incomplete.length - missing.length;
  return [
    ["Last scan", `${minuteText(finishedAt)}, ${ageText(now.getTime() - Date.parse(finishedAt))} ago`],
    ["Found", `${count(functions, "function")}, ${count(openFindings, "open finding")}${accepted}, ${count(apiCalls, "request")}`],
    ...(missing.length === 0 ? [["Coverage", "complete"] as const] : missing.map((text, i): Line => [i === 0 ? "Incomplete" : "", text])),
    ...(more > 0 ? [["", `and ${more} more`] as const] : []),
  ];
}

type Missing = ScanItem["incomplete"][number];

/** Since which scan without a break; nothing where it is the last one only. */
function sinceText({ region, collector }: Missing, last: ScanItem, done: readonly ScanItem[]): string {
  const whole = done.findIndex(({ incomplete }) => !incomplete.some((row) => row.region === region && row.collector === collector));
  const first = whole === -1 ? done.at(-1) : done[whole - 1];
  if (!first || first.id === last.id) return "";
  return whole === -1 ? `, at least since ${minuteText(first.startedAt)}` : `, since ${minuteText(first.startedAt)}`;
}

function documentLines({ scan, findings, resources }: NonNullable<StatusFacts["document"]>): Line[] {
  const open = findings.filter(isOpen);
  const share = ownerShareText(ownerShare(resources));
  const cost = costRows(scan).reduce((sum, { most }) => sum + most, 0);
  const owners = ownersText(open);
  return [
    ...notJudgedTexts(scan).map((text): Line => ["Not judged", text]),
    ["Open", severityCounts(open)],
    ...(owners ? [["By owner", owners] as const] : []),
    ...(share ? [["Owners", share] as const] : []),
    ...unheardText(open).map((text): Line => ["Not heard", text]),
    ["Cost", `at most ${cost.toFixed(2)} USD for that scan, ${(cost * 30).toFixed(2)} in 30 days of one a day`],
  ];
}

/** `payments 13, shop 13, finance 9 and 2 more; nobody 13`: whoever has most first. */
function ownersText(open: readonly DocumentFinding[]): string {
  const groups = Map.groupBy(open, ({ owner }) => owner.team);
  const named = [...groups].flatMap(([team, { length }]) => (team === undefined ? [] : [{ team, length }]));
  named.sort((a, b) => b.length - a.length || (a.team < b.team ? -1 : 1));
  const more = named.length - mostOwners;
  const list = named.slice(0, mostOwners).map(({ team, length }) => `${cleanText(team, 30)} ${length}`);
  const nobody = groups.get(undefined)?.length ?? 0;
  return [list.join(", ") + (more > 0 ? ` and ${more} more` : ""), nobody > 0 ? `nobody ${nobody}` : ""]
    .filter((text) => text !== "")
    .join("; ");
}

function messageLines({ sent, refused, waiting, heldUntil, weeklyOn }: NonNullable<ScanItem["messages"]>): Line[] {
  const refusals = refused > 0 ? `; ${count(refused, "message")} not accepted, tried again by the next scan` : "";
  const next = waiting > 0 ? `${count(waiting, "finding")} with the next scan that is a day after the last digest` : "nothing waits";
  return [
    ["Messages", `${count(sent, "message")} by the last scan${refusals}`],
    ["Next digest", `${next}${heldUntil ? `; the rest of this scan's from ${minuteText(heldUntil)} on` : ""}; weekly on ${weeklyOn}`],
  ];
}

/** Open findings by severity, a line for a scan: the newest, and as many earlier ones, evenly spread. */
function trendLines(done: readonly ScanItem[], look: Look): string[] {
  const known = done.filter(({ numbers }) => numbers !== undefined);
  if (known.length < 2) return [];
  const step = (known.length - 1) / (Math.min(mostTrend, known.length) - 1);
  const shown = Array.from({ length: Math.min(mostTrend, known.length) }, (_, i) => known[Math.round(i * step)]).filter(
    (scan) => scan !== undefined,
  );
  const table = textTable(
    shown,
    [
      { head: "SCAN", cell: ({ startedAt }) => minuteText(startedAt) },
      ...severities.map((severity) => ({
        head: severity === "INFORMATIONAL" ? "INFO" : severity,
        align: "right" as const,
        cell: ({ numbers }: ScanItem) => String(numbers?.openBySeverity[severity] ?? "-"),
      })),
      { head: "OPEN", align: "right", cell: ({ openFindings }) => String(openFindings) },
      { head: "ACCEPTED", align: "right", cell: ({ suppressedFindings = 0 }) => String(suppressedFindings) },
    ],
    look,
  );
  return ["", ...table];
}

function minuteText(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
