/** The posting index as it lies in the blob store: which package is in which artifact, and which function has that. */
import type { Holes, Posting, Postings } from "../libraries/match-packages.ts";
import type { Wanted } from "../libraries/package-spec.ts";
import type { ContentCounts } from "../model/libraries.ts";
import { type Ecosystem, ecosystems } from "../model/packages.ts";
import { type Blobs, UnreadableBlobError } from "../store/blobs.ts";
import { folder } from "./code-blobs.ts";

export interface ArtifactUse {
  /** `code DIGEST` or `layer ARN`. */
  readonly key: string;
  /** ARNs of functions; with the version, as `7 (live)`, where only that has it. */
  readonly usedBy: readonly (readonly [string] | readonly [string, string])[];
  /** Why its packages are not known. */
  readonly unread?: string;
}

export interface PostingIndex {
  readonly contents: ContentCounts;
  /** By their numbers. */
  readonly artifacts: readonly ArtifactUse[];
  readonly postings: Postings;
}

const blobVersion = 1;

interface Head {
  readonly version: number;
  readonly scanId: string;
  readonly contents: ContentCounts;
}

/** Version, the artifacts' numbers (the first, then each as the distance from the one before), holes, why it could not be told, what is known of the version. */
type VersionLine = readonly [string | null, readonly number[], (Holes | null)?, (string | null)?, string?];
/** A package by the number of its ecosystem and its name; or an artifact. */
type Line = readonly [number, string, readonly VersionLine[]] | ArtifactUse;

const keyOf = (account: string) => `${folder(account)}/postings.ndjson.gz`;

export function keepPostings(blobs: Blobs, account: string, scanId: string, index: PostingIndex): Promise<void> {
  return blobs.putLines(keyOf(account), linesOf(index, scanId));
}

function* linesOf({ contents, artifacts, postings }: PostingIndex, scanId: string): Generator<Head | Line> {
  yield { version: blobVersion, scanId, contents };
  yield* artifacts;
  for (const { ecosystem, name, versions } of postings.entries()) {
    yield [ecosystems.indexOf(ecosystem), name, versions.map(versionLine)];
  }
}

function versionLine({ version, versionRange, artifacts, holes, untold }: Posting): VersionLine {
  const steps = artifacts.map((artifact, i) => artifact - (artifacts[i - 1] ?? 0));
  if (versionRange !== undefined) return [version, steps, holes ?? null, untold ?? null, versionRange];
  if (untold !== undefined) return [version, steps, null, untold];
  return holes ? [version, steps, holes] : [version, steps];
}

/** One version of a package, where it is. */
export interface Found extends Omit<Posting, "artifacts" | "classes" | "as"> {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly artifacts: readonly ArtifactUse[];
}

export interface FoundPackages {
  readonly found: readonly Found[];
  readonly contents: ContentCounts;
}

/**
 * What the last scan found in the account, of the packages and versions that are wanted.
 * @returns undefined where no scan has listed anything
 * @throws UnreadableBlobError
 */
export async function findPackages(blobs: Blobs, account: string, wants: Wanted): Promise<FoundPackages | undefined> {
  const artifacts: ArtifactUse[] = [];
  const found: Found[] = [];
  let contents: ContentCounts | undefined;
  for await (const line of linesIn(blobs, account)) {
    if ("contents" in line) contents = line.contents;
    else if ("key" in line) artifacts.push(line);
    else {
      const [number, name, versions] = line;
      const ecosystem = ecosystems[number];
      const isWanted = ecosystem && wants(ecosystem, name);
      if (isWanted) for (const one of versions) if (isWanted(one[0], one[4])) found.push(foundIn(ecosystem, name, one, artifacts));
    }
  }
  return contents && { found, contents };
}

/** A version of a package, with the place of its list of artifacts. */
export interface KeptVersion extends Omit<Posting, "artifacts" | "classes" | "as"> {
  readonly list: number;
}

/** The whole index. */
export interface KeptPostings {
  /** The scan that listed them. */
  readonly scanId: string;
  readonly contents: ContentCounts;
  readonly artifacts: readonly ArtifactUse[];
  /** Lists of artifacts, as the distance of each from the one before: packages that always go together share one. */
  readonly lists: readonly (readonly number[])[];
  readonly packages: readonly { readonly ecosystem: Ecosystem; readonly name: string; readonly versions: readonly KeptVersion[] }[];
}

/** Everything that the last scan listed; undefined where none has listed anything. @throws UnreadableBlobError */
export async function allPostings(blobs: Blobs, account: string): Promise<KeptPostings | undefined> {
  const artifacts: ArtifactUse[] = [];
  const places = new Map<string, number>();
  const lists: (readonly number[])[] = [];
  const packages: KeptPostings["packages"][number][] = [];
  let head: Head | undefined;
  const placeOf = (steps: readonly number[]) => {
    const key = steps.join();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, lists.length);
    return lists.push(steps) - 1;
  };
  for await (const line of linesIn(blobs, account)) {
    if ("contents" in line) head = line;
    else if ("key" in line) artifacts.push(line);
    else {
      const [number, name, versions] = line;
      const ecosystem = ecosystems[number];
      if (ecosystem === undefined) continue;
      packages.push({
        ecosystem,
        name,
        versions: versions.map((one) => ({ ...toldOf(one), list: placeOf(one[1]) })),
      });
    }
  }
  return head && { scanId: head.scanId, contents: head.contents, artifacts, lists, packages };
}

/** The artifacts that functions have; undefined where no scan has listed anything. @throws UnreadableBlobError */
export async function usedArtifacts(blobs: Blobs, account: string): Promise<readonly ArtifactUse[] | undefined> {
  const artifacts: ArtifactUse[] = [];
  let isThere = false;
  for await (const line of linesIn(blobs, account)) {
    isThere = true;
    if ("key" in line) artifacts.push(line);
    else if (!("contents" in line)) break;
  }
  return isThere ? artifacts : undefined;
}

async function* linesIn(blobs: Blobs, account: string): AsyncGenerator<Head | Line> {
  let head: Head | undefined;
  for await (const line of (await blobs.getLines(keyOf(account))) ?? []) {
    head ??= line as Head;
    if (head.version !== blobVersion) throw UnreadableBlobError.ofVersion(keyOf(account), head.version, blobVersion);
    yield line as Head | Line;
  }
}

function toldOf([version, , holes, untold, versionRange]: VersionLine): Omit<KeptVersion, "list"> {
  return {
    version,
    ...(versionRange === undefined ? {} : { versionRange }),
    ...(holes ? { holes } : {}),
    ...(untold === undefined || untold === null ? {} : { untold }),
  };
}

function foundIn(ecosystem: Ecosystem, name: string, line: VersionLine, artifacts: readonly ArtifactUse[]): Found {
  let at = 0;
  const there = line[1].flatMap((step) => {
    at += step;
    return artifacts[at] ?? [];
  });
  return { ecosystem, name, ...toldOf(line), artifacts: there };
}
