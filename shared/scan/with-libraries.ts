/** The snapshot with what is known of the packages in its artifacts, and the posting index of the account. */
import { type KeptArtifact, type Lister, layerGone, layerKey, refusalOf } from "../artifacts/kept-artifact.ts";
import type { ReadFailure } from "../artifacts/read-artifacts.ts";
import { coverageRow, noCodeRecorded, notRecorded, type Told, whyFailed } from "../artifacts/told-of-artifacts.ts";
import { artifactsOf, type ZipOwner } from "../artifacts/wanted-artifacts.ts";
import { librariesIn, withHoles, withVersions } from "../libraries/artifact-libraries.ts";
import { Postings } from "../libraries/match-packages.ts";
import { type Coverage, isComplete } from "../model/coverage.ts";
import type { ArtifactLibraries } from "../model/libraries.ts";
import type { PackageList } from "../model/packages.ts";
import { type FunctionConfiguration, globalRegion, type RegionSnapshot, type Snapshot } from "../model/snapshot.ts";
import type { Blobs } from "../store/blobs.ts";
import { batchSoFar, knownArtifacts, mostBatches } from "./code-blobs.ts";
import { allLists } from "./package-blobs.ts";
import type { ArtifactUse, ContentCounts, PostingIndex } from "./posting-blob.ts";
import { type PublishedZip, publishedZips } from "./published-zips.ts";
import type { Watchdog } from "./watchdog.ts";

/** Name of the part, and of its rows in the coverage. */
export const librariesPart = "libraries";

const switchedOff = "reading code is switched off";
const image =
  "container image: the packages in it are not read; let its repository be scanned (ECR basic scanning, or Amazon Inspector), and look there";

export interface PackageSources {
  readonly blobs: Blobs;
  /** Absent: reading code is switched off, and what was listed before is not looked at. */
  readonly packageLister?: Lister<PackageList>;
  /** Absent, or without an answer: there are no advisories. */
  readonly advisories?: Watchdog["advisories"];
}

export interface WithLibraries {
  readonly snapshot: Snapshot;
  /** Absent where nothing is listed. */
  readonly index?: PostingIndex;
}

/** An artifact as it was met. */
interface Fate {
  readonly libraries: ArtifactLibraries;
  readonly told: Omit<Told, "of" | "layerArn">;
}

export async function withLibraries(snapshot: Snapshot, scanId: string, sources: PackageSources): Promise<WithLibraries> {
  const { packageLister } = sources;
  if (!packageLister) return { snapshot: withoutLists(snapshot) };
  const zips = new Map(snapshot.regions.map((one) => [one.region, one.region === globalRegion ? [] : publishedZips(one)]));
  const uses = usesIn(snapshot, zips);
  const { fates, postings, artifacts, feeds } = await fatesOf(snapshot.account, scanId, uses, sources, packageLister);
  const fateOf = (key: string, kind: "code" | "layer"): Fate =>
    fates.get(key) ?? unknownFate(kind, unreadOf("left for the next scan"), true);
  const versionsOf = Map.groupBy([...zips.values()].flat(), ({ functionArn }) => functionArn);
  const functions = new Map(snapshot.regions.flatMap((one) => one.functions.items.map((f) => [f.arn, f])));
  const librariesOf = (arn: string): ArtifactLibraries | undefined => {
    const f = functions.get(arn);
    if (f) return ofFunction(f, versionsOf.get(arn) ?? [], fateOf);
    return uses.has(layerKey(arn)) ? fateOf(layerKey(arn), "layer").libraries : undefined;
  };
  const regions = snapshot.regions.map((one) =>
    one.region === globalRegion
      ? one
      : { ...one, libraries: { items: [], coverage: rowOf(one, zips.get(one.region) ?? [], fateOf, snapshot) } },
  );
  const listed = new Set(artifacts);
  const users = [...artifacts, ...[...uses.keys()].filter((key) => !listed.has(key))].map((key): ArtifactUse => {
    const { unread } = fateOf(key, kindOf(key)).libraries;
    return { key, usedBy: uses.get(key) ?? [], ...(unread === undefined ? {} : { unread }) };
  });
  const contents = contentsOf(
    [...uses.keys()].map((key) => fates.get(key)),
    functions,
  );
  return {
    snapshot: { ...snapshot, regions, librariesOf, ...(sources.advisories ? { advisories: feeds } : {}) },
    index: { contents, artifacts: users, postings },
  };
}

function contentsOf(fates: readonly (Fate | undefined)[], functions: ReadonlyMap<string, FunctionConfiguration>): ContentCounts {
  const count = (status: string) => fates.filter((fate) => (fate?.libraries.coverage?.status ?? "unread") === status).length;
  const images = [...functions.values()].filter(({ packageType }) => packageType === "Image").length;
  return { complete: count("complete"), partial: count("partial"), unknown: count("unknown"), unread: count("unread"), images };
}

function withoutLists(snapshot: Snapshot): Snapshot {
  const coverageIn = (region: string): Coverage => ({ collector: librariesPart, region, status: "disabled", message: switchedOff });
  const regions = snapshot.regions.map((one) =>
    one.region === globalRegion ? one : { ...one, libraries: { items: [], coverage: coverageIn(one.region) } },
  );
  const functions = new Map(snapshot.regions.flatMap((one) => one.functions.items.map((f) => [f.arn, f])));
  const librariesOf = (arn: string): ArtifactLibraries | undefined => {
    const f = functions.get(arn);
    return f && { kind: f.packageType === "Image" ? "image" : "code", packages: 0, versionsKnown: 0, unread: switchedOff, untold: [] };
  };
  return { ...snapshot, regions, librariesOf };
}

type Uses = ReadonlyMap<string, readonly ArtifactUse["usedBy"][number][]>;

/** By artifact the functions that have it, themselves or as the version behind an alias. */
function usesIn({ regions }: Snapshot, zips: ReadonlyMap<string, readonly PublishedZip[]>): Uses {
  const uses = new Map<string, ArtifactUse["usedBy"][number][]>();
  const note = (zip: ZipOwner, functionArn: string, version?: string) => {
    for (const { key } of artifactsOf(zip)) {
      const of = uses.get(key) ?? [];
      uses.set(key, of);
      // most versions behind aliases are what the function is today
      if (version === undefined || !of.some(([arn]) => arn === functionArn))
        of.push(version === undefined ? [functionArn] : [functionArn, version]);
    }
  };
  for (const { functions } of regions) for (const f of functions.items) note(f, f.arn);
  for (const zip of [...zips.values()].flat()) note(zip, zip.functionArn, versionName(zip));
  return uses;
}

function versionName({ published: { version, aliases } }: PublishedZip): string {
  return `${version} (${aliases.join(", ")})`;
}

async function fatesOf(account: string, scanId: string, uses: Uses, { blobs, advisories }: PackageSources, lister: Lister<PackageList>) {
  const postings = new Postings();
  const fates = new Map<string, Fate>();
  const artifacts: string[] = [];
  for await (const list of allLists(blobs, account)) {
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
    for (const [ecosystem, name, version] of list.packages) postings.note(artifacts.length, ecosystem, name, version);
    artifacts.push(key);
    const isOld = list.version !== lister.version;
    fates.set(key, { libraries: librariesIn(list, kind), told: { isRead: true, ...(isOld ? { isLeft: true as const } : {}) } });
  }
  for (const [key, unread] of await unreadArtifacts(blobs, account, scanId)) {
    if (uses.has(key) && !fates.has(key)) fates.set(key, unknownFate(kindOf(key), unread));
  }
  const known = await advisories?.(postings.names());
  if (known) {
    postings.putTo(known);
    // once more, for where in the artifact the vulnerable ones are: to hold that of all of them would take more memory than anything else
    for await (const list of allLists(blobs, account)) {
      const fate = fates.get(list.key);
      if (fate?.libraries.coverage) fates.set(list.key, { ...fate, libraries: withHoles(fate.libraries, list, postings) });
    }
  }
  return { fates, postings, artifacts, feeds: known?.feeds ?? [] };
}

function kindOf(key: string): "code" | "layer" {
  return key.startsWith("layer ") ? "layer" : "code";
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
      code === layerGone ? { why } : { why: `its zip is not read: ${why}`, failure: { code, message: why }, isRefused: true },
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

function unreadOf(why: string): Unread {
  return { why };
}

function unknownFate(kind: ArtifactLibraries["kind"], { why, failure, isRefused }: Unread, isLeft = false): Fate {
  return {
    libraries: { kind, packages: 0, versionsKnown: 0, unread: why, untold: [], ...(isRefused ? { isRefused } : {}) },
    told: { isRead: false, ...(failure ? { gap: failure } : {}), ...(isLeft ? { isLeft: true as const } : {}) },
  };
}

function ofFunction(
  { packageType, codeSha256, layers }: FunctionConfiguration,
  versions: readonly PublishedZip[],
  fateOf: (key: string, kind: "code") => Fate,
): ArtifactLibraries {
  const [own] = artifactsOf({ packageType, codeSha256, layers }).filter(({ layerArn }) => layerArn === undefined);
  if (packageType === "Image") return unknownFate("image", unreadOf(image)).libraries;
  if (!own) return unknownFate("code", unreadOf("AWS did not say which code it is")).libraries;
  const others = versions.filter((zip) => zip.codeSha256 !== undefined && zip.codeSha256 !== codeSha256);
  return withVersions(
    fateOf(own.key, "code").libraries,
    others.map((zip) => ({ version: versionName(zip), libraries: fateOf(`code ${zip.codeSha256}`, "code").libraries })),
  );
}

function rowOf(
  { region, functions, code }: RegionSnapshot,
  zips: readonly PublishedZip[],
  fateOf: (key: string, kind: "code" | "layer") => Fate,
  { account }: Snapshot,
): Coverage {
  const named = new Map<string, Told>();
  const note = (zip: ZipOwner, of: string) => {
    for (const { key, layerArn } of artifactsOf(zip)) {
      if (named.has(key)) continue;
      const { told } = fateOf(key, layerArn === undefined ? "code" : "layer");
      named.set(key, { of, ...(layerArn === undefined ? {} : { layerArn }), ...told });
    }
  };
  for (const f of functions.items) note(f, f.name);
  for (const zip of zips) note(zip, `version ${zip.published.version} of ${zip.functionArn.split(":").at(-1)}`);
  const row = coverageRow(librariesPart, region, [...named.values()], account);
  // of functions that were not listed the packages are not known either
  if (!isComplete(functions) && row.status === "complete") return { ...functions.coverage, collector: librariesPart, follows: "functions" };
  // one pass reads both: what stood in the way of the code stands in the way of these, and is said once
  if (row.code !== undefined && row.code === code?.coverage.code && row.operation === code.coverage.operation)
    return { ...row, follows: "code" };
  const images = functions.items.filter(({ packageType }) => packageType === "Image").length;
  if (images === 0 || row.message !== undefined) return row;
  return { ...row, message: `${images} container ${images === 1 ? "image is" : "images are"} not read` };
}
