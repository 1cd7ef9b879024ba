/** The page of a scan from what is kept of it: the document, the ledger's daily runs, earlier scans. */

import { unclaimedResources } from "../decisions/questions.ts";
import type { ScanDocument } from "../model/document.ts";
import type { Question } from "../model/question.ts";
import type { EarlierDocument } from "../page-file/changes.ts";
import type { ListedPackages } from "../page-file/package-lines.ts";
import type { PageBundle } from "../page-file/page-html.ts";
import { type ReportPage, reportPage } from "../page-file/report-page.ts";
import type { ToldRule } from "../page-file/rule-words.ts";
import type { Typing } from "../page-file/typed.ts";
import { compressed } from "../store/blob-bytes.ts";
import type { Blobs } from "../store/blobs.ts";
import { getDocumentParts } from "../store/document-blob.ts";
import type { ScanItem, Store } from "../store/store.ts";

/** What of a document the page is made of. */
export const pageParts = [
  "schemaVersion",
  "scan",
  "coverage",
  "functions",
  "resources",
  "relations",
  "roles",
  "findings",
  "changes",
] as const;

/** More scans back the line of a number says nothing that its end does not. */
const mostTrend = 60;
/** Scans that the page offers to be compared with: of one a day, two weeks. */
const mostKept = 14;
/** Documents go after a time, newest last: where three are gone, all before them are. */
const mostTried = 3;

export interface PageSources {
  readonly document: ScanDocument;
  /** What daysOf gave: read before the document, so that never both are read at once. */
  readonly days: ReadonlyMap<string, string>;
  /** What packagesOf gave. */
  readonly packages: ListedPackages | string | undefined;
  readonly bundle: PageBundle;
  readonly typing: Typing;
  /** All that there are. */
  readonly rules: readonly ToldRule[];
  /** Scans before it, newest first, of those that are done. */
  readonly before: readonly ScanItem[];
  readonly earlier: EarlierDocument | undefined;
  /** What owners were asked about quiet resources, and answered. */
  readonly questions: readonly Question[];
}

/** Scans that were done before this one, newest first. */
export function scansBefore(scans: readonly ScanItem[], { scan }: Pick<ScanDocument, "scan">): ScanItem[] {
  return scans.filter(
    ({ id, startedAt, outcome, documentKey }) => outcome === "done" && documentKey && id !== scan.id && startedAt <= scan.startedAt,
  );
}

/** The newest of these scans whose document is still there, as far as it is compared. */
export async function earlierDocument(blobs: Blobs, before: readonly ScanItem[]): Promise<EarlierDocument | undefined> {
  for (const { documentKey = "" } of before.slice(0, mostTried)) {
    const document = await getDocumentParts(blobs, documentKey, ["scan", "functions", "findings"]);
    if (document) return compared(document);
  }
  return undefined;
}

/** No more than that is kept in memory beside the document of the page. */
function compared({ scan, functions, findings }: Pick<ScanDocument, "scan" | "functions" | "findings">): EarlierDocument {
  return {
    scan,
    functions: functions.map(({ arn, name, region }) => ({ arn, name, region })),
    findings: findings.map(({ id, rule, severity, title, resource }) => ({ id, rule, severity, title, resource })),
  };
}

/** Makes the page. @throws what the store says, and where the account does not fit into a page */
export async function pageOfScan({
  document,
  days,
  bundle,
  typing,
  rules,
  before,
  earlier,
  questions,
  packages,
}: PageSources): Promise<ReportPage> {
  const input = {
    ...typing,
    document,
    days,
    rules,
    unclaimed: unclaimedResources(document.findings, questions, new Date(document.scan.startedAt)),
    ...(packages === undefined ? {} : { packages }),
    ...(earlier ? { earlier } : {}),
    kept: before.slice(0, mostKept).map(({ id, startedAt }) => ({ id, at: startedAt })),
    trend: before
      .slice(0, mostTrend)
      .reverse()
      .flatMap(({ startedAt, numbers }) => (numbers ? [{ at: startedAt, numbers }] : [])),
  };
  return reportPage(input, { bundle, compress: compressed });
}

/** The daily runs that the ledger remembers, packed, by ARN. */
export async function daysOf(ledgers: Pick<Store, "ledger">, { account, regions }: ScanDocument["scan"]): Promise<Map<string, string>> {
  const days = new Map<string, string>();
  for (const region of regions) {
    const { entries } = await ledgers.ledger(account, region);
    for (const [arn, entry] of entries) if (entry.days !== "") days.set(arn, entry.days);
  }
  return days;
}
