/** All that a watchdog wants to know of advisories, looked at once more; and what a scan then reads, without any network. */
import type { Advisory, EcosystemAdvisories } from "../libraries/advisories/advisory.ts";
import { AdvisoryIndex } from "../libraries/advisories/advisory-index.ts";
import type { Exploited } from "../libraries/advisories/exploited.ts";
import type { AdvisoryFeed } from "../model/advisories.ts";
import type { Ecosystem } from "../model/packages.ts";
import { type ExploitedFeed, exploitedKinds, readExploited, refreshExploited } from "./exploited-feed.ts";
import type { HttpGet } from "./http-get.ts";
import { type Keep, keyOf, readKept, refreshed } from "./kept-advisories.ts";
import type { IsWanted, KnownAdvisories } from "./known-advisories.ts";

export interface AdvisorySources {
  /** Address of a bucket. */
  readonly source: string;
  readonly ecosystems: readonly Ecosystem[];
  /** Addresses. */
  readonly kev?: string;
  readonly epss?: string;
}

/** Blobs, with one that says what the others are. */
export interface KeepAll extends Keep {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}

/** What is in use. */
export interface Current {
  readonly format: 1;
  /** When its sources were last looked at, with whatever success. */
  readonly checkedAt: string;
  readonly feeds: readonly AdvisoryFeed[];
  readonly exploited: readonly ExploitedFeed[];
}

const currentKey = "advisories/current.json.gz";

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
  let unreachable: string | undefined;
  for (const ecosystem of ecosystems) {
    if (unreachable === undefined) {
      const { advisories, failure, isUnreachable } = await refreshed(get, keep, source, ecosystem, now);
      feeds.set(ecosystem, feedOf(ecosystem, source, advisories, failure));
      if (isUnreachable) unreachable = failure;
    } else feeds.set(ecosystem, { ...(feeds.get(ecosystem) ?? { ecosystem, source }), failure: unreachable });
    await save();
  }
  return save();
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

async function readCurrent(keep: Pick<KeepAll, "get">): Promise<Current | undefined> {
  try {
    const current = (await keep.get(currentKey)) as Partial<Current> | undefined;
    return current?.format === 1 && Array.isArray(current.feeds) && Array.isArray(current.exploited) ? (current as Current) : undefined;
  } catch (error) {
    // damaged: the next look at the sources writes it anew
    if (error instanceof Error && error.name === "UnreadableBlobError") return undefined;
    throw error;
  }
}

/** What was kept last, as it is read before a scan's packages are put to it; undefined: nothing was ever kept. */
export async function keptAdvisories(
  keep: Pick<KeepAll, "get" | "getLines">,
  isWanted: IsWanted = () => true,
): Promise<KnownAdvisories | undefined> {
  const current = await readCurrent(keep);
  if (!current) return undefined;
  const kept: EcosystemAdvisories[] = [];
  const feeds: AdvisoryFeed[] = [];
  for (const feed of current.feeds) {
    const { ecosystem, source, fetchedAt } = feed;
    const one =
      fetchedAt === undefined ? undefined : await readKept(keep, keyOf(source, ecosystem), ecosystem, (name) => isWanted(ecosystem, name));
    if (one) kept.push(one);
    if (one || fetchedAt === undefined) feeds.push(feed);
    else
      feeds.push({
        ecosystem,
        source,
        failure: "what was kept is damaged, or of another version of Small Target: the next look reads it anew",
      });
  }
  return {
    index: new AdvisoryIndex(
      kept,
      kept.map(({ ecosystem }) => ecosystem),
    ),
    exploited: await keptExploited(keep, current, kept),
    feeds,
  };
}

async function keptExploited(
  keep: Pick<KeepAll, "getLines">,
  { exploited }: Current,
  kept: readonly EcosystemAdvisories[],
): Promise<Exploited> {
  const names = new Set(kept.flatMap(({ advisories }) => advisories.flatMap(namesOf)));
  const read = async <T extends string | number>(kind: ExploitedFeed["kind"], isOne: (value: unknown) => value is T) => {
    const feed = exploited.find((one) => one.kind === kind);
    const found = feed?.fetchedAt ? await readExploited(keep, feed, (cve) => names.has(cve)) : [];
    return new Map([...found].flatMap(([cve, value]) => (isOne(value) ? [[cve, value] as const] : [])));
  };
  return {
    kev: await read("kev", (value) => typeof value === "string"),
    epss: await read("epss", (value) => typeof value === "number"),
  };
}

const namesOf = ({ id, aliases = [], upstream = [] }: Advisory) => [id, ...aliases, ...upstream];
