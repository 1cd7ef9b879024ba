/** What became of every artifact that functions have: its packages as the advisories see them, or why they are not known. */
import { imageGone, type KeptArtifact, kindOf, type Lister, layerGone, refusalOf } from "../artifacts/kept-artifact.ts";
import type { ReadFailure } from "../artifacts/outcome.ts";
import { noCodeRecorded, notRecorded, type Told, whyFailed } from "../artifacts/told-of-artifacts.ts";
import { librariesIn, withHoles } from "../libraries/artifact-libraries.ts";
import { Postings } from "../libraries/match-packages.ts";
import { noted } from "../libraries/packages/kept-list.ts";
import type { AdvisoryFeed } from "../model/advisories.ts";
import type { ArtifactLibraries } from "../model/libraries.ts";
import type { PackageList } from "../model/packages.ts";
import type { Blobs } from "../store/blobs.ts";
import { batchSoFar, knownArtifacts, mostBatches } from "./code-blobs.ts";
import { allLists } from "./package-blobs.ts";
import type { ArtifactUse } from "./posting-blob.ts";
import type { Watchdog } from "./watchdog.ts";

export interface PackageSources {
  readonly blobs: Blobs;
  /** Absent: reading code is switched off, and what was listed before is not looked at. */
  readonly packageLister?: Lister<PackageList>;
  /** Absent: images are not read; what is known of them is used all the same, for an image never changes. */
  readonly imageLister?: Watchdog["imageLister"];
  /** Absent, or without an answer: there are no advisories. */
  readonly advisories?: Watchdog["advisories"];
}

/** An artifact as it was met. */
export interface Fate {
  readonly libraries: ArtifactLibraries;
  readonly told: Omit<Told, "of" | "layerArn">;
}

/** By the key of an artifact the functions that have it. */
export type Uses = ReadonlyMap<string, readonly ArtifactUse["usedBy"][number][]>;

export interface Fates {
  readonly fates: ReadonlyMap<string, Fate>;
  readonly postings: Postings;
  /** Keys of the artifacts whose packages are known, by their numbers in the index. */
  readonly artifacts: readonly string[];
  /** Where the advisories are from; none: there are none yet. */
  readonly feeds: readonly AdvisoryFeed[];
}

/** @param lister of today: what an older one made is used, and counts as left */
export async function fatesOf(
  account: string,
  scanId: string,
  uses: Uses,
  { blobs, advisories, imageLister }: PackageSources,
  lister: Lister<PackageList>,
): Promise<Fates> {
  const postings = new Postings();
  const fates = new Map<string, Fate>();
  const artifacts: string[] = [];
  for await (const list of allLists(blobs, account, "packages")) {
    const { key, unread } = list;
    if (!uses.has(key)) continue;
    const kind = kindOf(key);
    if (unread) {
      fates.set(
        key,
        unknownFate(kind, {
          why: `its content is not listed: ${unread.why}`,
          failure: { code: unread.code, message: unread.why },
          isRefused: true,
        }),
      );
      continue;
    }
    for (const line of list.packages) postings.note(artifacts.length, noted(line));
    artifacts.push(key);
    const by = kind === "image" ? imageLister : lister;
    const isOld = by !== undefined && list.version !== by.version;
    fates.set(key, { libraries: librariesIn(list, kind), told: { isRead: true, ...(isOld ? { isLeft: true as const } : {}) } });
  }
  for (const [key, unread] of await unreadArtifacts(blobs, account, scanId)) {
    if (uses.has(key) && !fates.has(key)) fates.set(key, unknownFate(kindOf(key), unread));
  }
  const known = await advisories?.(postings.names());
  if (known) {
    postings.putTo(known);
    // once more, for where in the artifact the vulnerable ones are: to hold that of all of them would take more memory than anything else
    for await (const list of allLists(blobs, account, "packages")) {
      const fate = fates.get(list.key);
      if (fate?.libraries.coverage) fates.set(list.key, { ...fate, libraries: withHoles(fate.libraries, list, postings) });
    }
  }
  return { fates, postings, artifacts, feeds: known?.feeds ?? [] };
}

interface Unread {
  readonly why: string;
  readonly failure?: ReadFailure;
  readonly isRefused?: true;
}

/** What was refused, and what failed in this scan. */
async function unreadArtifacts(blobs: Blobs, account: string, scanId: string): Promise<Map<string, Unread>> {
  const unread = new Map<string, Unread>();
  const noteRefusal = (artifact: KeptArtifact) => {
    const refusal = refusalOf(artifact);
    if (!refusal) return;
    const { code, why } = refusal;
    unread.set(
      artifact.key,
      code === layerGone || code === imageGone
        ? { why }
        : {
            why: `its ${kindOf(artifact.key) === "image" ? "image" : "zip"} is not read: ${why}`,
            failure: { code, message: why },
            isRefused: true,
          },
    );
  };
  const { kept, batches } = await knownArtifacts(blobs, account);
  for (const artifact of [...kept, ...batches]) noteRefusal(artifact);
  for (let batch = 1; batch <= mostBatches; batch += 1) {
    for (const outcome of await batchSoFar(blobs, account, scanId, batch)) {
      if (!("failure" in outcome)) continue;
      const { key, failure } = outcome;
      unread.set(key, { why: failure.code === notRecorded ? noCodeRecorded : whyFailed(failure), failure });
    }
  }
  return unread;
}

export function unreadOf(why: string): Unread {
  return { why };
}

export function unknownFate(kind: ArtifactLibraries["kind"], { why, failure, isRefused }: Unread, isLeft = false): Fate {
  return {
    libraries: { kind, packages: 0, versionsKnown: 0, unread: why, untold: [], ...(isRefused ? { isRefused } : {}) },
    told: { isRead: false, ...(failure ? { gap: failure } : {}), ...(isLeft ? { isLeft: true as const } : {}) },
  };
}
