/** One process of the bench: the page step of the deployed scan, measured; the table is held by the parent. Prints JSON. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PageBundle } from "../../shared/page-file/page-html.ts";
import { keepPage } from "../../shared/page-upkeep/keep-page.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { LocalTable, localTableName } from "../../shared/store/local-table.ts";

/** What one page took. */
export interface KeptPageMeasured {
  readonly cpuSeconds: number;
  /** Of memory that is used at all, the most. */
  readonly peakMb: number;
  readonly bytes: number;
}

const [folder = "", documentKey = "", bundleFile = ""] = process.argv.slice(2);
const table = await LocalTable.open(folder);
const { bytes } = await keepPage(
  {
    store: new DynamodbStore(table.client, localTableName),
    blobs: new FolderBlobs(join(folder, "blobs")),
    bundle: JSON.parse(readFileSync(bundleFile, "utf8")) as PageBundle,
    rules: catalogue,
    deployment: { stack: "SmallTarget", region: "eu-west-1" },
  },
  documentKey,
);
await table.close();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const measured: KeptPageMeasured = { cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000, peakMb: maxRSS / 1024, bytes };
process.stdout.write(JSON.stringify(measured));
