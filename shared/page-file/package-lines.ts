/** The packages of all functions, as lines of the page. Pure. */
import type { ContentCounts, VulnerablePackage } from "../model/libraries.ts";
import type { Ecosystem } from "../model/packages.ts";

/** The packages of all functions: how they come to be known. */
export interface PagePackagesKnown {
  /** The scan that listed them. */
  readonly scanId: string;
  readonly contents: ContentCounts;
}

/** What a function runs: its code, a layer. */
export interface PageArtifact {
  /** ARN of a layer; absent: the code of functions. */
  readonly layer?: string;
  /** Places of functions; with the version, as `7 (live)`, where only that has it. */
  readonly usedBy: readonly (number | readonly [number, string])[];
}

/** A package, with its versions. */
export interface PagePackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly versions: readonly PagePackageVersion[];
}

export interface PagePackageVersion {
  /** Null: not known. */
  readonly version: string | null;
  /** What its code tells of a version that is not known: `>=1.0.0 <1.8.2`. */
  readonly versionRange?: string;
  /** How many functions have it. */
  readonly functions: number;
  /** Place of its list of artifacts; absent where there was no room for it. */
  readonly list?: number;
  /** Absent: none is known, or it was not put to the advisories. */
  readonly holes?: Pick<VulnerablePackage, "ids" | "aliases" | "severity" | "malicious" | "exploitedDue" | "fixed" | "majorJump">;
  /** Why it could not be put to them. */
  readonly untold?: string;
}

/** What the last scan listed, as its posting index has it. */
export interface ListedPackages {
  readonly scanId: string;
  readonly contents: ContentCounts;
  readonly artifacts: readonly { readonly key: string; readonly usedBy: readonly (readonly [string] | readonly [string, string])[] }[];
  /** Numbers of artifacts: the first, then each as the distance from the one before. */
  readonly lists: readonly (readonly number[])[];
  readonly packages: readonly {
    readonly ecosystem: Ecosystem;
    readonly name: string;
    readonly versions: readonly ListedVersion[];
  }[];
}

interface ListedVersion extends Pick<PagePackageVersion, "version" | "versionRange" | "untold"> {
  readonly list: number;
  readonly holes?: Omit<VulnerablePackage, "package" | "inRange" | "inVersions">;
}

/** Of which packages the page says in which functions they are: of all, of those with known holes, or of none, and then it has no package. */
export type PackageDetail = "all" | "vulnerable" | "none";

/** @param places of the functions in the page, by ARN: of the others is said how many there are, and nothing else */
export function* artifactLines({ artifacts }: ListedPackages, places: ReadonlyMap<string, number>): Generator<PageArtifact> {
  for (const { key, usedBy } of artifacts) {
    yield {
      ...(key.startsWith("layer ") ? { layer: key.slice("layer ".length) } : {}),
      usedBy: usedBy.flatMap(([arn, version]): PageArtifact["usedBy"] => {
        const place = places.get(arn);
        if (place === undefined) return [];
        return [version === undefined ? place : [place, version]];
      }),
    };
  }
}

/** The lists that packageLines names, in its order. */
export function* listLines(listed: ListedPackages, detail: PackageDetail): Generator<readonly number[]> {
  for (const list of namedLists(listed, detail).keys()) yield listed.lists[list] ?? [];
}

export function* packageLines(listed: ListedPackages, detail: PackageDetail): Generator<PagePackage> {
  if (detail === "none") return;
  const named = namedLists(listed, detail);
  const users = functionCounts(listed);
  for (const { ecosystem, name, versions } of listed.packages) {
    yield {
      ecosystem,
      name,
      versions: versions.map(({ version, versionRange, list, holes, untold }): PagePackageVersion => {
        const place = named.get(list);
        return {
          version,
          ...(versionRange === undefined ? {} : { versionRange }),
          functions: users[list] ?? 0,
          ...(place === undefined || !isNamed(holes, detail) ? {} : { list: place }),
          ...(holes ? { holes: brief(holes) } : {}),
          ...(untold === undefined ? {} : { untold }),
        };
      }),
    };
  }
}

/** How many versions of packages have no known hole. */
export function withoutHoles({ packages }: ListedPackages): number {
  return packages.reduce((sum, { versions }) => sum + versions.filter(({ holes }) => !holes).length, 0);
}

function isNamed(holes: ListedVersion["holes"], detail: PackageDetail): boolean {
  return detail === "all" || (detail === "vulnerable" && holes !== undefined);
}

/** Numbers of lists -> their places in the page. */
function namedLists({ packages }: ListedPackages, detail: PackageDetail): Map<number, number> {
  const places = new Map<number, number>();
  for (const { versions } of packages)
    for (const { list, holes } of versions) if (isNamed(holes, detail) && !places.has(list)) places.set(list, places.size);
  return places;
}

/** How many functions each list of artifacts means: a function may have a package in its code and in a layer. */
function functionCounts({ artifacts, lists }: ListedPackages): number[] {
  const numbers = new Map<string, number>();
  const usersOf = artifacts.map(({ usedBy }) => usedBy.map(([arn]) => madeNumber(numbers, arn)));
  // which list has last counted a function
  const countedBy = new Int32Array(numbers.size).fill(-1);
  return lists.map((steps, list) => {
    let [artifact, functions] = [0, 0];
    for (const step of steps) {
      artifact += step;
      for (const user of usersOf[artifact] ?? []) {
        if (countedBy[user] === list) continue;
        countedBy[user] = list;
        functions += 1;
      }
    }
    return functions;
  });
}

function madeNumber(numbers: Map<string, number>, arn: string): number {
  const known = numbers.get(arn);
  if (known !== undefined) return known;
  numbers.set(arn, numbers.size);
  return numbers.size - 1;
}

function brief({ ids, aliases, severity, malicious, exploitedDue, fixed, majorJump }: NonNullable<ListedVersion["holes"]>) {
  return { ids, aliases, severity, malicious, fixed, majorJump, ...(exploitedDue === undefined ? {} : { exploitedDue }) };
}
