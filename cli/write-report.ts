/** Makes the page of the last scan from an open store: what is read first is let go before what is read next. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EarlierDocument } from "../shared/page-file/changes.ts";
import { bundleFile, type PageBundle } from "../shared/page-file/page-html.ts";
import type { ReportPage } from "../shared/page-file/report-page.ts";
import { packagesOf } from "../shared/page-upkeep/packages-of-scan.ts";
import { daysOf, earlierDocument, pageOfScan, pageParts, scansBefore } from "../shared/page-upkeep/page-of-scan.ts";
import { catalogue } from "../shared/rules/catalogue.ts";
import type { ScanItem } from "../shared/store/store.ts";
import { shellQuote } from "../shared/wording/aws-cli.ts";
import type { Kept, StoreOptions } from "./kept.ts";
import { documentOf, type LastScan } from "./last-scan.ts";
import { nearest } from "./nearest.ts";
import { commandName } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The page of the last scan.
 * @param where the options that named the store: commands in the page name it too
 * @param since id of an earlier scan, or how it begins; absent: the one before
 * @throws UsageError when there is no such scan
 */
export async function pageOf({ kept, document: head, scan }: LastScan<"scan">, where: StoreOptions, since?: string): Promise<ReportPage> {
  const before = scansBefore(await kept.scans(head.scan.account), head);
  const earlier = since === undefined ? await earlierDocument(kept.blobs, before) : await namedScan(kept, before, since);
  const days = await daysOf(await kept.table(), head.scan);
  const packages = await packagesOf(kept.blobs, head.scan.account);
  const document = await documentOf(kept, scan.documentKey ?? "", pageParts);
  const bundle = await pageBundle();
  const typing = { command: commandName, where: placeOf(where) };
  const questions = await kept.questions(head.scan.account);
  return pageOfScan({ document, days, packages, bundle, typing, rules: catalogue, before, earlier, questions });
}

function placeOf({ stack, store, bucket, profile }: StoreOptions): string {
  const options = Object.entries(stack === undefined ? { store, bucket, profile } : { stack, profile });
  return options.map(([name, value]) => (value === undefined ? "" : ` --${name} ${shellQuote(value)}`)).join("");
}

/** As it lies beside the published program; in a checkout made of the source. */
async function pageBundle(): Promise<PageBundle> {
  const made = join(import.meta.dirname, bundleFile);
  if (existsSync(made)) return JSON.parse(readFileSync(made, "utf8")) as PageBundle;
  return (await import("../page/bundle.ts")).bundlePage();
}

async function namedScan({ blobs }: Kept, before: readonly ScanItem[], since: string): Promise<EarlierDocument> {
  const named = before.find(({ id }) => id === since) ?? before.find(({ id }) => id.startsWith(since));
  if (!named) {
    const ids = before.map(({ id }) => id);
    const hint = ids.length > 0 ? `did you mean ${nearest(since, ids)}? Kept are ${ids.slice(0, 8).join(", ")}` : "no earlier scan is kept";
    throw new UsageError(`--since ${since}: the store knows no such scan before the last one; ${hint}`);
  }
  const document = await earlierDocument(blobs, [named]);
  if (!document) throw new UsageError(`--since ${named.id}: its document (${named.documentKey}) is no longer kept`);
  return document;
}
