/** What a way up is, and what finds some. Pure. */
import type { EscalationPath } from "../data/escalation-paths.ts";
import type { Verdict } from "../policies/operators.ts";
import type { Grant } from "./grant.ts";
import type { Gain } from "./strength.ts";
import { isOfAws, type Targets } from "./targets.ts";

/** Something that a path leads to. */
export interface Way {
  readonly target: string;
  readonly gain: Gain;
  readonly verdict: Verdict;
  /** Nobody has told whether it is there. */
  readonly supposed?: boolean;
}

/** Where a path leads that `own` may go, one after the other: whoever has heard enough stops asking. */
export type Finder = (own: Grant, path: EscalationPath, targets: Targets) => Iterable<Way>;

/** Everybody but the caller and the roles that AWS made for itself. */
export function others(own: Grant, grants: readonly Grant[]): readonly Grant[] {
  return grants.filter((grant) => grant !== own && !isOfAws(grant.principal));
}

/** What `seen` says of each of `grants`, as long as somebody asks. */
export function* each<T>(grants: readonly T[], seen: (one: T) => Way | undefined): Iterable<Way> {
  for (const one of grants) {
    const way = seen(one);
    if (way) yield way;
  }
}
