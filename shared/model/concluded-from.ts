/**
 * Findings about what belongs to no Region, where a scan looked at some Regions only (decision 0053). Pure.
 */
import { type Finding, severityRank } from "./finding.ts";

/** What it was concluded from; absent: everything that its rule needs. */
export type Scope = Pick<Finding, "concludedFrom">;

/** Under which the first look of a rule at a Region, or from these Regions at what belongs to none, is remembered. */
export function lookKey(region: string, rule: string, { concludedFrom }: Scope = {}): string {
  return `${region}${concludedFrom ? `:${concludedFrom.join("+")}` : ""}|${rule}`;
}

/** Whether a conclusion from `now` takes in all that `before` was concluded from. */
export function takesIn(now: Scope, before: Scope): boolean {
  if (now.concludedFrom === undefined) return true;
  return before.concludedFrom?.every((region) => now.concludedFrom?.includes(region)) ?? false;
}

/** What both together were concluded from. */
export function together(one: Scope, other: Scope): Scope {
  if (one.concludedFrom === undefined || other.concludedFrom === undefined) return {};
  return { concludedFrom: [...new Set([...one.concludedFrom, ...other.concludedFrom])].sort() };
}

/**
 * Of what was found, what may be written: a finding that is open by what more Regions showed stays as it is, unless what was seen now
 * is graver, which no other Region makes untrue.
 */
export function asFarAsSeen<F extends Pick<Finding, "id" | "severity" | "concludedFrom">>(
  found: readonly F[],
  open: readonly Pick<Finding, "id" | "severity" | "concludedFrom">[],
): F[] {
  if (!found.some(({ concludedFrom }) => concludedFrom)) return [...found];
  const byId = new Map(open.map((finding) => [finding.id, finding]));
  return found.filter((finding) => {
    const known = byId.get(finding.id);
    return known === undefined || takesIn(finding, known) || severityRank(finding.severity) < severityRank(known.severity);
  });
}
