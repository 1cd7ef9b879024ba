/** Advisories as they are kept between looks at their source: what was good last stays in use while the source is not. */
import { createHash } from "node:crypto";
import type { EcosystemAdvisories } from "../libraries/advisories/advisory.ts";
import type { Ecosystem } from "../model/packages.ts";
import { readBucket } from "./bucket-feed.ts";
import { FeedError } from "./feed-error.ts";
import type { HttpGet } from "./http-get.ts";

/** Where they are kept: blobs are. */
export interface Keep {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}

export interface Refreshed {
  readonly ecosystem: Ecosystem;
  /** Absent: nothing is known of this ecosystem. */
  readonly advisories?: EcosystemAdvisories;
  /** Why it is not of today, in words. */
  readonly failure?: string;
}

/** One blob per ecosystem and source. */
export function keyOf(base: string, ecosystem: Ecosystem): string {
  return `advisories/${createHash("sha256").update(base).digest("hex").slice(0, 12)}/${ecosystem}.json.gz`;
}

/** Looks at the source once more. Fails for no reason of the source's; an error of `keep` is thrown. */
export async function refreshed(get: HttpGet, keep: Keep, base: string, ecosystem: Ecosystem, now: Date): Promise<Refreshed> {
  const key = keyOf(base, ecosystem);
  const kept = keptOf(await keep.get(key), ecosystem);
  try {
    const advisories = await readBucket(get, base, ecosystem, { kept, now });
    await keep.put(key, advisories);
    return { ecosystem, advisories };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return { ecosystem, ...(kept ? { advisories: kept } : {}), failure: error.message };
  }
}

/** What another version of this program kept in another format is read again from the source. */
function keptOf(value: unknown, ecosystem: Ecosystem): EcosystemAdvisories | undefined {
  const kept = value as Partial<EcosystemAdvisories> | undefined | null;
  return kept?.format === 1 && kept.ecosystem === ecosystem && Array.isArray(kept.advisories) ? (kept as EcosystemAdvisories) : undefined;
}
