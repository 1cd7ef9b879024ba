/**
 * Which version of a package a bundle holds: by what the package says itself, or by what stands in the code of some of its releases and in no other
 * (data/bundled-versions.ts). Only what is there tells something: what is missing may have been left out by the bundler. docs/decisions/0054. Pure.
 */
import { bundledVersions, type PackageVersions, type VersionMark } from "../../data/bundled-versions.ts";
import { compareVersions } from "../versions/orders.ts";
import { featuresOf, type VersionText } from "./code-features.ts";
import { allCells, type Cells, rangeOf, singleVersion } from "./version-cells.ts";

/** What was read of a text. */
export interface BundleFeatures {
  readonly hashes: Uint32Array;
  readonly versionTexts: readonly VersionText[];
  /** How far to both sides of a version text is near, in features. */
  readonly reach: number;
}

/** Reads a text once, for names and versions. */
export function bundleFeatures(text: string): BundleFeatures {
  const versionTexts: VersionText[] = [];
  const hashes = Uint32Array.from(featuresOf(text, { onVersion: (found) => versionTexts.push(found) }));
  const isMinified = linesOf(text) * longLine < text.length;
  return { hashes, versionTexts, reach: isMinified ? reach.minified : reach.written };
}

function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}

/** One of both: the version, or where it lies, in npm's way of writing ranges. */
export interface ToldVersion {
  readonly version?: string;
  readonly range?: string;
  readonly how: string;
}

/** The table was made from minified code; where nothing was renamed, names and comments stand between two features. */
const reach = { minified: 24, written: 96 };
/** Characters of a line, on average. */
const longLine = 200;
/** Of what stands around a version text. */
const leastAround = 3;
/** As many marks at two places each are two copies; a single one may stand in somebody's own code, too. */
const leastTwice = 2;
/** So much has to speak against a release. A text or pattern with what stands around it is enough, a name is not. */
const enough = 2;

export class VersionIndex {
  readonly #packages: ReadonlyMap<string, PackageVersions>;
  readonly #marked = new Set<number>();

  constructor(packages: readonly PackageVersions[]) {
    this.#packages = new Map(packages.map((one) => [one.name, one]));
    for (const { marks } of packages) for (const { hash } of marks) this.#marked.add(hash);
  }

  knows(name: string): boolean {
    return this.#packages.has(name);
  }

  /** Packages that say their version where only they do: so much is certain even of what nothing else names. */
  namesIn(features: BundleFeatures): string[] {
    const windows = windowsOf(features);
    return [...this.#packages.values()].flatMap((one) => (versionsSaid(one, windows, true).size > 0 ? [one.name] : []));
  }

  /** By name, of those packages whose version can be told. */
  versionsIn(features: BundleFeatures, names: Iterable<string>): Map<string, ToldVersion> {
    const windows = windowsOf(features);
    const places = this.#placesIn(features);
    const told = new Map<string, ToldVersion>();
    for (const name of names) {
      const known = this.#packages.get(name);
      const found = known && toldOf(known, versionsSaid(known, windows, false), marksIn(known, features, places));
      if (found) told.set(name, found);
    }
    return told;
  }

  #placesIn({ hashes }: BundleFeatures): ReadonlyMap<number, readonly number[]> {
    const places = new Map<number, number[]>();
    for (let at = 0; at < hashes.length; at += 1) {
      const hash = hashes[at] ?? 0;
      if (!this.#marked.has(hash)) continue;
      const there = places.get(hash);
      if (there) there.push(at);
      else places.set(hash, [at]);
    }
    return places;
  }
}

interface Window extends VersionText {
  readonly around: ReadonlySet<number>;
}

function windowsOf({ hashes, versionTexts, reach }: BundleFeatures): Window[] {
  return versionTexts.map((one) => ({ ...one, around: new Set(hashes.subarray(Math.max(0, one.at - reach), one.at + reach)) }));
}

/** @param isStrict all that stands around it has to */
function versionsSaid({ name, sites }: PackageVersions, windows: readonly Window[], isStrict: boolean): Set<string> {
  const said = windows.filter(({ before, around }) => {
    if (!isStrict && sites.length > 0 && before === `${name}/`) return true;
    return sites.some((site) => {
      const there = site.near.filter((hash) => around.has(hash)).length;
      const least = isStrict ? Math.max(4, site.near.length - 1) : Math.max(leastAround, Math.ceil(site.near.length * 0.6));
      return site.before === before && there >= least;
    });
  });
  return new Set(said.map(({ version }) => version));
}

interface FoundMark {
  readonly mark: VersionMark;
  /** It stands in the code of a release once. */
  readonly isTwice: boolean;
  readonly isThere: boolean;
}

/** Marks that are there with what stands around them, and texts that are there twice, wherever. */
function marksIn({ marks }: PackageVersions, { hashes }: BundleFeatures, places: ReadonlyMap<number, readonly number[]>): FoundMark[] {
  return marks.flatMap((mark) => {
    const there = places.get(mark.hash) ?? [];
    const near = there.filter((at) => isNear(hashes, at, mark.near));
    return there.length > 0 ? [{ mark, isTwice: (mark.isText ? there : near).length > 1, isThere: near.length > 0 }] : [];
  });
}

function isNear(hashes: Uint32Array, at: number, near: readonly number[]): boolean {
  const around = new Set([...hashes.subarray(Math.max(0, at - reach.minified), at + reach.minified + 1)].map((hash) => hash & 0xffff));
  return [...new Set(near)].filter((half) => around.has(half)).length >= 2;
}

function toldOf(known: PackageVersions, said: ReadonlySet<string>, marks: readonly FoundMark[]): ToldVersion | undefined {
  const found = marks.filter(({ isThere }) => isThere);
  if (said.size > 1 || marks.filter(({ isTwice }) => isTwice).length >= leastTwice) return undefined;
  const cells = cellsLeft(known, found);
  const [version] = said;
  if (version !== undefined) {
    const isSure = cells.has(cellOf(known, version)) && !known.unsure.includes(version);
    return isSure ? { version, how: "version that the package says in a bundle" } : undefined;
  }
  const how = `texts and names of some versions in a bundle (${found.length})`;
  const single = singleVersion(known.releases, cells);
  if (single !== undefined) return { version: single, how };
  const range = rangeOf(known.releases, cells, allCells(known));
  return range === undefined ? undefined : { range, how };
}

function cellsLeft(known: PackageVersions, found: readonly FoundMark[]): Cells {
  const against = new Map<number, number>();
  for (const { mark } of found)
    for (const cell of allCells(known))
      if (!isPossible(mark, cell)) against.set(cell, (against.get(cell) ?? 0) + (mark.isText ? enough : 1));
  return new Set([...allCells(known)].filter((cell) => (against.get(cell) ?? 0) < enough));
}

/** Between two releases something is possible if it is in either. */
function isPossible({ releases }: VersionMark, cell: number): boolean {
  const place = Math.floor(cell / 2);
  return cell % 2 === 1 ? releases.has(place) : releases.has(place - 1) || releases.has(place);
}

function cellOf({ releases }: PackageVersions, version: string): number {
  const place = releases.findIndex((one) => compareVersions("npm", one, version) >= 0);
  if (place < 0) return releases.length * 2;
  return releases[place] === version ? place * 2 + 1 : place * 2;
}

let known: VersionIndex | undefined;

/** The table, laid out when it is first asked. */
export function versionIndex(): VersionIndex {
  known ??= new VersionIndex(bundledVersions());
  return known;
}
