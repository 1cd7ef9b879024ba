/**
 * Which packages a bundle without comments and maps holds: by texts, patterns and names of members that no other package has
 * (data/bundled-packages.ts). Names only: a version is never told this way. docs/decisions/0046. Pure.
 */
import { bundledPackages, type PackageFeatures } from "../../data/bundled-packages.ts";
import { featureOfText, featuresOf } from "./code-features.ts";

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
    // to name a package is not to have its code: a bundler replaces the name, and lists of dependencies are full of them
    const names = new Set(packages.map(({ name }) => featureOfText(name)));
    const codeOf = (hashes: readonly number[]) => hashes.filter((hash) => !names.has(hash));
    this.#packages = packages.map(({ name, kept, lost }) => ({ name, kept: codeOf(kept), lost: codeOf(lost) }));
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

  /** The packages in a text, each once, by name. */
  namesIn(text: string): NamedByFeatures[] {
    const seen = new Set<number>();
    const counts = new Map<number, { kept: number; lost: number }>();
    for (const hash of featuresOf(text)) {
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

/** The packages of the table in a text; the table is laid out when it is first asked. */
export function namedByFeatures(text: string): NamedByFeatures[] {
  known ??= new FeatureIndex(bundledPackages());
  return known.namesIn(text);
}
