/** The last scan's snapshot with what is known of the code, described by today's program. Nothing is asked of AWS. */
import { codeCollector } from "../artifacts/function-code.ts";
import type { ScanDocument } from "../model/document.ts";
import { globalRegion, type RegionSnapshot, type Snapshot } from "../model/snapshot.ts";
import { type Blobs, UnreadableBlobError } from "../store/blobs.ts";
import { regionKey } from "../store/region-blob.ts";
import { analyzerFor } from "./analyzers.ts";
import type { PackageSources } from "./artifact-fates.ts";
import { readRegion } from "./read-region.ts";
import { withCode } from "./with-code.ts";
import { withLibraries } from "./with-libraries.ts";

type Scanned = Pick<ScanDocument, "scan" | "coverage">;

/** @throws UnreadableBlobError when a snapshot is gone or of a version that this one does not know */
export async function snapshotAgain(blobs: Blobs, document: Scanned): Promise<Snapshot> {
  return withKnownCode(blobs, document, await snapshotOf(blobs, document));
}

/** With the packages that are known today, put to `advisories`. */
export async function librariesAgain(
  blobs: Blobs,
  scanned: Scanned,
  snapshot: Snapshot,
  advisories: PackageSources["advisories"],
): Promise<Snapshot> {
  // with it come the readers of every kind of package
  const { packageLister } = await import("./code-analyzers.ts");
  const sources = { blobs, ...(isOff(scanned) ? {} : { packageLister }), ...(advisories ? { advisories } : {}) };
  return (await withLibraries(snapshot, scanned.scan.id, sources)).snapshot;
}

/** What is known of the code today; nothing where the scan was told not to look at it. */
function withKnownCode(blobs: Blobs, scanned: Scanned, snapshot: Snapshot): Promise<Snapshot> {
  return withCode(snapshot, scanned.scan.id, { blobs, ...(isOff(scanned) ? {} : { analyzerFor }) });
}

function isOff({ coverage }: Scanned): boolean {
  return coverage.some(({ collector, status }) => collector === codeCollector && status === "disabled");
}

async function snapshotOf(blobs: Blobs, { scan, coverage }: Scanned): Promise<Snapshot> {
  const regions: RegionSnapshot[] = [];
  for (const region of [globalRegion, ...scan.regions]) {
    const key = regionKey(scan.account, region);
    const snapshot = await readRegion(blobs, key);
    if (snapshot) regions.push(snapshot);
    // scans of single Regions had no account-wide part once
    else if (region !== globalRegion) {
      throw new UnreadableBlobError(`the snapshot of ${region} (${key}) is not in this store: scan again, then it can be judged`);
    }
  }
  const { account, partition, regionSource, startedAt } = scan;
  const accountCoverage = coverage.filter(({ collector }) => collector === "regions");
  return { account, partition, regionSource, at: startedAt, accountCoverage, regions };
}
