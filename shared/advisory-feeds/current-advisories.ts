/** What is in use of all that was ever kept: a blob says it. A scan reads it without any network. */
import type { Advisory, EcosystemAdvisories } from "../libraries/advisories/advisory.ts";
import { AdvisoryIndex } from "../libraries/advisories/advisory-index.ts";
import type { Exploited } from "../libraries/advisories/exploited.ts";
import type { AdvisoryFeed } from "../model/advisories.ts";
import { type ExploitedFeed, readExploited } from "./exploited-feed.ts";
import { type Keep, keyOf, readKept } from "./kept-advisories.ts";
import type { IsWanted, KnownAdvisories } from "./known-advisories.ts";

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

export const currentKey = "advisories/current.json.gz";

/** Undefined: nothing was ever kept, or another version of this program kept it. */
export async function readCurrent(keep: Pick<KeepAll, "get">): Promise<Current | undefined> {
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
