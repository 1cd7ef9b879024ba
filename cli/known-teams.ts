/** Teams that own something in the last scan of a stack. */
import { getDocumentParts } from "../shared/store/document-blob.ts";
import type { StoreOptions } from "./kept.ts";
import { scansIn } from "./last-scan.ts";
import { openStore } from "./open-store.ts";

/** Undefined where nothing was scanned yet. @throws what AWS answers */
export async function knownTeams(options: StoreOptions): Promise<string[] | undefined> {
  const kept = await openStore(options, "read");
  if (!kept) return undefined;
  try {
    const done = (await scansIn(kept, options)).find(({ outcome }) => outcome === "done");
    const document = done?.documentKey ? await getDocumentParts(kept.blobs, done.documentKey, ["functions", "resources"]) : undefined;
    if (!document) return undefined;
    const owned = [...document.functions, ...document.resources].flatMap(({ owner }) => owner.team ?? []);
    return [...new Set(owned)].toSorted();
  } finally {
    await kept.close();
  }
}
