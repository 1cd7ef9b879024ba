/**
 * What tells versions of packages of npm in bundles: where a package says its own version, and what stands in the code of some of its releases and
 * not in that of others. The facts stand in bundled-versions.json, which tools/write-bundled-versions.ts makes from the releases themselves.
 */
import file from "./bundled-versions.json" with { type: "json" };

/** Day on which the file was made. */
export const bundledVersionsAsOf: string = file.asOf;

/** Where a package says its own version. The numbers are those of libraries/packages/code-features.ts. */
export interface VersionSite {
  /** What stands before the version in the same text. */
  readonly before: string;
  /** What stands around it. */
  readonly near: readonly number[];
}

/** What some releases have. */
export interface VersionMark {
  readonly hash: number;
  /** The lower halves of what stands around it. */
  readonly near: readonly number[];
  /** A text or a pattern, which says more than a name. */
  readonly isText: boolean;
  /** The places in `releases` of those that have it. */
  readonly releases: ReadonlySet<number>;
}

export interface PackageVersions {
  readonly name: string;
  /** Those that were looked at, in order. */
  readonly releases: readonly string[];
  /** By place: whether something was published between the release and the one before it. */
  readonly hasBefore: readonly boolean[];
  readonly sites: readonly VersionSite[];
  /** Versions that a release of another one says there. */
  readonly unsure: readonly string[];
  readonly marks: readonly VersionMark[];
}

interface Row {
  readonly releases: readonly string[];
  readonly gaps: string;
  readonly sites: readonly (readonly string[])[];
  readonly unsure: readonly string[];
  readonly marks: readonly (readonly string[])[];
}

/** All rows. */
export function bundledVersions(): PackageVersions[] {
  return Object.entries(file.packages as Readonly<Record<string, Row>>).map(([name, row]) => packageVersions(name, row));
}

/** @param row as it stands in the file */
export function packageVersions(name: string, { releases, gaps, sites, unsure, marks }: Row): PackageVersions {
  return {
    name,
    releases,
    unsure,
    hasBefore: [...gaps].map((one) => one === "1"),
    sites: sites.map(([before = "", near = ""]) => ({ before, near: numbersOf(near) })),
    marks: marks.flatMap(([which = "", texts = "", names = ""]) => {
      const having = placesOf(which);
      return [...marksOf(texts, true, having), ...marksOf(names, false, having)];
    }),
  };
}

/** Runs of places, `0-3,7`. */
function placesOf(text: string): Set<number> {
  const places = new Set<number>();
  for (const run of text.split(",")) {
    const [from = 0, to = from] = run.split("-").map(Number);
    for (let place = from; place <= to; place += 1) places.add(place);
  }
  return places;
}

const bytesPerMark = 10;

function marksOf(base64: string, isText: boolean, releases: ReadonlySet<number>): VersionMark[] {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length / bytesPerMark }, (_, n) => {
    const at = n * bytesPerMark;
    const near = [4, 6, 8].map((step) => bytes.readUInt16LE(at + step));
    return { hash: bytes.readUInt32LE(at), near, isText, releases };
  });
}

function numbersOf(base64: string): number[] {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32LE(at * 4));
}
