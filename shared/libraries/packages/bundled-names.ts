/**
 * Which packages a bundle without comments and maps holds: by texts, patterns and names of members that no other package has
 * (data/bundled-packages.ts). Names only: versions are told by bundled-versions.ts. docs/decisions/0046. Pure.
 */
import { bundledPackages, type PackageFeatures } from "../../data/bundled-packages.ts";
import { type BundleFeatures, versionIndex } from "./bundled-versions.ts";
import { isLodash, isPartOfLodash } from "./lodash-family.ts";

export interface NamedByFeatures {
  readonly name: string;
  readonly found: number;
  readonly of: number;
}

/** Fewer prove nothing: one's own code may have a word of a library in it. */
const least = 3;
/** A bundler leaves out what nobody uses. */
const share = 0.4;

/** Looks packages up by their features. */
export class FeatureIndex {
  readonly #rows = new Map<number, { readonly of: number; readonly isKept: boolean }[]>();
  readonly #packages: readonly PackageFeatures[];

  constructor(packages: readonly PackageFeatures[]) {
    this.#packages = packages;
    this.#packages.forEach(({ kept, lost }, of) => {
      for (const hash of kept) this.#add(hash, { of, isKept: true });
      for (const hash of lost) this.#add(hash, { of, isKept: false });
    });
  }

  #add(hash: number, row: { readonly of: number; readonly isKept: boolean }): void {
    const rows = this.#rows.get(hash);
    if (rows) rows.push(row);
    else this.#rows.set(hash, [row]);
  }

  /** The packages in a text of those features, each once, by name. */
  namesIn(features: Iterable<number>): NamedByFeatures[] {
    const seen = new Set<number>();
    const counts = new Map<number, { kept: number; lost: number }>();
    for (const hash of features) {
      const rows = seen.has(hash) ? undefined : this.#rows.get(hash);
      if (!rows) continue;
      seen.add(hash);
      for (const { of, isKept } of rows) {
        const count = counts.get(of) ?? { kept: 0, lost: 0 };
        count[isKept ? "kept" : "lost"] += 1;
        counts.set(of, count);
      }
    }
    const best = new Map<string, NamedByFeatures>();
    for (const [at, count] of counts) {
      const one = this.#packages[at];
      const named = one && namedBy(one, count);
      if (named && named.found > (best.get(named.name)?.found ?? 0)) best.set(named.name, named);
    }
    return [...best.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function namedBy(
  { name, kept, lost }: PackageFeatures,
  count: { readonly kept: number; readonly lost: number },
): NamedByFeatures | undefined {
  if (count.kept >= Math.max(least, kept.length * share)) return { name, found: count.kept, of: kept.length };
  const [found, of] = [count.kept + count.lost, kept.length + lost.length];
  return found >= Math.max(least, of * share) ? { name, found, of } : undefined;
}

let known: FeatureIndex | undefined;

/** The packages of the table in a text of those features; the table is laid out when it is first asked. */
export function namedByFeatures(features: Iterable<number>): NamedByFeatures[] {
  known ??= new FeatureIndex(bundledPackages());
  return known.namesIn(features);
}

/** What the code of a bundle names, and how. */
export function namesIn(features: BundleFeatures): { readonly name: string; readonly how: string }[] {
  const hasLodash = isLodash(features.hashes);
  const named = namedByFeatures(features.hashes)
    .filter(({ name }) => !(hasLodash && isPartOfLodash(name)))
    .map(({ name, found, of }) => ({ name, how: `${found} of ${of} texts and names of the package in a bundle` }));
  const saying = versionIndex()
    .namesIn(features)
    .map((name) => ({ name, how: "version that the package says in a bundle" }));
  return [...named, ...saying, ...(hasLodash ? [{ name: "lodash", how: "names that only the whole of lodash has in a bundle" }] : [])];
}
