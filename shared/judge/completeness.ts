/** Whether what a rule needs was read. The one place that turns coverage into "could not tell". Pure. */

import type { Scope } from "../model/concluded-from.ts";
import { type Coverage, isAbsent, isClosedByPolicy } from "../model/coverage.ts";
import type { Collected, Need, Rule } from "../model/rule.ts";
import { globalRegion, type Snapshot } from "../model/snapshot.ts";

/**
 * `part`: read in every Region that this scan was to look at, and these are not all. `not-asked`: this scan did not set out to read it
 * there, and so says nothing about it.
 */
export type Met = "met" | "part" | "unmet" | "not-asked";

type Rows = ReadonlyMap<string, Coverage>;

/** What was read of a snapshot; it keeps the coverage only, so that the items can go. */
export class Completeness {
  readonly #regions: ReadonlyMap<string, Rows>;
  readonly #areRegionsListed: boolean;
  readonly #areRegionsChosen: boolean;
  readonly #hasAdvisories: boolean;

  constructor({ regions, regionSource, accountCoverage, advisories = [] }: Snapshot) {
    this.#hasAdvisories = advisories.some(({ fetchedAt }) => fetchedAt !== undefined);
    this.#regions = new Map(
      regions.map(({ region, services, ...parts }) => [region, rowsOf(region === globalRegion ? services : { ...parts, ...services })]),
    );
    this.#areRegionsChosen = regionSource === "asked";
    const fromAws = regionSource === "account" || regionSource === "ec2";
    this.#areRegionsListed = fromAws && accountCoverage.every((row) => row.status === "complete" || isAbsent(row));
  }

  get regions(): readonly string[] {
    return [...this.#regions.keys()];
  }

  /**
   * Whether `need` was read as far as a resource of `region` is concerned: in that Region, or account-wide where the service is. What
   * belongs to no Region needs every Region, and to know that these are all. A Region that a service control policy closes, and in which no
   * function was ever seen, has nothing to say (decision 0028).
   */
  of(need: Need, region: string): Met {
    const [collected, how] = need.split(":") as [Collected, "listed" | "own" | undefined];
    // before there are any, nothing was looked at: the first look with them is the first
    if (collected === "advisories") return this.#hasAdvisories ? "met" : "not-asked";
    const row = this.#rowOf(collected, region);
    if (row) return isRead(row, how) ? "met" : "unmet";
    if (region !== globalRegion) return "not-asked";
    const rows = this.regions.filter((name) => !this.#isClosed(name)).map((name) => this.#regions.get(name)?.get(collected));
    if (rows.every((one) => one === undefined)) return "not-asked";
    if (!rows.every((one) => one !== undefined && isRead(one, how))) return "unmet";
    return this.#areRegionsListed ? "met" : this.#areRegionsChosen ? "part" : "unmet";
  }

  /** The first of `needs` that stands in the way of an answer; what concerns the judged resource alone does not. */
  missing(needs: readonly Need[], region: string): Need | undefined {
    return needs.find((need) => !need.endsWith(":own") && this.of(need, region) !== "met");
  }

  /** What `rule` concludes from, about what belongs to `region`: the Regions of this scan, where they are a part that will do for it. */
  scope({ needs, holdsFromPart }: Pick<Rule, "needs" | "holdsFromPart">, region: string): Scope {
    const shared = needs.filter((need) => !need.endsWith(":own"));
    if (!holdsFromPart || this.all(shared, region) !== "part") return {};
    return { concludedFrom: this.regions.filter((name) => name !== globalRegion) };
  }

  /** All of `needs` together. */
  all(needs: readonly Need[], region: string): Met {
    const each = needs.map((need) => this.of(need, region));
    return (["not-asked", "unmet", "part"] as const).find((met) => each.includes(met)) ?? "met";
  }

  #isClosed(region: string): boolean {
    const functions = this.#regions.get(region)?.get("functions");
    return region === globalRegion || (functions !== undefined && isClosedByPolicy(functions) && !functions.resourcesBefore);
  }

  #rowOf(collected: Collected, region: string): Coverage | undefined {
    const account = this.#regions.get(globalRegion)?.get(collected);
    if (region === globalRegion) return account;
    return this.#regions.get(region)?.get(collected) ?? account;
  }
}

function rowsOf(parts: Readonly<Record<string, { readonly coverage: Coverage } | undefined>>): Rows {
  return new Map(Object.entries(parts).flatMap(([name, part]) => (part ? [[name, part.coverage]] : [])));
}

function isRead(row: Coverage, how: "listed" | "own" | undefined): boolean {
  return row.status === "complete" || isAbsent(row) || (how === "listed" && row.listed === true);
}
