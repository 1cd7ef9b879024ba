/** How old the advisories are that packages were put to. */
import type { Ecosystem } from "./packages.ts";

/** Sources change daily: who has not read them for so many hours sees too little. */
const oldAfterHours = 48;

/** Whether too much is missing in what was read then. @param fetchedAt ISO 8601; what is no time is old */
export function isOld(fetchedAt: string, now: Date): boolean {
  return !(now.getTime() - Date.parse(fetchedAt) <= oldAfterHours * 3_600_000);
}

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
