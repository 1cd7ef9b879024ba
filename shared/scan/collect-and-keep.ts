/** Reads one Region and keeps what was read: the ledger and the read cache for the next scan, the snapshot for the next step. */
import { CallCount } from "../aws/client-options.ts";
import { collectAccount } from "../collect/collect-account.ts";
import { collectRegion } from "../collect/collect-region.ts";
import type { CachedReads } from "../collect/contract/cached-reads.ts";
import { globalRegion } from "../model/snapshot.ts";
import { catalogue } from "../rules/catalogue.ts";
import { readsFromDays } from "../settings.ts";
import { putRegion, regionKey } from "../store/region-blob.ts";
import { requireCredentials, withoutMissingServices } from "./after-reading.ts";
import { keepLock } from "./keep-lock.ts";
import { knownPlan, type ScanPlan } from "./scan-plan.ts";
import type { Watchdog } from "./watchdog.ts";

/** What is checkpointed of a Region: where its snapshot lies, and counts. */
export interface RegionReceipt {
  readonly region: string;
  readonly snapshotKey: string;
  readonly functions: number;
  readonly apiCalls: Readonly<Record<string, number>>;
}

/** One step runs within one Lambda invocation of at most 15 minutes; what is not read by then is left for the next scan. */
const readsEndAfterMs = 9 * 60_000;

export async function collectAndKeep(watchdog: Watchdog, plan: ScanPlan, region: string): Promise<RegionReceipt> {
  const { store, blobs } = watchdog;
  const { account, partition } = knownPlan(plan);
  await keepLock(watchdog, plan);
  const calls = new CallCount();
  const began = performance.now();
  const cacheKey = `reads/${account}/${region}.json.gz`;
  const isGlobal = region === globalRegion;
  const ledger = isGlobal ? { region, entries: new Map() } : await store.ledger(account, region);
  const clients = watchdog.clientsFor(calls);
  const result = await (isGlobal ? collectAccount : collectRegion)({
    clients,
    account,
    partition,
    region: isGlobal ? watchdog.homeRegion : region,
    allRegions: plan.enabledRegions,
    scannedRegions: plan.regions,
    now: new Date(plan.at),
    candidateDays: readsFromDays("candidates", catalogue, watchdog.settings),
    concurrencyDays: readsFromDays("concurrency", catalogue, watchdog.settings),
    ledger,
    readsCode: watchdog.analyzerFor !== undefined,
    cached: ((await blobs.get(cacheKey)) as CachedReads | undefined) ?? {},
    ...(watchdog.known ? { known: watchdog.known } : {}),
    isOutOfTime: () => performance.now() - began > readsEndAfterMs,
  });
  await requireCredentials(result.snapshot, clients, watchdog.homeRegion);
  const snapshotKey = regionKey(account, region);
  await putRegion(blobs, snapshotKey, isGlobal ? result.snapshot : withoutMissingServices(result.snapshot));
  await blobs.put(cacheKey, result.cached);
  // entries before the clock: killed in between, the next scan reads a little again instead of missing something
  if (!isGlobal) await store.saveLedger(account, region, result.changedEntries, result.readUntil);
  const functions = result.snapshot.functions.items.length;
  watchdog.progress?.({ region, functions });
  return { region, snapshotKey, functions, apiCalls: calls.byOperation };
}
