/** All that a watchdog wants to know of advisories, looked at once more. */
import type { EcosystemAdvisories } from "../libraries/advisories/advisory.ts";
import type { AdvisoryFeed } from "../model/advisories.ts";
import type { Ecosystem } from "../model/packages.ts";
import { type Current, currentKey, type KeepAll, readCurrent } from "./current-advisories.ts";
import { type ExploitedFeed, exploitedKinds, refreshExploited } from "./exploited-feed.ts";
import { FeedError } from "./feed-error.ts";
import { readAdvisoryFolder } from "./folder-feed.ts";
import type { HttpGet } from "./http-get.ts";
import { type Keep, keepAdvisories, type Refreshed, refreshed } from "./kept-advisories.ts";
import { isAddress } from "./place-get.ts";

export interface AdvisorySources {
  /** Address of a bucket, or a folder of this machine. */
  readonly source: string;
  readonly ecosystems: readonly Ecosystem[];
  /** Addresses or files. */
  readonly kev?: string;
  readonly epss?: string;
}

/**
 * Looks at every source, one after the other, and keeps what it has after each: who is cut off goes on the next time. A source that fails
 * is said in what is answered; an error of `keep` is thrown.
 */
export async function refreshAll(get: HttpGet, keep: KeepAll, sources: AdvisorySources, now: Date): Promise<Current> {
  const { source, ecosystems } = sources;
  const before = await readCurrent(keep);
  const feeds = new Map(
    (before?.feeds ?? []).flatMap((one) =>
      ecosystems.includes(one.ecosystem) && one.source === source ? [[one.ecosystem, one] as const] : [],
    ),
  );
  const exploited: ExploitedFeed[] = [];
  const save = async () => {
    const current: Current = { format: 1, checkedAt: now.toISOString(), feeds: [...feeds.values()], exploited };
    await keep.put(currentKey, current);
    return current;
  };
  // small, and a scan that comes now wants them with the rest
  for (const kind of exploitedKinds) {
    const { [kind]: address } = sources;
    const last = before?.exploited.find((one) => one.kind === kind && one.source === address);
    if (address !== undefined) exploited.push(await refreshExploited(get, keep, { kind, source: address }, last, now));
  }
  const known = new Set(feeds.keys());
  const looks = isAddress(source) ? bucketLooks(get, keep, sources, now) : folderLooks(keep, sources, now, known);
  for await (const { ecosystem, advisories, failure } of looks) {
    const before = feeds.get(ecosystem) ?? { ecosystem, source };
    feeds.set(ecosystem, advisories ? feedOf(ecosystem, source, advisories, failure) : { ...before, ...(failure ? { failure } : {}) });
    await save();
  }
  return save();
}

/** Who does not answer at all is asked once, not once for each ecosystem. */
async function* bucketLooks(get: HttpGet, keep: Keep, { source, ecosystems }: AdvisorySources, now: Date): AsyncGenerator<Refreshed> {
  let unreachable: string | undefined;
  for (const ecosystem of ecosystems) {
    if (unreachable !== undefined) yield { ecosystem, failure: unreachable };
    else {
      const one = await refreshed(get, keep, source, ecosystem, now);
      if (one.isUnreachable) unreachable = one.failure;
      yield one;
    }
  }
}

/**
 * A folder is read as a whole; of an ecosystem that it has nothing about, it says nothing. Nobody knows when it was fetched: it is as old
 * as the newest change in it.
 * @param known ecosystems that it had something about
 */
async function* folderLooks(
  keep: Keep,
  { source, ecosystems }: AdvisorySources,
  now: Date,
  known: ReadonlySet<Ecosystem>,
): AsyncGenerator<Refreshed> {
  let feeds: readonly EcosystemAdvisories[];
  try {
    const records = await readAdvisoryFolder(source);
    feeds = records.all({ source, fetchedAt: now.toISOString() });
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    for (const ecosystem of ecosystems) if (known.size === 0 || known.has(ecosystem)) yield { ecosystem, failure: error.message };
    return;
  }
  const newest = newestOf(feeds, now);
  for (const feed of feeds) {
    const { ecosystem, advisories } = feed;
    if (advisories.length === 0 || !ecosystems.includes(ecosystem)) continue;
    const dated = newest === undefined ? feed : { ...feed, fetchedAt: newest, newest };
    await keepAdvisories(keep, dated);
    yield { ecosystem, advisories: dated };
  }
}

/** Go's records have no dates, and a clock may stand still before the newest. */
function newestOf(feeds: readonly EcosystemAdvisories[], now: Date): string | undefined {
  let newest = 0;
  for (const { advisories } of feeds) {
    for (const { modified } of advisories) {
      const at = Date.parse(modified);
      if (at > newest) newest = at;
    }
  }
  return newest === 0 ? undefined : new Date(Math.min(newest, now.getTime())).toISOString();
}

function feedOf(
  ecosystem: Ecosystem,
  source: string,
  advisories: EcosystemAdvisories | undefined,
  failure: string | undefined,
): AdvisoryFeed {
  return {
    ecosystem,
    source,
    ...(advisories ? { fetchedAt: advisories.fetchedAt } : {}),
    ...(advisories?.newest === undefined ? {} : { newest: advisories.newest }),
    ...(failure === undefined ? {} : { failure }),
  };
}
