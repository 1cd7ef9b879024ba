/** `--store dir:PATH`: a folder of this machine. Reading needs its files alone; the table in it is loaded and opened when it is asked. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { FolderBlobs } from "../shared/store/folder-blobs.ts";
import type { Kept } from "./kept.ts";
import { isDecided, keepDecided, readScanList, recentScans } from "./scan-list.ts";
import { CannotStartError } from "./usage-error.ts";

/** Undefined for a reader where nothing was ever scanned. @throws ForeignTableError, and what says that the table cannot be opened */
export async function openFolder(folder: string, purpose: "read" | "scan"): Promise<Kept | undefined> {
  if (purpose === "read" && !existsSync(join(folder, "table"))) return undefined;
  const blobs = new FolderBlobs(join(folder, "blobs"));
  const open = async () => {
    const { openToRead, openToScan } = await import("./folder-table.ts");
    return purpose === "read" ? openToRead(folder) : openToScan(folder, blobs);
  };
  let opened: ReturnType<typeof open> | undefined;
  const table = async () => {
    opened ??= open();
    return (await opened).store;
  };
  // before a scan asks AWS anything, it has to know that it can remember
  if (purpose === "scan") await table();
  return {
    table,
    decisions: async (account) => ((await isDecided(blobs, account)) ? (await table()).decisions.all(account) : []),
    questions: async (account) => ((await isDecided(blobs, account)) ? (await table()).questions.all(account) : []),
    writable: async (account) => {
      const store = await table();
      if ((await opened)?.isCopy) {
        throw new CannotStartError(
          `${folder} cannot be written, so nothing was recorded: check its permissions, or name a store with --store or --stack that can be`,
        );
      }
      await keepDecided(blobs, account);
      return store;
    },
    scans: async (account) => (await readScanList(blobs, account)) ?? (await table()).scans(account, recentScans),
    blobs,
    kind: "dir",
    where: `${folder.replace(/\/+$/, "")}/ (findings table and snapshots)`,
    close: async () => (await opened)?.close(),
  };
}
