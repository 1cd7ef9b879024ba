/** Packages as they are found, each once, by the best evidence. */
import type { Confidence } from "../../model/finding.ts";
import type { Ecosystem, Package, PackageNeed } from "../../model/packages.ts";
import { commonOf } from "./java-group.ts";
import type { FoundPackage } from "./package-reader.ts";
import { purlOf } from "./purl.ts";

/** An artifact has at most 250 MB: what holds more packages was made to harm. */
const mostPackages = 20_000;
/** That are kept of one package. */
const mostRanges = 20;
const longestName = 300;
const longestVersion = 200;
const longestPath = 500;

/** What names may look like; anything else is no package of that ecosystem. */
const names: Readonly<Record<Ecosystem, RegExp>> = {
  npm: /^(?:@[\w.~-]+\/)?[\w~(!)*'-][\w.~(!)*'-]*$/,
  PyPI: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  Maven: /^(?:[\w.-]+:)?[\w.-]+$/,
  Go: /^[\w.~!-]+(?:\/[\w.~!+-]+)*$/,
  RubyGems: /^[\w.-]+$/,
  NuGet: /^[\w.-]+$/,
};
const versions = /^[\w.+!~:@()=-]+$/;
const ranks: Readonly<Record<Confidence, number>> = { high: 2, medium: 1, low: 0 };

export class CollectedPackages {
  readonly #installed = new Map<string, Package>();
  readonly #otherCopies = new Set<string>();
  readonly #declared = new Map<string, Package>();
  /** More were found than are kept. */
  overflowed = false;

  readonly add = ({
    ecosystem,
    name,
    version,
    versionRange,
    confidence,
    how,
    path,
    declared,
    isAnotherCopy,
    need,
    classes,
    layer,
  }: FoundPackage): void => {
    if (name.length > longestName || !names[ecosystem].test(name)) return;
    const known = version !== null && version.length <= longestVersion && versions.test(version) ? version : null;
    const purl = purlOf(ecosystem, name, known);
    const into = declared ? this.#declared : this.#installed;
    if (isAnotherCopy) this.#otherCopies.add(purl);
    const before = into.get(purl);
    const needs = both(before, need);
    if (before && known === null && versionRange !== undefined) {
      into.set(purl, { ...before, versionRange });
      return;
    }
    if (before && ranks[before.confidence] >= ranks[confidence]) {
      const { classes: told, ...one } = before;
      const both = told !== undefined && classes !== undefined ? commonOf(told, classes) : told;
      into.set(purl, withNeed(both === undefined ? one : { ...one, classes: both }, needs));
      return;
    }
    if (!before && into.size >= mostPackages) {
      this.overflowed = true;
      return;
    }
    const evidence = { how, path: path.slice(0, longestPath), ...(layer === undefined ? {} : { layer }) };
    const range = known === null ? (versionRange ?? before?.versionRange) : undefined;
    const one = { purl, name, ecosystem, version: known, ...(range === undefined ? {} : { versionRange: range }), confidence, evidence };
    into.set(purl, withNeed(classes === undefined ? one : { ...one, classes: classes.slice(0, longestName) }, needs));
  };

  /** In order; a package of which one evidence tells the version is not named again for another that does not. */
  installed(): Package[] {
    return sorted(withoutRepeats([...this.#installed.values()], this.#otherCopies));
  }

  /** Without what is known to be there. */
  declared(): Package[] {
    return sorted([...this.#declared.values()].filter(({ purl }) => !this.#installed.has(purl)));
  }
}

/** Of two copies of one version: a step has to suit those that need either. */
function both(before: Package | undefined, need: PackageNeed | undefined): PackageNeed | undefined {
  if (!before) return need;
  if (!before.need && !need) return undefined;
  const ranges = [...new Set([...(before.need?.ranges ?? []), ...(need?.ranges ?? [])])].toSorted();
  return { ranges: ranges.slice(0, mostRanges), isAll: Boolean(before.need?.isAll && need?.isAll) && ranges.length <= mostRanges };
}

function withNeed({ need: _, ...one }: Package, need: PackageNeed | undefined): Package {
  if (!need) return one;
  const fits = need.ranges.length <= mostRanges;
  return { ...one, need: fits ? need : { ranges: need.ranges.slice(0, mostRanges), isAll: false } };
}

function withoutRepeats(all: readonly Package[], otherCopies: ReadonlySet<string>): Package[] {
  const versioned = new Set(all.flatMap(({ ecosystem, name, version }) => (version === null ? [] : [`${ecosystem} ${name}`])));
  return all.filter(
    ({ purl, ecosystem, name, version }) => version !== null || otherCopies.has(purl) || !versioned.has(`${ecosystem} ${name}`),
  );
}

function sorted(all: readonly Package[]): Package[] {
  const keyed = all.map((one) => ({ one, key: `${one.ecosystem}\n${one.name}\n${one.version ?? ""}` }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one);
}
