/** The last scan that was finished, as the other commands read it. */
import { setFlagsFromString } from "node:v8";
import type { ScanDocument } from "../shared/model/document.ts";
import { ageText } from "../shared/report/quantities.ts";
import { getDocumentParts } from "../shared/store/document-blob.ts";
import type { ScanItem } from "../shared/store/store.ts";
import type { Kept, StoreOptions } from "./kept.ts";
import { openStore } from "./open-store.ts";
import { lastAccount } from "./scan-list.ts";
import { commandName, say } from "./terminal.ts";
import { CannotStartError } from "./usage-error.ts";

export interface ReadOptions extends StoreOptions {
  readonly account?: string;
  readonly quiet?: boolean;
}

/** A part of the document. */
export type Part = keyof ScanDocument;

/** The last scan, with as much of its document as was asked for. */
export interface LastScan<P extends Part = Part> {
  readonly document: Pick<ScanDocument, P | "scan">;
  readonly scan: ScanItem;
  readonly kept: Kept;
}

const allParts: readonly Part[] = ["schemaVersion", "scan", "coverage", "functions", "resources", "relations", "findings", "changes"];

/** Objects of a document live long: a nursery for short-lived ones that doubles and doubles again would only be memory. */
function staySmall(): void {
  setFlagsFromString("--max-semi-space-size=1");
  setFlagsFromString("--semi-space-growth-factor=1");
}

/**
 * Opens the store, lets `use` read the last scan, and closes it. The age of the scan goes to standard error.
 * @param parts what is read of the document: of a large account it is large
 */
export async function withLastScan<T, P extends Part = Part>(
  options: ReadOptions,
  use: (last: LastScan<P>) => Promise<T> | T,
  parts: readonly P[] = allParts as readonly P[],
): Promise<T> {
  staySmall();
  return withScans(options, async (kept, scans) => {
    const done = scans.find(({ outcome }) => outcome === "done");
    if (!done?.documentKey) throw noScan(scans[0]);
    const document = await documentOf(kept, done.documentKey, parts);
    if (!options.quiet) say(ageLine(document, scans));
    return use({ document, scan: done, kept });
  });
}

/** Parts of a document, its findings as people decided about them since. @throws CannotStartError when it is gone */
export async function documentOf<P extends Part>(kept: Kept, key: string, parts: readonly P[]): Promise<Pick<ScanDocument, P | "scan">> {
  const document = await getDocumentParts(kept.blobs, key, ["scan", ...parts]);
  if (document) return decided(document, kept, key);
  throw new CannotStartError(
    `the document of the last scan (${key}) is not in this store: scan again, or name the bucket with --bucket or --stack`,
  );
}

/** Its findings as people decided about them since. */
async function decided<D extends Partial<ScanDocument> & Pick<ScanDocument, "scan">>(document: D, kept: Kept, key: string): Promise<D> {
  if (document.findings === undefined) return document;
  const records = await kept.decisions(document.scan.account);
  if (records.length === 0) return document;
  const { DecisionBook } = await import("../shared/decisions/book.ts");
  const { withDecisions } = await import("../shared/decisions/overlay.ts");
  const byTag = records.some(({ scope }) => scope.kind === "rule+tag");
  const { resources = [] } = byTag && !document.resources ? ((await getDocumentParts(kept.blobs, key, ["resources"])) ?? {}) : document;
  const tags = new Map(resources.map((one) => [one.arn, one.tags]));
  return { ...document, findings: withDecisions(document.findings, new DecisionBook(records, (arn) => tags.get(arn)), new Date()) };
}

/** The last scan that was finished, without its document; its age goes to standard error. */
export async function lastDone<T>(options: ReadOptions, use: (scan: ScanItem, kept: Kept) => Promise<T>): Promise<T> {
  staySmall();
  return withScans(options, async (kept, scans) => {
    const done = scans.find(({ outcome }) => outcome === "done");
    if (!done) throw noScan(scans[0]);
    if (!options.quiet) say(ageLine({ scan: { ...done, finishedAt: done.finishedAt ?? done.startedAt } }, scans));
    return use(done, kept);
  });
}

/** The recent scans of the account in an open store, newest first; none where nothing was ever scanned. */
export async function scansIn(kept: Kept, options: ReadOptions): Promise<readonly ScanItem[]> {
  const account = options.account ?? (await accountOf(kept, options));
  return account === undefined ? [] : await kept.scans(account);
}

/** The recent scans of the account, newest first; at least one. @throws CannotStartError when nothing was ever scanned */
export async function withScans<T>(options: ReadOptions, use: (kept: Kept, scans: readonly ScanItem[]) => Promise<T>): Promise<T> {
  const kept = await openStore(options, "read");
  if (!kept) throw noScan();
  try {
    const scans = await scansIn(kept, options);
    if (scans.length === 0) throw await noScanOf(kept, options);
    return await use(kept, scans);
  } finally {
    await kept.close();
  }
}

async function accountOf({ kind, blobs }: Kept, { profile }: ReadOptions): Promise<string | undefined> {
  if (kind === "dir") return lastAccount(blobs);
  const { callerAccount } = await import("../shared/aws/own-clients.ts");
  const { homeRegion } = await import("./home-region.ts");
  return callerAccount(await homeRegion(profile), profile);
}

async function noScanOf({ kind, blobs }: Kept, { account }: ReadOptions): Promise<CannotStartError> {
  const last = kind === "dir" && account !== undefined ? await lastAccount(blobs) : undefined;
  if (last === undefined) return noScan();
  return new CannotStartError(`no scan of account ${account} is stored here: the last one is of account ${last}; or name another --store`);
}

function noScan(begun?: ScanItem): CannotStartError {
  if (begun?.outcome === "running") {
    return new CannotStartError(
      `the first scan of account ${begun.account}, begun ${minuteText(begun.startedAt)}, has not finished: wait for it, or scan again if it was killed`,
    );
  }
  return new CannotStartError(
    `no scan is stored here yet: run ${commandName} scan (or npm start for the sample account), or name another --store`,
  );
}

type Chosen = Partial<Pick<ScanDocument["scan"], "regions" | "regionSource">>;

function ageLine(
  { scan }: { readonly scan: Pick<ScanDocument["scan"], "account" | "finishedAt" | "complete"> & Chosen },
  scans: readonly ScanItem[],
): string {
  const age = Date.now() - Date.parse(scan.finishedAt);
  // also one that was killed: it says so until the next scan
  const running = scans[0]?.outcome === "running" ? `; a scan begun ${minuteText(scans[0].startedAt)} has not finished` : "";
  const when = `${minuteText(scan.finishedAt)}, ${ageText(age)} ago`;
  return `account ${scan.account}, scanned ${when}${onlyText(scan)}${scan.complete ? "" : ", incomplete"}${running}`;
}

/** `, only eu-west-1` where Regions were chosen: about roles, which belong to no Region, such a scan says little. */
function onlyText({ regions = [], regionSource }: Chosen): string {
  if (regionSource !== "asked") return "";
  return `, only ${regions.length > 3 ? `${regions.length} Regions` : regions.join(", ")}`;
}

/** `2026-11-24 06:00 UTC`. */
export function minuteText(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
