/**
 * Ways through roles that any AWS account may take, or that an identity pool hands out: whoever has such a role may do what it may.
 * Its grants may be patterns, and are compared here. What named accounts may take is left out: deployments and tools get in so, and
 * everything would be open to them. Pure.
 */
import { isArnOf } from "../model/arn.ts";
import { outside, type Relation, type RelationKind } from "../model/graph.ts";
import { matches } from "../policies/match.ts";

const uses: ReadonlySet<RelationKind> = new Set(["may-invoke", "may-read", "may-write"]);

/** Answers the ways to an ARN that lead through such roles; to a role of that kind, who takes it. */
export function openRoleWays(relations: readonly Relation[]): (arn: string) => readonly Relation[] {
  const taking = relations.filter(
    ({ kind, enabled, from }) =>
      enabled && kind === "assumes" && (from === outside.internet || isArnOf(from, "cognito-identity", "identitypool/")),
  );
  const open = new Set(taking.map(({ to }) => to));
  const grants = relations
    .filter(({ from, kind, enabled }) => enabled && open.has(from) && uses.has(kind))
    // the role asks its holder nothing more; its denials, boundary and conditions are not weighed
    .map((grant): Relation => ({ ...grant, auth: "service", inferred: true }));
  if (grants.length === 0) return () => [];
  return (arn) => (open.has(arn) ? taking.filter(({ to }) => to === arn) : grants.filter(({ to }) => matches(to, arn)));
}
