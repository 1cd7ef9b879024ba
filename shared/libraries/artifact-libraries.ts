/** What an artifact's list of packages means once they are put to the advisories, and what a function has beside its own code. Pure. */
import type { ArtifactLibraries, VulnerablePackage } from "../model/libraries.ts";
import type { PackageNeed } from "../model/packages.ts";
import { compareHoles, type Holes, type Postings } from "./match-packages.ts";
import { type KeptList, noted, unpacked } from "./packages/kept-list.ts";
import { purlOf } from "./packages/purl.ts";
import { isInRange } from "./versions/npm-range.ts";

const mostUntold = 10;

/** What is known of an artifact before its packages were put to any advisories. */
export function librariesIn({ packages, coverage }: KeptList, kind: ArtifactLibraries["kind"]): ArtifactLibraries {
  const versionsKnown = packages.filter(([, , version]) => version !== null).length;
  return { kind, packages: packages.length, versionsKnown, coverage, untold: [] };
}

/** With what the advisories say of its packages. */
export function withHoles(libraries: ArtifactLibraries, { packages }: KeptList, postings: Postings): ArtifactLibraries {
  const vulnerable: VulnerablePackage[] = [];
  const untold = new Set<string>();
  const told = new Set<string>();
  const open = new Set<string>();
  for (const line of packages) {
    const one = noted(line);
    const { ecosystem, name, version } = one;
    const posting = postings.posting(one);
    if (posting?.untold !== undefined && untold.size < mostUntold) untold.add(`${name}: ${posting.untold}`);
    const as = posting?.as ?? name;
    if (posting?.untold !== undefined || posting?.holes) open.add(as);
    else told.add(as);
    if (posting?.holes) {
      const found = { ...unpacked(line), name: as, purl: purlOf(ecosystem, as, version) };
      vulnerable.push(vulnerablePackage(found, posting.holes));
    }
  }
  const isWhole = libraries.coverage?.status === "complete" && untold.size === 0;
  return {
    ...libraries,
    vulnerable: vulnerable.toSorted(compareHoles),
    untold: [...untold],
    // where everything is told, what is not vulnerable is mended
    ...(isWhole ? {} : { cleared: [...told].filter((name) => !open.has(name)) }),
  };
}

function vulnerablePackage({ need, classes: _, ...found }: VulnerablePackage["package"], holes: Holes): VulnerablePackage {
  const allowed = need && holes.fixed !== null ? isAllowed(need, holes.fixed) : undefined;
  return { package: found, ...holes, ...(allowed === undefined ? {} : { inRange: allowed }) };
}

/** Whether all that need it take that version; undefined where somebody may not. */
function isAllowed({ ranges, isAll }: PackageNeed, version: string): boolean | undefined {
  const answers = ranges.map((range) => isInRange(range, version));
  if (answers.includes(false)) return false;
  return isAll && !answers.includes(undefined) ? true : undefined;
}

/** What is known of a published version behind aliases. */
export interface VersionLibraries {
  /** `7 (live)`. */
  readonly version: string;
  readonly libraries: ArtifactLibraries;
}

/**
 * A function with the versions that callers of its aliases get: what is vulnerable in any of them is. A package that is in the function's own
 * code is named for that only.
 */
export function withVersions(own: ArtifactLibraries, versions: readonly VersionLibraries[]): ArtifactLibraries {
  if (versions.length === 0) return own;
  const found = new Map((own.vulnerable ?? []).map((one) => [one.package.purl, one]));
  for (const { version, libraries } of versions) {
    for (const one of libraries.vulnerable ?? []) {
      const before = found.get(one.package.purl);
      if (!before) found.set(one.package.purl, { ...one, inVersions: [version] });
      else if (before.inVersions) found.set(one.package.purl, { ...before, inVersions: [...before.inVersions, version] });
    }
  }
  const unread = versions.flatMap(({ version, libraries }) =>
    libraries.unread === undefined ? [] : [`version ${version}: ${libraries.unread}`],
  );
  const untold = versions.flatMap(({ version, libraries }) => untoldOf(libraries).map((one) => `version ${version}: ${one}`));
  const hasAdvisories = own.vulnerable !== undefined || versions.some(({ libraries }) => libraries.vulnerable !== undefined);
  // of a package that could not be told in one of the versions it is not known that it is mended
  const { cleared, ...rest } = own;
  return {
    ...rest,
    ...(cleared && unread.length === 0 && untold.length === 0 ? { cleared } : {}),
    ...(hasAdvisories ? { vulnerable: [...found.values()].toSorted(compareHoles) } : {}),
    untold: [...own.untold, ...unread, ...untold].slice(0, mostUntold),
  };
}

function untoldOf({ untold, unread, coverage }: ArtifactLibraries): readonly string[] {
  if (untold.length > 0 || unread !== undefined) return untold;
  return coverage?.status === "complete" ? [] : ["not everything in it is known"];
}
