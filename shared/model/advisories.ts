/** How old the advisories are that packages were put to. */
import type { Ecosystem } from "./packages.ts";

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
