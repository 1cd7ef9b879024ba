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

/** Where a path leads that `own` may go. */
export type Finder = (own: Grant, path: EscalationPath, targets: Targets) => readonly Way[];

export function others(own: Grant, grants: readonly Grant[]): readonly Grant[] {
  return grants.filter((grant) => grant !== own && !isOfAws(grant.principal));
}

/** Of `roles` those that may do something that `own` may not. */
export function stronger(own: Grant, roles: readonly Grant[], targets: Targets): { readonly role: Grant; readonly gain: Gain }[] {
  return others(own, roles).flatMap((role) => {
    const gain = targets.gain(role, own);
    return gain ? [{ role, gain }] : [];
  });
}
