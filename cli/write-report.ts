/** Makes the page of the last scan from what is kept. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { ScanDocument } from "../shared/model/document.ts";
import type { EarlierDocument } from "../shared/page-file/changes.ts";
import { bundleFile, type PageBundle } from "../shared/page-file/page-html.ts";
import { type ReportPage, reportPage } from "../shared/page-file/report-page.ts";
import { getDocumentParts } from "../shared/store/document-blob.ts";
import type { ScanItem } from "../shared/store/store.ts";
import type { Kept } from "./kept.ts";
import { nearest } from "./nearest.ts";
import { commandName } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

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

/** More days back the line of a number says nothing that its end does not. */
const mostTrend = 60;

/**
 * The page of `document`.
 * @param since id of an earlier scan, or how it begins; absent: the one before
 * @throws UsageError when there is no such scan
 */
export async function pageOf(kept: Kept, document: ScanDocument, since?: string): Promise<ReportPage> {
  const done = (await kept.scans(document.scan.account)).filter(({ outcome, documentKey }) => outcome === "done" && documentKey);
  const before = done.filter(({ id, startedAt }) => id !== document.scan.id && startedAt <= document.scan.startedAt);
  const earlier = since === undefined ? await firstKept(kept, before) : await namedScan(kept, before, since);
  return reportPage(
    {
      document,
      command: commandName,
      days: await daysOf(kept, document),
      ...(earlier ? { earlier } : {}),
      trend: before
        .slice(0, mostTrend)
        .reverse()
        .flatMap(({ startedAt, numbers }) => (numbers ? [{ at: startedAt, numbers }] : [])),
    },
    { bundle: await pageBundle(), gzip: (text) => gzipSync(text, { level: 9 }) },
  );
}

/** As it lies beside the published program; in a checkout made of the source. */
async function pageBundle(): Promise<PageBundle> {
  const made = join(import.meta.dirname, bundleFile);
  if (existsSync(made)) return JSON.parse(readFileSync(made, "utf8")) as PageBundle;
  return (await import("../page/bundle.ts")).bundlePage();
}

/** The newest whose document is still there. */
async function firstKept(kept: Kept, scans: readonly ScanItem[]): Promise<EarlierDocument | undefined> {
  for (const scan of scans.slice(0, 3)) {
    const document = await read(kept, scan);
    if (document) return document;
  }
  return undefined;
}

async function namedScan(kept: Kept, scans: readonly ScanItem[], since: string): Promise<EarlierDocument> {
  const named = scans.find(({ id }) => id === since) ?? scans.find(({ id }) => id.startsWith(since));
  if (!named) {
    const ids = scans.map(({ id }) => id);
    const hint = ids.length > 0 ? `did you mean ${nearest(since, ids)}? Kept are ${ids.slice(0, 8).join(", ")}` : "no earlier scan is kept";
    throw new UsageError(`--since ${since}: the store knows no such scan before the last one; ${hint}`);
  }
  const document = await read(kept, named);
  if (!document) throw new UsageError(`--since ${named.id}: its document (${named.documentKey}) is no longer kept`);
  return document;
}

async function read({ blobs }: Kept, { documentKey = "" }: ScanItem): Promise<EarlierDocument | undefined> {
  return getDocumentParts(blobs, documentKey, ["scan", "functions", "findings"]);
}

/** The daily runs that the ledger remembers, packed, by ARN. */
async function daysOf(kept: Kept, { scan, functions }: ScanDocument): Promise<Map<string, string>> {
  const store = await kept.table();
  const days = new Map<string, string>();
  for (const region of new Set(functions.map((one) => one.region))) {
    const { entries } = await store.ledger(scan.account, region);
    for (const [arn, entry] of entries) if (entry.days !== "") days.set(arn, entry.days);
  }
  return days;
}
