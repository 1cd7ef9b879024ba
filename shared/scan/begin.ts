/** The first step of a scan: who we are, nobody else scanning, which Regions. */
import { randomBytes } from "node:crypto";
import { CallCount } from "../aws/client-options.ts";
import { type Identity, identify, listRegions, type RegionList } from "../collect/account/account.ts";
import { readAlias } from "../collect/account/alias.ts";
import { globalRegion } from "../model/snapshot.ts";
import type { LockHolder } from "../store/store.ts";
import { checkpointVersion, type ScanPlan } from "./scan-plan.ts";
import type { Watchdog } from "./watchdog.ts";

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
    // who names all that there are has chosen none
    regionSource: list.regions.every((region) => regions.includes(region)) ? list.source : "asked",
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
  // a nicety: nobody waits for it before it is known that this scan is the one that runs
  const { alias, coverage } = await readAlias(clients, homeRegion);
  return {
    ...plan,
    ...(alias === undefined ? {} : { accountAlias: alias }),
    coverage: [...plan.coverage, coverage],
    apiCalls: calls.byOperation,
  };
}

function chooseRegions(asked: readonly string[], { regions, source }: RegionList): readonly string[] {
  if (asked.length === 0) return regions;
  // only a list from AWS can say that a Region does not exist
  const unknown = source === "configured" ? undefined : asked.find((region) => !regions.includes(region));
  if (unknown !== undefined)
    throw new UnknownRegionError(`Region ${unknown} is not enabled in this account; enabled are ${regions.join(", ")}`);
  return [...new Set(asked)].sort();
}
