/** The table of a local folder, opened: for a scan with its list of scans, for a reader also where nothing can be written. */
import { copyFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamodbStore } from "../shared/store/dynamodb-store.ts";
import type { FolderBlobs } from "../shared/store/folder-blobs.ts";
import { LocalTable, localTableName } from "../shared/store/local-table.ts";
import type { ScanItem, Store } from "../shared/store/store.ts";
import { openTable } from "../shared/store/table.ts";
import { keepAccount, keepScanList, lastAccount, readScanList, recentScans } from "./scan-list.ts";
import { say } from "./terminal.ts";
import { CannotStartError } from "./usage-error.ts";

export interface FolderTable {
  readonly store: Store;
  /** What is written here is lost. */
  readonly isCopy?: true;
  close(): Promise<void>;
}

/** @throws CannotStartError when the table has lost the scans that the folder remembers */
export async function openToScan(folder: string, blobs: FolderBlobs): Promise<FolderTable> {
  const table = await openLocal(folder, false);
  try {
    const store = new ListedStore(table, blobs);
    await checkHistory(folder, store, blobs);
    return { store, close: () => table.close() };
  } catch (error) {
    await table.close();
    throw error;
  }
}

/** Writes nothing. Where the folder cannot be written, which the database cannot do without, a copy of it is opened. */
export async function openToRead(folder: string): Promise<FolderTable> {
  try {
    const table = await openLocal(folder, true);
    return { store: new DynamodbStore(table.client, localTableName), close: () => table.close() };
  } catch (error) {
    if (!isWriteProtection(error)) throw error;
    return openCopy(folder);
  }
}

async function openLocal(folder: string, readOnly: boolean): Promise<LocalTable> {
  const table = await LocalTable.open(folder);
  try {
    await openTable(table.client, localTableName, { create: true, readOnly });
    return table;
  } catch (error) {
    await table.close();
    throw error;
  }
}

async function openCopy(folder: string): Promise<FolderTable> {
  const copy = await mkdtemp(join(tmpdir(), "smalltarget-read-"));
  const remove = () => rm(copy, { recursive: true, force: true });
  try {
    const [from, to] = [join(folder, "table"), join(copy, "table")];
    await mkdir(to);
    for (const name of await readdir(from)) if (name !== "LOCK") await copyFile(join(from, name), join(to, name));
    const table = await openLocal(copy, true);
    const close = async () => {
      await table.close();
      await remove();
    };
    return { store: new DynamodbStore(table.client, localTableName), isCopy: true, close };
  } catch (cause) {
    await remove();
    const why = (cause as Error).message;
    throw new CannotStartError(
      `${folder} cannot be written, and no copy of its table could be read (${why}): check its permissions, or copy the folder and name the copy with --store dir:PATH`,
      { cause },
    );
  }
}

function isWriteProtection(error: unknown): boolean {
  const codes = [];
  for (let one = error; one instanceof Error; one = one.cause) if ("code" in one) codes.push(one.code);
  return codes.some((code) => code === "EACCES" || code === "EPERM" || code === "EROFS");
}

/** The table of a folder, which keeps the folder's list of scans. */
class ListedStore extends DynamodbStore {
  readonly #blobs: FolderBlobs;

  constructor({ client }: LocalTable, blobs: FolderBlobs) {
    super(client, localTableName);
    this.#blobs = blobs;
  }

  /** The table first: killed in between, the list is behind, and the next scan makes it anew. */
  override async saveScan(scan: ScanItem): Promise<void> {
    await super.saveScan(scan);
    // who asks meanwhile is told that a first scan runs
    if ((await lastAccount(this.#blobs)) === undefined) await keepAccount(this.#blobs, scan.account);
    await keepScanList(this.#blobs, scan.account, await this.scans(scan.account, recentScans));
  }
}

/** A table that has forgotten would make everything new: first sight, no message, no "resolved". That is for a person to decide. */
async function checkHistory(folder: string, store: Store, blobs: FolderBlobs): Promise<void> {
  const account = await lastAccount(blobs);
  if (account === undefined) return;
  const known = await store.scans(account, recentScans);
  if (known.length === 0) {
    throw new CannotStartError(
      `the table in ${folder} has lost its history: account ${account} was scanned into this folder, and the table knows nothing of it. Nothing was done: put the folder back from a copy, or begin anew after mv ${folder} ${folder.replace(/\/+$/, "")}.lost`,
    );
  }
  const listed = (await readScanList(blobs, account)) ?? [];
  const last = listed.find(({ outcome }) => outcome === "done");
  if (last && !known.some(({ id, outcome }) => id === last.id && outcome === "done")) {
    say(
      `the table in ${folder} does not know the last scan (${last.finishedAt}), as after a power failure: this scan goes by what it knew before, and may tell some changes again`,
    );
  }
}
