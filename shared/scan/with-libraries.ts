/** The snapshot with what is known of the packages in its artifacts, and the posting index of the account. */
import { codeKey, kindOf, layerKey } from "../artifacts/kept-artifact.ts";
import { coverageRow, notRecorded, type Told } from "../artifacts/told-of-artifacts.ts";
import { artifactsOf, type ZipOwner } from "../artifacts/wanted-artifacts.ts";
import { withVersions } from "../libraries/artifact-libraries.ts";
import { type Coverage, isComplete } from "../model/coverage.ts";
import type { ArtifactLibraries, ContentCounts, ImageScan } from "../model/libraries.ts";
import { type FunctionConfiguration, globalRegion, type RegionSnapshot, type Snapshot } from "../model/snapshot.ts";
import { type Fate, fatesOf, type PackageSources, type Uses, unknownFate, unreadOf } from "./artifact-fates.ts";
import { partImages } from "./image-layers.ts";
import { imagesSwitchedOff, librariesOfImage } from "./image-libraries.ts";
import { type ImageFunction, imageFunctions, imagesOf } from "./images-in-use.ts";
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
  const { packageLister, imageLister } = sources;
  if (!packageLister) return { snapshot: withoutLists(snapshot) };
  const zips = new Map(snapshot.regions.map((one) => [one.region, one.region === globalRegion ? [] : publishedZips(one)]));
  const images = imageFunctions(snapshot);
  const uses = usesIn(snapshot, zips, images);
  const { fates, postings, artifacts, feeds } = await fatesOf(snapshot.account, scanId, uses, sources, packageLister);
  const fateOf = (key: string, kind: ArtifactLibraries["kind"]): Fate =>
    fates.get(key) ??
    (kind === "image" && !imageLister
      ? unknownFate(kind, unreadOf(imagesSwitchedOff))
      : unknownFate(kind, unreadOf("left for the next scan"), true));
  const versionsOf = Map.groupBy([...zips.values()].flat(), ({ functionArn }) => functionArn);
  const functions = new Map(snapshot.regions.flatMap((one) => one.functions.items.map((f) => [f.arn, f])));
  const scans = imageScansIn(snapshot);
  const ofKey = (key: string) => fateOf(key, "image").libraries;
  const knownImages = [...images.values()].map((image) => ({
    image,
    libraries: librariesOfImage(image, scans.get(image.f.arn), ofKey),
    isRead: imagesOf(image).every((one) => "key" in one && ofKey(one.key).vulnerable !== undefined),
  }));
  const hasAdvisories = feeds.every(({ fetchedAt }) => fetchedAt !== undefined);
  const parted = partImages(knownImages, snapshot, hasAdvisories);
  const layersByArn = new Map(parted.layers.layers.map((layer) => [layer.arn, layer]));
  const librariesOf = (arn: string): ArtifactLibraries | undefined => {
    const f = functions.get(arn);
    const ofImage = parted.functions.get(arn) ?? layersByArn.get(arn)?.libraries;
    if (ofImage) return ofImage;
    if (f) return ofFunction(f, versionsOf.get(arn) ?? [], fateOf);
    return uses.has(layerKey(arn)) ? fateOf(layerKey(arn), "layer").libraries : undefined;
  };
  const imagesIn = ({ region }: RegionSnapshot) => [...images.values()].filter(({ f }) => f.region === region);
  const regions = snapshot.regions.map((one) =>
    one.region === globalRegion
      ? one
      : { ...one, libraries: { items: [], coverage: rowOf(one, zips.get(one.region) ?? [], imagesIn(one), fateOf, snapshot) } },
  );
  const listed = new Set(artifacts);
  const users = [...artifacts, ...[...uses.keys()].filter((key) => !listed.has(key))].map((key): ArtifactUse => {
    const { unread } = fateOf(key, kindOf(key)).libraries;
    return { key, usedBy: uses.get(key) ?? [], ...(unread === undefined ? {} : { unread }) };
  });
  const unreadImages = [...images.values()].filter((one) => !("key" in one && fates.get(one.key)?.libraries.coverage)).length;
  const counted = [...uses.keys()].flatMap((key) =>
    kindOf(key) === "image" && !fates.get(key)?.libraries.coverage ? [] : [fates.get(key)],
  );
  const contents = contentsOf(counted, unreadImages);
  return {
    snapshot: { ...snapshot, regions, librariesOf, imageLayers: parted.layers, ...(sources.advisories ? { advisories: feeds } : {}) },
    index: { contents, artifacts: users, postings },
  };
}

/** By function what ECR or Amazon Inspector found in its image. */
function imageScansIn({ regions }: Snapshot): ReadonlyMap<string, ImageScan> {
  const rows = regions.flatMap(({ services }) => services.ecr?.items ?? []);
  return new Map(rows.flatMap(({ imageScan }) => (imageScan ? [[imageScan.functionArn, imageScan.scan]] : [])));
}

function contentsOf(fates: readonly (Fate | undefined)[], images: number): ContentCounts {
  const count = (status: string) => fates.filter((fate) => (fate?.libraries.coverage?.status ?? "unread") === status).length;
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
function usesIn(
  { regions }: Snapshot,
  zips: ReadonlyMap<string, readonly PublishedZip[]>,
  images: ReadonlyMap<string, ImageFunction>,
): Uses {
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
  for (const [arn, one] of images) {
    for (const placed of imagesOf(one)) {
      const { version } = placed;
      if ("key" in placed) uses.set(placed.key, [...(uses.get(placed.key) ?? []), version === undefined ? [arn] : [arn, version]]);
    }
  }
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
  images: readonly ImageFunction[],
  fateOf: (key: string, kind: ArtifactLibraries["kind"]) => Fate,
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
  let unread = 0;
  for (const one of images) {
    for (const placed of imagesOf(one)) {
      const told = "key" in placed ? fateOf(placed.key, "image").told : { isRead: false };
      if (!told.isRead) unread += 1;
      const of = placed.version === undefined ? one.f.name : `version ${placed.version} of ${one.f.name}`;
      // that a recording holds none is no gap of the scan
      if ("key" in placed && told.gap?.code !== notRecorded && !named.has(placed.key)) named.set(placed.key, { of, ...told });
    }
  }
  const row = coverageRow(librariesPart, region, [...named.values()], account);
  // of functions that were not listed the packages are not known either
  if (!isComplete(functions) && row.status === "complete") return { ...functions.coverage, collector: librariesPart, follows: "functions" };
  // one pass reads both: what stood in the way of the code stands in the way of these, and is said once
  if (row.code !== undefined && row.code === code?.coverage.code && row.operation === code.coverage.operation)
    return { ...row, follows: "code" };
  if (unread === 0 || row.message !== undefined) return row;
  return { ...row, message: `${unread} container ${unread === 1 ? "image is" : "images are"} not read` };
}
