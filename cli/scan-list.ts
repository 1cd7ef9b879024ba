/**
 * The list of recent scans of a local folder, as a file beside its table. Whoever reads the last scan needs neither the table's database
 * nor a folder that can be written; and the list bears witness when the table has lost what it knew.
 */
import type { Blobs } from "../shared/store/blobs.ts";
import type { ScanItem } from "../shared/store/store.ts";

/** Scans looked through for one that is done: failed and running ones lie above it. */
export const recentScans = 50;

/** Of the form below. Another one is not read: the table is asked instead. */
const version = 1;

interface ScanList {
  readonly version: number;
  /** Newest first. */
  readonly scans: readonly ScanItem[];
}

const keyOf = (account: string) => `scan-list/${account}.json.gz`;

/** Newest first; undefined where no list was kept, as older versions kept none. */
export async function readScanList(blobs: Blobs, account: string): Promise<readonly ScanItem[] | undefined> {
  const list = (await blobs.get(keyOf(account))) as ScanList | undefined;
  return list?.version === version ? list.scans : undefined;
}

/** Keeps what the table holds now. */
export async function keepScanList(blobs: Blobs, account: string, scans: readonly ScanItem[]): Promise<void> {
  await blobs.put(keyOf(account), { version, scans } satisfies ScanList);
}

const accountKey = "last-account.json.gz";

/** A local store holds no account's credentials, so it keeps in mind which account was scanned last. */
export async function keepAccount(blobs: Blobs, account: string): Promise<void> {
  await blobs.put(accountKey, { account });
}

/** The account that was scanned last; undefined where no scan was begun. */
export async function lastAccount(blobs: Blobs): Promise<string | undefined> {
  return ((await blobs.get(accountKey)) as { account?: string } | undefined)?.account;
}

const decidedKey = (account: string) => `decided/${account}.json.gz`;

/** Says that the table may hold decisions of people. Before the first of them is written, so that nobody overlooks it. */
export async function keepDecided(blobs: Blobs, account: string): Promise<void> {
  await blobs.put(decidedKey(account), { account });
}

export async function isDecided(blobs: Blobs, account: string): Promise<boolean> {
  return (await blobs.get(decidedKey(account))) !== undefined;
}
