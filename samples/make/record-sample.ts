/**
 * Makes Fernhill's account in an emulator and scans it twice with the real collectors, recording. The second scan asks what
 * only later scans ask.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { recordTo } from "../../shared/aws/recording.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { localRunner } from "../../shared/run/local-runner.ts";
import { codeReaders } from "../../shared/scan/code-analyzers.ts";
import { readSettings } from "../../shared/settings.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { LocalTable, localTableName } from "../../shared/store/local-table.ts";
import { openTable } from "../../shared/store/table.ts";
import { watch } from "../../shared/watch.ts";
import { account } from "../../test/aws/moto.ts";
import { unpaced } from "../../test/aws/unpaced.ts";
import { mainRegion } from "./account-plan.ts";
import { createAccount } from "./create-account.ts";
import { deniedRegion, fernhill, fernhillRegions, recordedAt } from "./fernhill/fernhill.ts";
import { retouched, type Setting } from "./retouch.ts";
import { tidied } from "./tidy.ts";

/** The text of the recording, made with an emulator that runs already and is empty. */
export async function recordSample(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-sample-"));
  try {
    const clients = createClients({ pace: unpaced(), calls: new CallCount() });
    await createAccount(clients, account, fernhill);
    const raw = join(folder, "raw.ndjson");
    await scanTwice(folder, raw, { clients, account, plan: fernhill, now: recordedAt, regions: fernhillRegions, deniedRegion });
    return tidied(raw);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function scanTwice(folder: string, path: string, setting: Setting): Promise<void> {
  const table = await LocalTable.open(folder);
  await openTable(table.client, localTableName, { create: true });
  const recorder = recordTo(path, recordedAt, { code: true });
  const tape: Tape = { offline: false, answer: (call, ask) => recorder.answer(call, () => retouched(setting, call, ask)) };
  const pace = unpaced();
  const watchdog = {
    runner: localRunner,
    clientsFor: (calls: CallCount) => createClients({ pace, calls, tape }),
    store: new DynamodbStore(table.client, localTableName),
    blobs: new FolderBlobs(join(folder, "blobs")),
    channels: [],
    settings: readSettings({}, catalogue),
    ...codeReaders({ images: true }),
    homeRegion: mainRegion,
    regions: [],
    now: () => recordedAt,
    leaseSeconds: 120,
  };
  await watch(watchdog);
  await watch(watchdog);
  recorder.close();
  await table.close();
}
