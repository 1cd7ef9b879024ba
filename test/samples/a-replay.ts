/** The sample, replayed into a real store as `npm start` does, with everything that is said and written noted down. */
import { dirname, join } from "node:path";
import { nothingKept } from "../../cli/nothing-kept.ts";
import { keptAdvisories } from "../../shared/advisory-feeds/current-advisories.ts";
import { httpGet } from "../../shared/advisory-feeds/http-get.ts";
import type { IsWanted, KnownAdvisories } from "../../shared/advisory-feeds/known-advisories.ts";
import { placeGet } from "../../shared/advisory-feeds/place-get.ts";
import { refreshAll } from "../../shared/advisory-feeds/refresh-all.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { replayFrom } from "../../shared/aws/replay.ts";
import { ecosystems } from "../../shared/model/packages.ts";
import type { Message } from "../../shared/notify/channel.ts";
import { codeReaders } from "../../shared/scan/code-analyzers.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
import { StubAccount } from "../stub-account.ts";

export const samplePath = join(import.meta.dirname, "../../samples/sample-account.ndjson");

export interface SampleReplay extends TestWatchdog {
  readonly sent: readonly Message[];
  /** Findings and entries of the ledger that were written since the last call. */
  writes(): { readonly findings: number; readonly functions: number; readonly states: number };
}

export async function aReplay(): Promise<SampleReplay> {
  const tape = replayFrom(samplePath);
  const pace = new Pace();
  const sent: Message[] = [];
  const replay = await aWatchdog(new StubAccount({ now: tape.at, regions: [], functions: [] }), {
    clientsFor: (calls) => createClients({ pace, calls, tape }),
    ...codeReaders({ images: true }),
    advisories: (isWanted) => sampleAdvisories(tape.at, isWanted),
    channels: [aChannel("sns", sent)],
  });
  return { ...replay, sent, writes: countWrites(replay.store) };
}

/** As the command line reads those beside the sample. */
async function sampleAdvisories(now: Date, isWanted: IsWanted | undefined): Promise<KnownAdvisories | undefined> {
  const { blobs } = nothingKept();
  await refreshAll(placeGet(httpGet()), blobs, { source: join(dirname(samplePath), "advisories"), ecosystems }, now);
  return keptAdvisories(blobs, isWanted);
}

/** Counts by hand: a mock would forget what happened in beforeAll. */
function countWrites(store: TestWatchdog["store"]): SampleReplay["writes"] {
  let counts = { findings: 0, functions: 0, states: 0 };
  const saveFindings = store.saveFindings.bind(store);
  const saveLedger = store.saveLedger.bind(store);
  const saveState = store.saveState.bind(store);
  store.saveFindings = (writes) => {
    counts.findings += writes.length;
    return saveFindings(writes);
  };
  store.saveLedger = (account, region, entries, readUntil) => {
    counts.functions += entries.length;
    return saveLedger(account, region, entries, readUntil);
  };
  store.saveState = (account, state) => {
    counts.states += 1;
    return saveState(account, state);
  };
  return () => {
    const since = counts;
    counts = { findings: 0, functions: 0, states: 0 };
    return since;
  };
}
