/** Parts the libraries of images: what lies in a layer that several functions have is said of the layer, the rest of the function. Pure. */
import { compareHoles } from "../libraries/match-packages.ts";
import type { ImageLayer, ImageLayers } from "../model/image-layer.ts";
import type { ArtifactLibraries, VulnerablePackage } from "../model/libraries.ts";
import type { ImageFunction } from "./images-in-use.ts";

/** An image function with what is known of its image. */
export interface KnownImage {
  readonly image: ImageFunction;
  readonly libraries: ArtifactLibraries;
  /** Its packages and those of every version behind its aliases are known, and were put to the advisories. */
  readonly isRead: boolean;
}

export interface PartedImages {
  readonly layers: ImageLayers;
  /** By the ARN of the function, without what is said of layers. */
  readonly functions: ReadonlyMap<string, ArtifactLibraries>;
}

/** @param hasAdvisories of every ecosystem: of a package of another one nobody knows that it is mended */
export function partImages(images: readonly KnownImage[], { account, partition }: Place, hasAdvisories: boolean): PartedImages {
  const users = new Map<string, KnownImage[]>();
  for (const known of images) {
    const digests = new Set((known.libraries.vulnerable ?? []).map((one) => keyOf(known, one)));
    for (const key of digests) users.set(key, [...(users.get(key) ?? []), known]);
  }
  const unread = new Set(images.flatMap(({ image: { f }, isRead }) => (isRead ? [] : [f.region])));
  const isShared = (key: string) => key !== "" && (users.get(key)?.length ?? 0) > 1;
  const isWhole = (region: string) => hasAdvisories && !unread.has(region);
  const layers = [...users].flatMap(([key, of]) => (isShared(key) ? [layerOf(key, of, isWhole, { account, partition })] : []));
  const functions = new Map(images.map((known) => [known.image.f.arn, withoutShared(known, isShared)]));
  return { layers: { layers, isWhole }, functions };
}

interface Place {
  readonly account: string;
  readonly partition: string;
}

/** Empty where it is not known in which layer it lies. */
function keyOf({ image: { f } }: KnownImage, { package: { evidence } }: VulnerablePackage): string {
  return evidence.layer === undefined ? "" : `${f.region} ${evidence.layer}`;
}

function layerOf(key: string, users: readonly KnownImage[], isWhole: ImageLayers["isWhole"], { account, partition }: Place): ImageLayer {
  const [region = "", digest = ""] = key.split(" ");
  const found = new Map<string, VulnerablePackage>();
  for (const known of users) {
    for (const one of known.libraries.vulnerable ?? []) if (keyOf(known, one) === key) found.set(one.package.purl, one);
  }
  const vulnerable = [...found.values()].toSorted(compareHoles);
  // what is taken away in all images that are known may be there in one that is not
  const isTold = users.every(({ libraries: { untold } }) => untold.length === 0);
  const status = isWhole(region) && isTold ? "complete" : "partial";
  const cleared = isWhole(region) && !isTold ? [...new Set(users.flatMap((known) => known.libraries.cleared ?? []))] : undefined;
  const coverage = { status, statements: [], opaque: [] } as const;
  return {
    arn: `arn:${partition}:ecr:${region}:${account}:image-layer/${digest}`,
    digest,
    region,
    repositories: [...new Set(users.flatMap(({ image: { use } }) => use?.repository ?? []))].toSorted(),
    users: users.map(({ image: { f } }) => f.arn),
    libraries: {
      kind: "layer",
      packages: vulnerable.length,
      versionsKnown: vulnerable.length,
      coverage,
      vulnerable,
      untold: [],
      ...(cleared ? { cleared } : {}),
    },
  };
}

function withoutShared(known: KnownImage, isShared: (key: string) => boolean): ArtifactLibraries {
  const { vulnerable, cleared, ...libraries } = known.libraries;
  if (!vulnerable) return known.libraries;
  const own = vulnerable.filter((one) => !isShared(keyOf(known, one)));
  const names = new Set(own.map((one) => one.package.name));
  const moved = vulnerable.flatMap((one) => (own.includes(one) || names.has(one.package.name) ? [] : [one.package.name]));
  return { ...libraries, vulnerable: own, ...(cleared ? { cleared: [...cleared, ...moved] } : {}) };
}
