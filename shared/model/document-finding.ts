/** A finding as the document of a scan has it. */
import type { DocumentFinding } from "./document.ts";
import type { Finding, StoredFinding } from "./finding.ts";

/** What was seen of it, with what is kept of it: evidence of today, times and decisions of the store. */
export function documentFinding(
  seen: Finding | DocumentFinding,
  kept: Pick<StoredFinding, "status" | "firstSeenAt" | "changedAt" | "concludedFrom" | "acknowledged" | "released">,
): DocumentFinding {
  const { id, rule, severity, confidence, resource, title, evidence, remediation, owner, references } = seen;
  const { status, firstSeenAt, changedAt, concludedFrom, acknowledged, released } = kept;
  return {
    id,
    rule,
    severity,
    status,
    confidence,
    resource,
    title,
    evidence,
    remediation,
    owner,
    firstSeenAt,
    changedAt,
    references,
    ...(concludedFrom ? { concludedFrom } : {}),
    ...(acknowledged ? { acknowledged } : {}),
    ...(released ? { released } : {}),
  };
}

/** True while somebody should do something about it: neither resolved nor held by a decision. */
export function isOpen({ status }: Pick<DocumentFinding, "status">): boolean {
  return status === "NEW" || status === "NOTIFIED";
}
