/** The advisories that a scan puts packages to, and how old they are. */
import type { AdvisoryIndex } from "../libraries/advisories/advisory-index.ts";
import type { Exploited } from "../libraries/advisories/exploited.ts";
import type { AdvisoryFeed } from "../model/advisories.ts";
import type { Ecosystem } from "../model/packages.ts";

export interface KnownAdvisories {
  readonly index: AdvisoryIndex;
  /** What is known to be used, or likely to be; empty where no such source is configured. */
  readonly exploited: Exploited;
  readonly feeds: readonly AdvisoryFeed[];
}

/** Of which packages advisories are wanted: an account has some thousand, npm alone has advisories about 200,000. @param name as `comparableName` makes it */
export type IsWanted = (ecosystem: Ecosystem, name: string) => boolean;
