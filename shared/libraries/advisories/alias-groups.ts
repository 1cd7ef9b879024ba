/** Which ids are names of one hole: aliases hold in both directions and from one to the next. */
import type { Advisory } from "./advisory.ts";

/** Of each id that any advisory has or names, the one that stands for its group. */
export class AliasGroups {
  readonly #parents = new Map<string, string>();

  constructor(advisories: Iterable<Advisory>) {
    for (const { id, aliases } of advisories) {
      for (const alias of aliases ?? []) this.#join(id, alias);
    }
  }

  /** The same text for all names of one hole. */
  groupOf(id: string): string {
    let root = id;
    for (let next = this.#parents.get(root); next !== undefined && next !== root; next = this.#parents.get(root)) root = next;
    // the way there is shorter the next time
    for (let at = id; at !== root; ) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }

  #join(a: string, b: string): void {
    const [one, other] = [this.groupOf(a), this.groupOf(b)];
    this.#parents.set(one, other);
    this.#parents.set(other, other);
  }
}

const ranks = [/^GHSA-/, /^CVE-/, /^MAL-/];

/** GHSA before CVE, malicious packages next, then those of the other databases; each by the alphabet. */
export function compareIds(a: string, b: string): number {
  const rank = (id: string) => (ranks.findIndex((prefix) => prefix.test(id)) + ranks.length + 1) % (ranks.length + 1);
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b));
}
