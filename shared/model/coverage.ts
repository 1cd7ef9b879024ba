/**
 * What was looked at, and why not when it was not. "Could not tell" is a value of its own
 * all the way to the report: it is never read as "fine" and never resolves a finding.
 */

/**
 * Why a part is as it is. `complete`: everything; `partial`: some pages or resources; `left`: all that was asked was answered, and the
 * rest is left for the next scan, for want of time: no failure, but not complete either; the others: nothing.
 */
export const coverageStatuses = ["complete", "partial", "left", "denied", "throttled", "disabled", "unsupported", "failed"] as const;
export type CoverageStatus = (typeof coverageStatuses)[number];

/** One row of the coverage table: one collector in one Region. */
export interface Coverage {
  /** Name of the collector, e.g. `functions`. */
  readonly collector: string;
  /** AWS Region, or `global`. */
  readonly region: string;
  readonly status: CoverageStatus;
  /** First operation that did not answer, as `service:Operation`. */
  readonly operation?: string;
  /** AWS error code of that operation. */
  readonly code?: string;
  readonly message?: string;
  /** Set where this could not be read only because that collector could not. */
  readonly follows?: string;
  /** Set where one cause closes several Regions: their names. */
  readonly regions?: readonly string[];
  /** Resources read. */
  readonly resources?: number;
  /** Of what could not be read: how many resources earlier scans saw. Absent: none, or not counted. */
  readonly resourcesBefore?: number;
  /** Set where it is known what there is, though not everything could be read of each. */
  readonly listed?: true;
}

/** A piece of the snapshot with the reason why it is whole or not. */
export interface Part<T> {
  readonly items: readonly T[];
  readonly coverage: Coverage;
}

/** True when everything the part is about was read. A service that is absent in the Region has nothing to read. */
export function isComplete(part: Part<unknown>): boolean {
  return part.coverage.status === "complete" || isAbsent(part.coverage);
}

/** True when it is known what there is, though perhaps not everything could be read of each. */
export function isListed(part: Part<unknown>): boolean {
  return isComplete(part) || part.coverage.listed === true;
}

/** Collector of the account's alias. */
export const aliasCoverage = "alias";

/**
 * True for a service that AWS does not offer, or that is switched off, in the Region: there is nothing to see. The alias of the account is no gap
 * either, whatever became of it: it is a name in messages, and nothing is concluded from it.
 */
export function isAbsent({ status, collector }: Pick<Coverage, "status" | "collector">): boolean {
  return status === "unsupported" || status === "disabled" || collector === aliasCoverage;
}

/**
 * The functions of a Region cannot be listed, because of a policy that is meant for Regions rather than for one action. It closes the Region
 * to whoever deploys, too.
 */
export function isClosedByPolicy({ collector, status, message = "" }: Coverage): boolean {
  return collector === "functions" && status === "denied" && /service control policy/i.test(message);
}

/** Code of the row that says of a channel since when it has taken nothing, and what it said last: `TIME TEXT`. */
export const channelFailingCode = "ChannelFailing";

/** Code of the row that says which facts of AWS are too old to go by; its message names them. */
export const outdatedFactsCode = "OutdatedFacts";

/** Code of the row that says which advisories are too old; its message names them, with "; " between. */
export const oldAdvisoriesCode = "OldAdvisories";

/** Code of the row that says of which ecosystems there are none. */
export const noAdvisoriesCode = "NoAdvisories";

/** The row that says how old they are, where they are too old. */
export const ageOfAdvisories = "age of advisories";
