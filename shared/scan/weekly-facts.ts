/** What the weekly digest says, counted from the last scan, the findings in the store and the scans of the week. Pure. */
import { unclaimedResources } from "../decisions/questions.ts";
import { type Coverage, isAbsent } from "../model/coverage.ts";
import type { ScanDocument } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { type Severity, type StoredFinding, severityRank } from "../model/finding.ts";
import type { Question } from "../model/question.ts";
import { label, unowned } from "../notify/teams.ts";
import type { WeeklyFacts } from "../notify/weekly.ts";
import { ownerShare } from "../owners/owner-share.ts";
import type { ScanItem } from "../store/store.ts";
import { worthDoing } from "../today/worth-doing.ts";
import { collectorName } from "../wording/collector-names.ts";
import { notJudgedTexts } from "../wording/not-judged.ts";

/** Parts of the document that are read for it. */
export const weeklyParts = ["scan", "coverage", "functions", "resources", "findings"] as const;

export interface WeeklyQuestion {
  readonly document: Pick<ScanDocument, (typeof weeklyParts)[number]>;
  /** Findings as the store holds them, open and resolved: those that the channel gets. */
  readonly findings: readonly StoredFinding[];
  /** What owners were asked about quiet resources, and answered. */
  readonly questions: readonly Question[];
  /** Newest first. */
  readonly scans: readonly ScanItem[];
  /** The day that it is due on. */
  readonly day: string;
  readonly now: Date;
}

const weekMs = 7 * 86_400_000;
const mostWorth = 5;
const mostBetter = 5;

export function weeklyFacts({ document, findings, questions, scans, day, now }: WeeklyQuestion): WeeklyFacts {
  const since = new Date(now.getTime() - weekMs).toISOString();
  // what the store holds is newer than the document, but the document says how open things are: of these its findings count
  const mine = new Set(findings.map(({ id }) => id));
  const known = document.findings.filter(({ id }) => mine.has(id));
  const opened = new Map(findings.map((finding) => [finding.id, finding.openedAt ?? finding.firstSeenAt]));
  const open = known.filter(isOpen);
  const suppressed = known.filter(({ status }) => status === "SUPPRESSED");
  const worth = worthDoing({ ...document, findings: known }, { now, unclaimed: unclaimedResources(known, questions, now) });
  const resolved = findings.filter(({ status, resolvedAt }) => status === "RESOLVED" && resolvedAt !== undefined && resolvedAt >= since);
  const ofWeek = scans.filter(({ startedAt }) => startedAt >= since);
  const before = scans.find(({ outcome, startedAt }) => outcome === "done" && startedAt < since);
  return {
    account: document.scan.account,
    ...(document.scan.accountAlias === undefined ? {} : { accountAlias: document.scan.accountAlias }),
    day,
    worth: worth.slice(0, mostWorth),
    moreWorth: Math.max(0, worth.length - mostWorth),
    open: countOf(open),
    unowned: open.filter(({ owner }) => owner.team === undefined).length,
    suppressed: suppressed.length,
    endingSoon: suppressed.filter(({ acknowledged }) => acknowledged?.endsSoon).length,
    owners: ownerShare(document.resources),
    unseen: [...unseen(document.coverage), ...notJudgedTexts(document.scan)],
    scannedAt: document.scan.startedAt,
    week: {
      opened: open.filter(({ id, firstSeenAt }) => (opened.get(id) ?? firstSeenAt) >= since).length,
      resolved: resolved.length,
      better: resolved
        .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity) || (a.id < b.id ? -1 : 1))
        .slice(0, mostBetter)
        .map(({ title }) => title),
      // the scans count all findings: of a part of them nobody knows how many there were
      ...(before && known.length === document.findings.length ? { openBefore: before.openFindings } : {}),
      scans: ofWeek.filter(({ outcome }) => outcome === "done").length,
      failedScans: ofWeek.filter(({ outcome }) => outcome === "failed").length,
    },
    labels: {
      teams: distinct(known.map(({ owner }) => label(owner.team) ?? unowned)),
      envs: distinct(known.flatMap(({ owner }) => label(owner.env) ?? [])),
      ruleGroups: distinct(known.flatMap(({ rule }) => label(rule.split("/")[0]) ?? [])),
    },
  };
}

function countOf(findings: readonly { readonly severity: Severity }[]): Record<Severity, number> {
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** `eu-west-2: Lambda functions refused (AccessDeniedException)`; what follows from another line, or was left for the next scan, is not said. */
function unseen(coverage: readonly Coverage[]): string[] {
  const rows = coverage.filter((row) => row.status !== "complete" && row.status !== "left" && !isAbsent(row) && row.follows === undefined);
  return rows.map(({ region, regions, collector, status, code }) => {
    const where = regions?.join(", ") ?? region;
    return `${where}: ${collectorName(collector)}: ${status}${code ? ` (${code})` : ""}`;
  });
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
