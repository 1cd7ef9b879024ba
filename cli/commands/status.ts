/** `smalltarget status`: where the account stands, on one screen. Exits 0 whatever it says. */

import type { Command } from "commander";
import { readCurrent } from "../../shared/advisory-feeds/current-advisories.ts";
import { toJson } from "../../shared/report/json.ts";
import { type StatusFacts, statusPage, statusParts } from "../../shared/report/status-page.ts";
import { getDocumentParts } from "../../shared/store/document-blob.ts";
import type { ScanItem } from "../../shared/store/store.ts";
import type { Kept } from "../kept.ts";
import { type ReadOptions, withScans } from "../last-scan.ts";
import { onePageOption, readOptions } from "../options.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends ReadOptions {
  readonly output: "table" | "json";
}

/** Scans that JSON lists. */
const mostScans = 30;

/** Arguments, options and action. */
export function statusCommand(command: Command): void {
  readOptions(onePageOption(command)).action(status);
}

async function status(options: Options): Promise<void> {
  await withScans(options, async (kept, scans) => {
    if (options.output === "json") print(toJson(scans.slice(0, mostScans)));
    else {
      const document = await lastDocument(kept, scans);
      const feeds = (await readCurrent(kept.blobs))?.feeds;
      const known = { ...(document ? { document } : {}), ...(feeds ? { feeds } : {}) };
      print(statusPage({ scans, now: new Date(), where: kept.where, ...known }, outputLook()).join("\n"));
    }
  });
}

/** Undefined where no scan was finished, or its document is no longer kept: then less is said. */
async function lastDocument({ blobs }: Kept, scans: readonly ScanItem[]): Promise<StatusFacts["document"]> {
  const key = scans.find(({ outcome }) => outcome === "done")?.documentKey;
  return key === undefined ? undefined : getDocumentParts(blobs, key, ["scan", ...statusParts]);
}
