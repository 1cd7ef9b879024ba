/** The snapshot of a scan, put together from what its steps kept of each Region. */
import type { RegionSnapshot, Snapshot } from "../model/snapshot.ts";
import type { Blobs } from "../store/blobs.ts";
import type { RegionReceipt } from "./collect-and-keep.ts";
import { readRegion } from "./read-region.ts";
import type { ScanPlan } from "./scan-plan.ts";

/** @throws where a Region's snapshot is gone, and UnreadableBlobError */
export async function snapshotOf(blobs: Blobs, plan: ScanPlan, receipts: readonly RegionReceipt[]): Promise<Snapshot> {
  const regions: RegionSnapshot[] = [];
  for (const { snapshotKey, region } of receipts) {
    const snapshot = await readRegion(blobs, snapshotKey);
    if (!snapshot) throw new Error(`the snapshot of ${region} (${snapshotKey}) is gone from the blob store; start the scan again`);
    regions.push(snapshot);
  }
  const { account, partition, regionSource, at, coverage } = plan;
  return { account, partition, regionSource, at, accountCoverage: coverage, regions };
}
