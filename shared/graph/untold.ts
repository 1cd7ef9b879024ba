/** Where part of what would open a resource could not be told, that nothing opens it is not known either. Pure. */
import { isArnOf } from "../model/arn.ts";
import type { Exposure, Relation, Resource } from "../model/graph.ts";

/** Parts of a resource that may hold a door. */
const doors = /^(policy|policies|urls|aliases|routes|stages|custom domains|grants|access|listeners|rules|block)\b/;

/**
 * `exposure`, but `unknown` in the place of `none` and `internal` where a policy depends on condition keys that nobody here knows, or could not
 * be read, of the resource itself or of the door before it (a route, an address). What is known to be open is open.
 */
export function asFarAsTold(
  exposure: (arn: string) => Exposure,
  detailsOf: (arn: string) => Resource["details"] | undefined,
  into: (arn: string) => readonly Relation[],
): (arn: string) => Exposure {
  const isHidden = (arn: string) => {
    const { untold, unread } = detailsOf(arn) ?? {};
    return Array.isArray(untold) || (Array.isArray(unread) && unread.some((part) => doors.test(String(part))));
  };
  const isDoor = (arn: string) => isArnOf(arn, "execute-api");
  return (arn) => {
    const found = exposure(arn);
    if (found.level !== "none" && found.level !== "internal") return found;
    const hidden = isHidden(arn) || into(arn).some(({ from, enabled }) => enabled && isDoor(from) && isHidden(from));
    if (!hidden) return found;
    const { indirectLevel, paths } = found;
    // that something inside leads there says no more than that it is not known
    return { level: "unknown", ...(indirectLevel && indirectLevel !== "internal" ? { indirectLevel } : {}), paths };
  };
}
