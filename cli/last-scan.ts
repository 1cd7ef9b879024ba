/** The last scan that was finished, as the other commands read it. */
import { CallCount, createClients } from "../shared/aws/clients.ts";
import { Pace } from "../shared/aws/pace.ts";
import { identify } from "../shared/collect/account.ts";
import type { ScanDocument } from "../shared/model/document.ts";
import { ageText } from "../shared/report/quantities.ts";
import { getDocument } from "../shared/store/document-blob.ts";
import type { ScanItem } from "../shared/store/store.ts";
import { homeRegion } from "./home-region.ts";
import { type Kept, openStore, type StoreOptions } from "./open-store.ts";
import { commandName, say } from "./terminal.ts";
import { CannotStartError } from "./usage-error.ts";

export interface ReadOptions extends StoreOptions {
  readonly account?: string;
  readonly quiet?: boolean;
}

export interface LastScan {
  readonly document: ScanDocument;
  readonly scan: ScanItem;
  readonly kept: Kept;
}

const accountKey = "last-account.json.gz";
/** Scans looked through for one that is done: failed and running ones lie above it. */
const recentScans = 50;

/** A local store holds no account's credentials, so it keeps in mind which account was scanned last. */
export async function rememberAccount({ kind, blobs }: Kept, account: string): Promise<void> {
  if (kind === "dir") await blobs.put(accountKey, { account });
}

/** Opens the store, lets `use` read the last scan, and closes it. The age of the scan goes to standard error. */
export async function withLastScan<T>(options: ReadOptions, use: (last: LastScan) => Promise<T> | T): Promise<T> {
  return withScans(options, async (kept, scans) => {
    const done = scans.find(({ outcome }) => outcome === "done");
    if (!done?.documentKey) throw noScan();
    const document = await getDocument(kept.blobs, done.documentKey);
    if (!document) {
      throw new CannotStartError(
        `the document of the last scan (${done.documentKey}) is not in this store: scan again, or name the bucket with --bucket or --stack`,
      );
    }
    if (!options.quiet) say(ageLine(document, scans));
    return use({ document, scan: done, kept });
  });
}

/** The recent scans of the account in an open store, newest first; none where nothing was ever scanned. */
export async function scansIn(kept: Kept, options: ReadOptions): Promise<readonly ScanItem[]> {
  const account = options.account ?? (await accountOf(kept, options));
  return account === undefined ? [] : await kept.store.scans(account, recentScans);
}

/** The recent scans of the account, newest first; at least one. @throws CannotStartError when nothing was ever scanned */
export async function withScans<T>(options: ReadOptions, use: (kept: Kept, scans: readonly ScanItem[]) => Promise<T>): Promise<T> {
  const kept = await openStore(options, "read");
  if (!kept) throw noScan();
  try {
    const scans = await scansIn(kept, options);
    if (scans.length === 0) throw noScan();
    return await use(kept, scans);
  } finally {
    await kept.close();
  }
}

async function accountOf({ kind, blobs }: Kept, { profile }: ReadOptions): Promise<string | undefined> {
  if (kind === "dir") return ((await blobs.get(accountKey)) as { account?: string } | undefined)?.account;
  const clients = createClients({ pace: new Pace(), calls: new CallCount(), ...(profile ? { profile } : {}) });
  return (await identify(clients, await homeRegion(profile))).account;
}

function noScan(): CannotStartError {
  return new CannotStartError(
    `no scan is stored here yet: run ${commandName} scan (or npm start for the sample account), or name another --store`,
  );
}

function ageLine({ scan }: ScanDocument, scans: readonly ScanItem[]): string {
  const age = Date.now() - Date.parse(scan.finishedAt);
  // also one that was killed: it says so until the next scan
  const running = scans[0]?.outcome === "running" ? `; a scan begun ${minuteText(scans[0].startedAt)} has not finished` : "";
  const when = `${minuteText(scan.finishedAt)}, ${ageText(age)} ago`;
  return `account ${scan.account}, scanned ${when}${scan.complete ? "" : ", incomplete"}${running}`;
}

/** `2026-11-24 06:00 UTC`. */
export function minuteText(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
