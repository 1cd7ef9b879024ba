/** The advisories that a scan puts packages to, and how old they are. */
import type { AdvisoryIndex } from "../libraries/advisories/advisory-index.ts";
import type { Exploited } from "../libraries/advisories/exploited.ts";
import type { Ecosystem } from "../model/packages.ts";

/** What is known of one ecosystem, or why nothing is. */
export interface AdvisoryFeed {
  readonly ecosystem: Ecosystem;
  /** A folder, or the address of a bucket. */
  readonly source: string;
  /** When the source was last read as a whole and understood, ISO 8601; absent: never, nothing is known of this ecosystem. */
  readonly fetchedAt?: string;
  /** The newest change in it, as the source dates it. */
  readonly newest?: string;
  /** Why it is not of the last look, in words: what was good before is in use. */
  readonly failure?: string;
}

export interface KnownAdvisories {
  readonly index: AdvisoryIndex;
  /** What is known to be used, or likely to be; empty where no such source is configured. */
  readonly exploited: Exploited;
  readonly feeds: readonly AdvisoryFeed[];
}
