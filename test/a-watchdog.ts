/** A whole watchdog on a stubbed account: real store on dynalite, real blobs in a folder, in a temporary directory. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tape } from "../shared/aws/client-options.ts";
import { createClients } from "../shared/aws/clients.ts";
import { Pace } from "../shared/aws/pace.ts";
import type { ScanDocument } from "../shared/model/document.ts";
import { catalogue } from "../shared/rules/catalogue.ts";
import { localRunner } from "../shared/run/local-runner.ts";
import type { ScanResult } from "../shared/scan/finish.ts";
import type { Watchdog } from "../shared/scan/watchdog.ts";
import { readSettings } from "../shared/settings.ts";
import { DynamodbStore } from "../shared/store/dynamodb-store.ts";
import { FolderBlobs } from "../shared/store/folder-blobs.ts";
import { LocalTable, localTableName } from "../shared/store/local-table.ts";
import { openTable } from "../shared/store/table.ts";
import { watch } from "../shared/watch.ts";
import type { StubAccount } from "./stub-account.ts";

export interface TestWatchdog {
  readonly watchdog: Watchdog;
  readonly store: DynamodbStore;
  /** Where its table and blobs lie. */
  readonly folder: string;
  /** Scans, and answers the result with the document. */
  scan(overrides?: Partial<Watchdog>): Promise<ScanResult & { readonly document: ScanDocument }>;
  /** @param options `keep` leaves the folder, for another one to start with */
  close(options?: { readonly keep?: boolean }): Promise<void>;
}

/**
 * `now` of the watchdog is `stub.data.now`, so that a test moves time by setting that.
 * @param remembering the folder of a closed one, whose table and blobs it starts with
 */
export async function aWatchdog(stub: StubAccount, overrides: Partial<Watchdog> = {}, remembering?: string): Promise<TestWatchdog> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-"));
  if (remembering) cpSync(remembering, folder, { recursive: true });
  const table = await LocalTable.open(folder);
  await openTable(table.client, localTableName, { create: true });
  const store = new DynamodbStore(table.client, localTableName);
  const pace = new Pace();
  const tape: Tape = stub;
  const watchdog: Watchdog = {
    runner: localRunner,
    clientsFor: (calls) => createClients({ pace, calls, tape }),
    store,
    blobs: new FolderBlobs(join(folder, "blobs")),
    channels: [],
    settings: readSettings({}, catalogue),
    // switched on, and nobody reads what the account's functions are written in
    analyzerFor: () => undefined,
    homeRegion: "eu-west-1",
    regions: [],
    now: () => stub.data.now,
    leaseSeconds: 120,
    ...overrides,
  };
  return {
    watchdog,
    store,
    folder,
    async scan(more = {}) {
      const result = await watch({ ...watchdog, ...more });
      const document = (await watchdog.blobs.get(result.documentKey)) as ScanDocument;
      return { ...result, document };
    },
    async close({ keep = false } = {}) {
      await table.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}
