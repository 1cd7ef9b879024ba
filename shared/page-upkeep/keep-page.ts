/** The page of the last scan, where a deployed watchdog keeps it for whoever fetches it; and the account in short, for the widget. */
import { type Overview, overviewVersion } from "../page-file/overview.ts";
import type { PageBundle } from "../page-file/page-html.ts";
import type { ToldRule } from "../page-file/rule-words.ts";
import { type Blobs, UnreadableBlobError } from "../store/blobs.ts";
import { getDocumentParts } from "../store/document-blob.ts";
import type { Store } from "../store/store.ts";
import { packagesOf } from "./packages-of-scan.ts";
import { daysOf, earlierDocument, pageOfScan, pageParts, scansBefore } from "./page-of-scan.ts";

/** The key of the newest page: always the same, so that a person finds it. */
export const latestPageKey = "reports/latest.html";
/** The account in short, of the same scan. */
export const latestOverviewKey = "reports/overview.json.gz";

/** Scans looked through for the line of the numbers. */
const recentScans = 80;

export interface PageKeeper {
  readonly store: Pick<Store, "ledger" | "scans" | "questions">;
  readonly blobs: Blobs;
  readonly bundle: PageBundle;
  /** All that there are: the page says of those that made a finding what they say. */
  readonly rules: readonly ToldRule[];
  /** The stack that keeps it: commands in the page name it. */
  readonly deployment: { readonly stack: string; readonly region: string };
}

/** What became of the page; small, for it is checkpointed. */
export interface KeptPage {
  readonly bytes: number;
  readonly left: readonly string[];
}

/** Writes the page of a finished scan, over the one before, and the account in short. @throws what store, bucket and page say */
export async function keepPage({ store, blobs, bundle, rules, deployment }: PageKeeper, documentKey: string): Promise<KeptPage> {
  const head = await getDocumentParts(blobs, documentKey, ["scan"]);
  if (!head) throw goneError(documentKey);
  const before = scansBefore(await store.scans(head.scan.account, recentScans), head);
  const earlier = await earlierDocument(blobs, before);
  const days = await daysOf(store, head.scan);
  const packages = await packagesOf(blobs, head.scan.account);
  const document = await getDocumentParts(blobs, documentKey, pageParts);
  if (!document) throw goneError(documentKey);
  const typing = { command: `AWS_REGION=${deployment.region} smalltarget`, where: ` --stack ${deployment.stack}` };
  const questions = await store.questions.all(head.scan.account);
  const { html, left, overview } = await pageOfScan({ document, days, packages, bundle, typing, rules, before, earlier, questions });
  await blobs.put(latestOverviewKey, overview);
  const bytes = new TextEncoder().encode(html);
  await blobs.putBytes(latestPageKey, bytes, "text/html; charset=utf-8");
  return { bytes: bytes.length, left };
}

function goneError(key: string): Error {
  return new Error(`the scan document ${key} is gone from the blob store`);
}

/** The newest page as it was kept; undefined where no scan has left one. */
export async function latestPage(blobs: Blobs): Promise<Uint8Array | undefined> {
  return blobs.getBytes(latestPageKey);
}

/** The account in short as the last scan left it; undefined where none has. @throws UnreadableBlobError when another version wrote it */
export async function latestOverview(blobs: Blobs): Promise<Overview | undefined> {
  const overview = (await blobs.get(latestOverviewKey)) as Overview | undefined;
  if (overview === undefined || overview.version === overviewVersion) return overview;
  throw UnreadableBlobError.ofVersion(latestOverviewKey, overview.version, overviewVersion);
}
