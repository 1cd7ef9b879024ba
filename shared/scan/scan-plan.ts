/** What the first step of a scan leaves for the others, and which versions of it are understood. */
import type { Coverage } from "../model/coverage.ts";
import type { Snapshot } from "../model/snapshot.ts";

/** Of the checkpoints of a scan. A version whose checkpoints read differently takes the next number. */
export const checkpointVersion = 1;

/** What the later steps need to know. Small, for it is checkpointed. */
export interface ScanPlan {
  /** Absent in checkpoints of the first releases: 1. */
  readonly version?: number;
  readonly scanId: string;
  readonly account: string;
  readonly partition: string;
  /** Absent: the account has none, AWS did not say, or a version before aliases began the scan. */
  readonly accountAlias?: string;
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
