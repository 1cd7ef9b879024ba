/** Advisories as they are kept between looks at their source: what was good last stays in use while the source is not. */
import { createHash } from "node:crypto";
import type { Advisory, EcosystemAdvisories } from "../libraries/advisories/advisory.ts";
import type { Ecosystem } from "../model/packages.ts";
import { type AskedPackage, readApi } from "./api-feed.ts";
import { readBucket } from "./bucket-feed.ts";
import { FeedError } from "./feed-error.ts";
import type { HttpGet } from "./http-get.ts";

/** Where they are kept: blobs are. A line for each, so that 200,000 of them are never in memory as one text. */
export interface Keep {
  getLines(key: string): Promise<AsyncIterable<unknown> | undefined>;
  putLines(key: string, values: Iterable<unknown>): Promise<void>;
}

export interface Refreshed {
  readonly ecosystem: Ecosystem;
  /** Absent: nothing is known of this ecosystem. */
  readonly advisories?: EcosystemAdvisories;
  /** Why it is not of today, in words. */
  readonly failure?: string;
  /** The source does not answer at all: it need not be asked for anything else now. */
  readonly isUnreachable?: true;
}

/** One blob per ecosystem and source. */
export function keyOf(base: string, ecosystem: Ecosystem): string {
  return `${folderOf(base)}/${ecosystem}.ndjson.gz`;
}

/** Where everything of one source is kept. */
export function folderOf(source: string): string {
  return `advisories/${createHash("sha256").update(source).digest("hex").slice(0, 12)}`;
}

/** Looks at the source once more. Fails for no reason of the source's; an error of `keep` is thrown. */
export async function refreshed(get: HttpGet, keep: Keep, base: string, ecosystem: Ecosystem, now: Date): Promise<Refreshed> {
  return lookedAt(keep, base, ecosystem, (kept) => readBucket(get, base, ecosystem, { kept, now }));
}

/**
 * The same of an API, which is asked about `packages` alone. Where it fails, what was kept is used if it tells of all of them, and is as
 * old as the oldest answer among them: of a package that was never asked about nothing is known, which is not that it has no holes.
 */
export async function refreshedByName(
  get: HttpGet,
  keep: Keep,
  base: string,
  { ecosystem, packages, now }: { readonly ecosystem: Ecosystem; readonly packages: readonly AskedPackage[]; readonly now: Date },
): Promise<Refreshed> {
  const looked = await lookedAt(keep, base, ecosystem, (kept) => readApi(get, base, ecosystem, { packages, kept, now }));
  const { advisories, failure } = looked;
  if (failure === undefined || !advisories) return looked;
  const { asked = {} } = advisories;
  const dates = packages.flatMap(({ name }) => (Object.hasOwn(asked, name) ? [asked[name] ?? ""] : []));
  const never = packages.length - dates.length;
  if (never > 0) return { ecosystem, failure: `${failure}; about ${never} of the ${packages.length} packages it was never asked before` };
  return { ...looked, advisories: { ...advisories, fetchedAt: dates.toSorted()[0] ?? advisories.fetchedAt } };
}

async function lookedAt(
  keep: Keep,
  base: string,
  ecosystem: Ecosystem,
  read: (kept: EcosystemAdvisories | undefined) => Promise<EcosystemAdvisories>,
): Promise<Refreshed> {
  const kept = await readKept(keep, keyOf(base, ecosystem), ecosystem);
  try {
    const advisories = await read(kept);
    await keepAdvisories(keep, advisories);
    return { ecosystem, advisories };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return {
      ecosystem,
      ...(kept ? { advisories: kept } : {}),
      failure: error.message,
      ...(error.isUnreachable ? { isUnreachable: true } : {}),
    };
  }
}

export async function keepAdvisories(keep: Keep, advisories: EcosystemAdvisories): Promise<void> {
  await keep.putLines(keyOf(advisories.source, advisories.ecosystem), keptLines(advisories));
}

/** The first line. */
type Head = Omit<EcosystemAdvisories, "advisories"> & { readonly count: number };

function* keptLines({ advisories, ...head }: EcosystemAdvisories): Generator<unknown> {
  yield { ...head, count: advisories.length } satisfies Head;
  yield* advisories;
}

/** Shared by the 200,000 records that say nothing else: each of its own would take ten times the room. */
const malicious = { severity: "CRITICAL", by: "malicious" } as const;

/**
 * What is kept under `key`; undefined where there is nothing, or something that another version kept, or that is damaged: it is read again
 * from the source.
 * @param isWanted by the name of the package; of the others nothing stays in memory
 */
export async function readKept(
  keep: Pick<Keep, "getLines">,
  key: string,
  ecosystem: Ecosystem,
  isWanted: (name: string) => boolean = () => true,
): Promise<EcosystemAdvisories | undefined> {
  try {
    const lines = await keep.getLines(key);
    if (!lines) return undefined;
    let head: Head | undefined;
    const advisories: Advisory[] = [];
    let count = 0;
    for await (const line of lines) {
      if (!head) {
        head = line as Head;
        if (head.format !== 1 || head.ecosystem !== ecosystem) return undefined;
        continue;
      }
      count += 1;
      const advisory = line as Advisory;
      if (!advisory.affected.some(({ name }) => isWanted(name))) continue;
      advisories.push(advisory.gravity.by === "malicious" ? { ...advisory, gravity: malicious } : advisory);
    }
    if (!head || count !== head.count) return undefined;
    const { count: _, ...facts } = head;
    return { ...facts, advisories };
  } catch (error) {
    // thrown by blobs for what cannot be understood; that it cannot be read is another matter
    if (error instanceof Error && error.name === "UnreadableBlobError") return undefined;
    throw error;
  }
}
