/** `--advisories DIR|URL`: where the command line has its advisories from, with a word on how old they are. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { publicApi } from "../shared/advisory-feeds/api-feed.ts";
import { publicBucket } from "../shared/advisory-feeds/bucket-feed.ts";
import { FeedError } from "../shared/advisory-feeds/feed-error.ts";
import { readAdvisoryFolder } from "../shared/advisory-feeds/folder-feed.ts";
import { type HttpGet, httpGet, littlePatience, type Patience } from "../shared/advisory-feeds/http-get.ts";
import { type Refreshed, refreshed, refreshedByName } from "../shared/advisory-feeds/kept-advisories.ts";
import { isAddress } from "../shared/advisory-feeds/place-get.ts";
import { apiAddress, apiWord, osvWord } from "../shared/advisory-settings.ts";
import type { EcosystemAdvisories } from "../shared/libraries/advisories/advisory.ts";
import { AdvisoryIndex } from "../shared/libraries/advisories/advisory-index.ts";
import { type Exploited, FeedShapeError, readEpss, readKev } from "../shared/libraries/advisories/exploited.ts";
import { isOld } from "../shared/model/advisories.ts";
import type { Ecosystem } from "../shared/model/packages.ts";
import { cleanText } from "../shared/model/plain-text.ts";
import { readText } from "../shared/report/advisories-text.ts";
import { count } from "../shared/report/quantities.ts";
import { FolderBlobs } from "../shared/store/folder-blobs.ts";
import { CannotStartError, UsageError } from "./usage-error.ts";

/** For all of an address together: the first look at npm alone loads some 210 MB. */
const mostWaitMs = 600_000;
/** Of the names that are sent, so many are said. */
const mostNamed = 20;

export interface AdvisorySource {
  /** A folder, the address of a bucket, or a word for a source; absent: OSV's public bucket. */
  readonly place?: string;
  /** Folder of the local store: what was read from an address is kept in it. */
  readonly keep: string;
  /** With an address; absent: a person's. */
  readonly patience?: Patience;
}

export interface LoadedAdvisories {
  readonly index: AdvisoryIndex;
  /** For the person: what was read, how old it is, what could not be. */
  readonly notes: readonly string[];
  /** Something of it is old or was not understood. */
  readonly incomplete: boolean;
}

/** A package that is asked about. */
export interface WantedPackage {
  readonly ecosystem: Ecosystem;
  /** As `comparableName` makes it. */
  readonly name: string;
  /** As the person writes it, where that is another. */
  readonly written?: string;
}

/**
 * @param wanted of an address, nothing of other ecosystems is read; an API is sent these names
 * @param note what the person should know before it happens
 * @throws UsageError where a folder holds no advisories; CannotStartError where nothing at all can be had from an address
 */
export async function loadAdvisories(
  { place = osvWord, keep, patience = littlePatience }: AdvisorySource,
  wanted: readonly WantedPackage[],
  now: Date,
  note: (text: string) => void,
): Promise<LoadedAdvisories> {
  const api = apiAddress(place, publicApi);
  if (api === undefined && place !== osvWord && !isAddress(place)) return fromFolder(place, now);
  const blobs = new FolderBlobs(join(keep, "blobs"));
  const end = new AbortController();
  setTimeout(() => end.abort(), mostWaitMs).unref();
  const get = httpGet(patience, end.signal);
  const groups = Map.groupBy(wanted, ({ ecosystem }) => ecosystem);
  if (api !== undefined) return fromAddress(api, [...groups.keys()], { now, end }, askApi(get, blobs, api, { wanted, now, note }));
  const base = place === osvWord ? publicBucket : place;
  if (URL.parse(base)?.origin === publicApi)
    throw new UsageError(`--advisories ${base} is OSV's API and no bucket: ${apiWord} asks it, and sends it the names of the packages`);
  return fromAddress(base, [...groups.keys()], { now, end }, (ecosystem) => refreshed(get, blobs, base, ecosystem, now));
}

/** Says first what is sent to whom. */
function askApi(
  get: HttpGet,
  blobs: FolderBlobs,
  api: string,
  { wanted, now, note }: { readonly wanted: readonly WantedPackage[]; readonly now: Date; readonly note: (text: string) => void },
): (ecosystem: Ecosystem) => Promise<Refreshed> {
  if (!isAddress(api)) throw new UsageError(`--advisories ${apiWord}:${api}: it takes an address, as ${apiWord}:${publicApi}`);
  // of a jar that does not say its group there is nothing that could be asked
  const named = wanted.filter(({ ecosystem, name }) => ecosystem !== "Maven" || name.includes(":"));
  const packages = [...new Map(named.map((one) => [`${one.ecosystem} ${one.name}`, { ...one, written: sentName(one) }])).values()];
  const names = packages.map(({ written }) => cleanText(written, 100));
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  const which = names.length === 0 ? "" : `: ${names.slice(0, mostNamed).join(", ")}${more}`;
  note(`${count(names.length, "package name")} sent to ${api}, without versions${which}`);
  return (ecosystem) => {
    const own = packages.filter((one) => one.ecosystem === ecosystem).map(({ name, written }) => ({ name, written }));
    return refreshedByName(get, blobs, api, { ecosystem, packages: own, now });
  };
}

/** The API tells NuGet's and Go's names apart by case; PyPI's it takes in their normal form. */
function sentName({ ecosystem, name, written = name }: WantedPackage): string {
  return ecosystem === "PyPI" ? name : written;
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

async function fromAddress(
  base: string,
  wanted: readonly Ecosystem[],
  { now, end }: { readonly now: Date; readonly end: AbortController },
  look: (ecosystem: Ecosystem) => Promise<Refreshed>,
): Promise<LoadedAdvisories> {
  const feeds: EcosystemAdvisories[] = [];
  const notes: string[] = [];
  let incomplete = false;
  for (const ecosystem of wanted) {
    const { advisories, failure, isUnreachable } = await look(ecosystem);
    // whoever does not answer is not waited for once more with each ecosystem: of those, what is kept is used
    if (isUnreachable) end.abort(new FeedError(`${base} is not asked again: it did not answer before`));
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
  // also one that has nothing about any of the packages
  const known = feeds.map(({ ecosystem }) => ecosystem);
  return { index: new AdvisoryIndex(feeds, known), notes, incomplete };
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
