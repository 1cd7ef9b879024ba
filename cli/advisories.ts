/** `--advisories DIR|URL`: where the command line has its advisories from, with a word on how old they are. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { publicBucket } from "../shared/advisory-feeds/bucket-feed.ts";
import { FeedError } from "../shared/advisory-feeds/feed-error.ts";
import { readAdvisoryFolder } from "../shared/advisory-feeds/folder-feed.ts";
import { httpGet } from "../shared/advisory-feeds/http-get.ts";
import { refreshed } from "../shared/advisory-feeds/kept-advisories.ts";
import type { EcosystemAdvisories } from "../shared/libraries/advisories/advisory.ts";
import { AdvisoryIndex } from "../shared/libraries/advisories/advisory-index.ts";
import { type Exploited, FeedShapeError, readEpss, readKev } from "../shared/libraries/advisories/exploited.ts";
import { isOld } from "../shared/model/advisories.ts";
import type { Ecosystem } from "../shared/model/packages.ts";
import { readText } from "../shared/report/advisories-text.ts";
import { count } from "../shared/report/quantities.ts";
import { FolderBlobs } from "../shared/store/folder-blobs.ts";
import { CannotStartError, UsageError } from "./usage-error.ts";

export interface AdvisorySource {
  /** A folder or the address of a bucket; absent: OSV's public one. */
  readonly place?: string;
  /** Folder of the local store: what was read from an address is kept in it. */
  readonly keep: string;
}

export interface LoadedAdvisories {
  readonly index: AdvisoryIndex;
  /** For the person: what was read, how old it is, what could not be. */
  readonly notes: readonly string[];
  /** Something of it is old or was not understood. */
  readonly incomplete: boolean;
}

/**
 * @param wanted ecosystems that are asked about: of an address, nothing else is read
 * @throws UsageError where a folder holds no advisories; CannotStartError where nothing at all can be had from an address
 */
export async function loadAdvisories(source: AdvisorySource, wanted: readonly Ecosystem[], now: Date): Promise<LoadedAdvisories> {
  const { place = publicBucket } = source;
  return /^https?:\/\//i.test(place) ? fromAddress(place, source.keep, wanted, now) : fromFolder(place, now);
}

async function fromFolder(folder: string, now: Date): Promise<LoadedAdvisories> {
  try {
    const records = await readAdvisoryFolder(folder);
    const feeds = records.all({ source: folder, fetchedAt: now.toISOString() });
    const newest = feeds.flatMap(({ advisories }) => advisories.map(({ modified }) => modified)).reduce((a, b) => (b > a ? b : a), "");
    const { unreadable } = records;
    return {
      index: new AdvisoryIndex(feeds),
      notes: [
        `advisories: ${records.records} records in ${folder}, the newest of ${newest.slice(0, 10)}`,
        ...(unreadable.length > 0
          ? [`${unreadable.length} of them are not understood, or only in part: ${unreadable.slice(0, 3).join("; ")}`]
          : []),
      ],
      incomplete: unreadable.length > 0,
    };
  } catch (error) {
    throw error instanceof FeedError ? new UsageError(`--advisories: ${error.message}`, { cause: error }) : error;
  }
}

async function fromAddress(base: string, keep: string, wanted: readonly Ecosystem[], now: Date): Promise<LoadedAdvisories> {
  const blobs = new FolderBlobs(join(keep, "blobs"));
  const get = httpGet();
  const feeds: EcosystemAdvisories[] = [];
  const notes: string[] = [];
  let incomplete = false;
  for (const ecosystem of wanted) {
    const { advisories, failure } = await refreshed(get, blobs, base, ecosystem, now);
    if (advisories) {
      feeds.push(advisories);
      const newest = advisories.newest === undefined ? "" : `, the newest of ${advisories.newest.slice(0, 10)}`;
      const old = isOld(advisories.fetchedAt, now) ? " (too old to rely on)" : "";
      const read = `${readText(advisories.fetchedAt, now)}${old}`;
      notes.push(`advisories: ${advisories.advisories.length} about ${ecosystem} from ${base}, ${read}${newest}`);
    }
    if (advisories && advisories.unreadable > 0)
      notes.push(`${ecosystem}: ${count(advisories.unreadable, "record")} of ${base} not understood, or only in part`);
    if (failure !== undefined) notes.push(`${ecosystem}: ${failure}${advisories ? "; what was read before is used" : ""}`);
    incomplete ||= failure !== undefined || (advisories?.unreadable ?? 0) > 0;
  }
  if (feeds.length === 0 && wanted.length > 0) {
    throw new CannotStartError(
      `no advisories could be read: ${notes.join("; ")}. Check the network, or name a folder or mirror with --advisories`,
    );
  }
  return { index: new AdvisoryIndex(feeds), notes, incomplete };
}

/** The files that `--kev` and `--epss` name. @throws UsageError where one cannot be read, or is something else */
export async function readExploited(kev: string | undefined, epss: string | undefined): Promise<Exploited> {
  return {
    kev: kev === undefined ? new Map() : await readAs(kev, "--kev", readKev),
    epss: epss === undefined ? new Map() : await readAs(epss, "--epss", readEpss),
  };
}

async function readAs<T>(path: string, option: string, read: (text: string) => T): Promise<T> {
  try {
    return read(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof FeedShapeError) throw new UsageError(`${option} ${path}: ${error.message}`, { cause: error });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${option}: cannot read ${path} (${code ?? message})`, { cause: error });
  }
}
