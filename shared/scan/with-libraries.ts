/** The snapshot with what is known of the packages in its artifacts, and the posting index of the account. */
import { codeKey, layerKey } from "../artifacts/kept-artifact.ts";
import { coverageRow, type Told } from "../artifacts/told-of-artifacts.ts";
import { artifactsOf, type ZipOwner } from "../artifacts/wanted-artifacts.ts";
import { withVersions } from "../libraries/artifact-libraries.ts";
import { type Coverage, isComplete } from "../model/coverage.ts";
import type { ArtifactLibraries, ContentCounts, ImageScan } from "../model/libraries.ts";
import { type FunctionConfiguration, globalRegion, type RegionSnapshot, type Snapshot } from "../model/snapshot.ts";
import { type Fate, fatesOf, kindOf, type PackageSources, type Uses, unknownFate, unreadOf } from "./artifact-fates.ts";
import { librariesOfImage } from "./image-libraries.ts";
import type { ArtifactUse, PostingIndex } from "./posting-blob.ts";
import { type PublishedZip, publishedZips } from "./published-zips.ts";

/** Name of the part, and of its rows in the coverage. */
export const librariesPart = "libraries";

const switchedOff = "reading code is switched off";
export interface WithLibraries {
  readonly snapshot: Snapshot;
  /** Absent where nothing is listed. */
  readonly index?: PostingIndex;
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
  const scans = imageScansIn(snapshot);
  const librariesOf = (arn: string): ArtifactLibraries | undefined => {
    const f = functions.get(arn);
    if (f?.packageType === "Image") return librariesOfImage(scans.get(arn), f.region);
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

/** By function what ECR or Amazon Inspector found in its image. */
function imageScansIn({ regions }: Snapshot): ReadonlyMap<string, ImageScan> {
  const rows = regions.flatMap(({ services }) => services.ecr?.items ?? []);
  return new Map(rows.flatMap(({ imageScan }) => (imageScan ? [[imageScan.functionArn, imageScan.scan]] : [])));
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

function ofFunction(
  { packageType, codeSha256, layers }: FunctionConfiguration,
  versions: readonly PublishedZip[],
  fateOf: (key: string, kind: "code") => Fate,
): ArtifactLibraries {
  const [own] = artifactsOf({ packageType, codeSha256, layers }).filter(({ layerArn }) => layerArn === undefined);
  if (!own) return unknownFate("code", unreadOf("AWS did not say which code it is")).libraries;
  const others = versions.filter((zip) => zip.codeSha256 !== undefined && zip.codeSha256 !== codeSha256);
  return withVersions(
    fateOf(own.key, "code").libraries,
    others.map((zip) => ({ version: versionName(zip), libraries: fateOf(codeKey(zip.codeSha256 ?? ""), "code").libraries })),
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
