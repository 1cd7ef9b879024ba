/** The first step of a scan: who we are, nobody else scanning, which Regions. */
import { randomBytes } from "node:crypto";
import { CallCount } from "../aws/client-options.ts";
import { type Identity, identify, listRegions, type RegionList } from "../collect/account.ts";
import type { Coverage } from "../model/coverage.ts";
import { globalRegion, type Snapshot } from "../model/snapshot.ts";
import type { LockHolder } from "../store/store.ts";
import type { Watchdog } from "../watch.ts";

/** Of the checkpoints of a scan. A version whose checkpoints read differently takes the next number. */
const checkpointVersion = 1;

/** What the later steps need to know. Small, for it is checkpointed. */
export interface ScanPlan {
  /** Absent in checkpoints of the first releases: 1. */
  readonly version?: number;
  readonly scanId: string;
  readonly account: string;
  readonly partition: string;
  /** The scan's time: the `now` of every rule. ISO 8601. */
  readonly at: string;
  readonly regions: readonly string[];
  /** All enabled Regions, also those that are not looked at. */
  readonly enabledRegions: readonly string[];
  /** What is collected one by one: what is account-wide, then the Regions. Roles and buckets concern every Region. */
  readonly parts: readonly string[];
  readonly regionSource: Snapshot["regionSource"];
  readonly coverage: readonly Coverage[];
  readonly apiCalls: Readonly<Record<string, number>>;
}

/** Another scan of the account is running. */
export class ScanRunningError extends Error {
  override readonly name = "ScanRunningError";
  constructor(holder: LockHolder) {
    super(
      `another scan of this account has been running since ${holder.since} (${holder.scanId}); nothing was done. ` +
        `Wait for it, or, if it was killed, try again after ${holder.expiresAt}`,
    );
  }
}

/** `--region` names a Region that is not enabled in the account. */
export class UnknownRegionError extends Error {
  override readonly name = "UnknownRegionError";
}

/** The program was replaced while the scan ran, by a version that cannot go on with what is checkpointed. */
export class CheckpointVersionError extends Error {
  override readonly name = "CheckpointVersionError";
  constructor({ scanId }: ScanPlan, version: number) {
    super(
      `scan ${scanId} was begun by a version of Small Target whose checkpoints (version ${version}) this one (version ${checkpointVersion}) ` +
        "cannot read: nothing was concluded from it, and the next scan begins anew",
    );
  }
}

/** The plan, where it is one that this version understands. @throws CheckpointVersionError */
export function knownPlan(plan: ScanPlan): ScanPlan {
  const { version = 1 } = plan;
  if (version !== checkpointVersion) throw new CheckpointVersionError(plan, version);
  return plan;
}

/** A name for the scan, unique also where the clock stands still. A step of its own: repeated, `begin` meets its own lock. */
export function nameScan(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(":", "-")}Z-${randomBytes(3).toString("hex")}`;
}

export async function begin(watchdog: Watchdog, scanId: string): Promise<ScanPlan> {
  const { store, homeRegion } = watchdog;
  const calls = new CallCount();
  const clients = watchdog.clientsFor(calls);
  const at = watchdog.now();
  const { account, partition }: Identity = await identify(clients, homeRegion);
  const list = await listRegions(clients, homeRegion, watchdog.settings.regions);
  const regions = chooseRegions(watchdog.regions, list);
  const lock = await store.acquireLock(account, scanId, watchdog.leaseSeconds);
  if (lock !== "acquired") throw new ScanRunningError(lock);
  const plan: ScanPlan = {
    version: checkpointVersion,
    scanId,
    account,
    partition,
    at: at.toISOString(),
    regions,
    enabledRegions: [...new Set([...list.regions, ...regions])].sort(),
    parts: [globalRegion, ...regions],
    regionSource: watchdog.regions.length > 0 ? "asked" : list.source,
    coverage: list.coverage,
    apiCalls: calls.byOperation,
  };
  watchdog.started?.(plan);
  await store.saveScan({
    id: scanId,
    account,
    startedAt: plan.at,
    outcome: "running",
    complete: false,
    functions: 0,
    openFindings: 0,
    apiCalls: calls.total,
    incomplete: [],
  });
  return plan;
}

function chooseRegions(asked: readonly string[], { regions, source }: RegionList): readonly string[] {
  if (asked.length === 0) return regions;
  // only a list from AWS can say that a Region does not exist
  const unknown = source === "configured" ? undefined : asked.find((region) => !regions.includes(region));
  if (unknown !== undefined)
    throw new UnknownRegionError(`Region ${unknown} is not enabled in this account; enabled are ${regions.join(", ")}`);
  return [...new Set(asked)].sort();
}
