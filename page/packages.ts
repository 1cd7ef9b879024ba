/** The packages of all functions, as far as they are unpacked. */
import { PackageSpecError, packageSpec } from "../shared/libraries/package-spec.ts";
import type { PagePackage, PagePackageVersion } from "../shared/page-file/package-lines.ts";
import type { PageLines } from "../shared/page-file/page-data.ts";
import type { PageFunction } from "../shared/page-file/page-function.ts";

/** One version of a package. */
export interface PackageRow extends PagePackageVersion, Pick<PagePackage, "ecosystem" | "name"> {
  /** What the filter looks in. */
  readonly text: string;
}

/** A function that has it. */
export interface PackageUser {
  readonly row: PackageRow;
  readonly one: PageFunction;
  /** `code`, `version 7 (live)`, `layer tools:3`. */
  readonly via: string;
}

export interface Packages {
  readonly rows: readonly PackageRow[];
  /** Undefined where the page does not say which. A function may have it twice: in its code and in a layer. */
  readonly usersOf: (row: PackageRow) => readonly PackageUser[] | undefined;
  readonly rowsOf: (one: PageFunction) => readonly PackageUser[];
}

/** Puts the parts together. */
export function packagesIn(
  functions: readonly PageFunction[],
  artifacts: readonly PageLines["artifacts"][],
  lists: readonly PageLines["lists"][],
  packages: readonly PageLines["packages"][],
): Packages {
  const rows = packages.flatMap(({ ecosystem, name, versions }) =>
    versions.map((one): PackageRow => ({ ...one, ecosystem, name, text: textOf(name, ecosystem, one) })),
  );
  const usersIn = artifacts.map(({ layer, usedBy }) =>
    usedBy.flatMap((use) => {
      const [place, version] = typeof use === "number" ? [use] : use;
      const one = functions[place];
      return one ? [{ one, via: viaText(layer, version) }] : [];
    }),
  );
  const usersOf = (row: PackageRow) => {
    const steps = row.list === undefined ? undefined : lists[row.list];
    return steps && numbersIn(steps).flatMap((artifact) => (usersIn[artifact] ?? []).map((user) => ({ ...user, row })));
  };
  return { rows, usersOf, rowsOf: (one) => packagesOfOne(one, rows, lists, usersIn) };
}

function packagesOfOne(
  one: PageFunction,
  rows: readonly PackageRow[],
  lists: readonly PageLines["lists"][],
  usersIn: readonly (readonly Omit<PackageUser, "row">[])[],
): PackageUser[] {
  const own = new Map(usersIn.flatMap((users, artifact) => users.filter((user) => user.one === one).map((user) => [artifact, user])));
  const inList = lists.map((steps) => numbersIn(steps).flatMap((artifact) => own.get(artifact) ?? []));
  return rows.flatMap((row) => (row.list === undefined ? [] : (inList[row.list] ?? []).map((user) => ({ ...user, row }))));
}

function numbersIn(steps: readonly number[]): number[] {
  let at = 0;
  return steps.map((step) => {
    at += step;
    return at;
  });
}

/** The version, or what its code tells of it; undefined: nothing is known. */
export function versionText({ version, versionRange }: Pick<PagePackageVersion, "version" | "versionRange">): string | undefined {
  return version ?? versionRange;
}

function textOf(name: string, ecosystem: string, one: PagePackageVersion): string {
  const { holes } = one;
  return [name, versionText(one), ecosystem, ...(holes?.ids ?? []), ...(holes?.aliases ?? [])].join(" ").toLowerCase();
}

function viaText(layer: string | undefined, version: string | undefined): string {
  if (layer === undefined) return version === undefined ? "code" : `version ${version}`;
  return `layer ${/:layer:([^:]+:\d+)$/.exec(layer)?.[1] ?? layer}`;
}

/** Which packages a text asks for; `wrong`: it begins like bounds of a version and is none yet. */
export interface PackageQuestion {
  readonly isAsked: (row: PackageRow) => boolean;
  /** It names one package, as in `axios <1.8.2`; otherwise its words are looked for. */
  readonly isExact: boolean;
  readonly wrong?: string;
}

/** `axios <1.8.2`, `pkg:npm/axios@1.7.2`; anything else are words to look for, each in name, version, ecosystem or id of a hole. */
export function packageQuestion(text: string): PackageQuestion {
  if (/[<>=]|^pkg:|[^\s/]@\S/i.test(text)) {
    try {
      const spec = packageSpec(text);
      return {
        isExact: true,
        isAsked: ({ ecosystem, name, version, versionRange }) => spec(ecosystem, name)?.(version, versionRange) ?? false,
      };
    } catch (error) {
      if (!(error instanceof PackageSpecError)) throw error;
      return { isExact: true, isAsked: () => false, wrong: error.message };
    }
  }
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return { isExact: false, isAsked: (row) => words.every((word) => row.text.includes(word)) };
}
