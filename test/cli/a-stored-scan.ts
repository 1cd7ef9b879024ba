/** A store that holds a document as its last scan, for commands that read it. */
import { join } from "node:path";
import { openStore } from "../../cli/open-store.ts";
import { keepAccount } from "../../cli/scan-list.ts";
import type { ScanDocument } from "../../shared/model/document.ts";

/** Keeps `document` in the folder; answers what `--store` is to name. */
export async function storeScan(folder: string, document: ScanDocument): Promise<string> {
  const store = `dir:${join(folder, "store")}`;
  const kept = await openStore({ store }, "scan");
  const { id, account, startedAt, finishedAt, complete } = document.scan;
  const documentKey = `scans/${id}.json.gz`;
  await kept.blobs.put(documentKey, document);
  const counts = { functions: document.functions.length, openFindings: document.findings.length, apiCalls: document.scan.apiCalls.total };
  await (await kept.table()).saveScan({
    id,
    account,
    startedAt,
    finishedAt,
    outcome: "done",
    complete,
    ...counts,
    documentKey,
    incomplete: [],
  });
  await keepAccount(kept.blobs, account);
  await kept.close();
  return store;
}
