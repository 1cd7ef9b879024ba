/** A finding that would be milder now, where not everything was read that makes it grave: that nothing does any more is not known. Pure. */
import { dayMs } from "./day.ts";
import { type Finding, type StoredFinding, severityRank } from "./finding.ts";

/**
 * So long it stays as grave as it was, days: a refusal that lasts is how the account is, and what can be seen then says more than what was
 * seen before. Ours.
 */
export const untoldDays = 14;

/** `found`, or what was known `before` where that was graver and cannot be told any more; `milderSince`: since when that is so. */
export function asGraveAsBefore(
  found: Finding,
  before: StoredFinding,
  isWeighed: boolean,
  now: Date,
): { readonly finding: Finding; readonly milderSince?: string } {
  if (isWeighed || severityRank(found.severity) <= severityRank(before.severity)) return { finding: found };
  const { milderSince = now.toISOString(), severity, confidence, materialKey, title, evidence, remediation } = before;
  if (now.getTime() - Date.parse(milderSince) >= untoldDays * dayMs) return { finding: found };
  return { finding: { ...found, severity, confidence, materialKey, title, evidence, remediation }, milderSince };
}
