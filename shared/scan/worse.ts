/** What of a look at hours may be written: bad news only. Pure. */
import { type Finding, type StoredFinding, severityRank } from "../model/finding.ts";

/** What is new or graver than what is known; a finding that only reads differently is the scan's to change. */
export function worse(found: readonly Finding[], stored: readonly StoredFinding[]): Finding[] {
  const open = new Map(stored.filter(({ status }) => status !== "RESOLVED").map((finding) => [finding.id, finding]));
  return found.filter((finding) => {
    const known = open.get(finding.id);
    return known === undefined || severityRank(finding.severity) < severityRank(known.severity);
  });
}
