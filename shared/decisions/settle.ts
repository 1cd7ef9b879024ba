/** A stored finding as the decisions leave it, and what of that belongs to a decision's history. Pure. */
import type { AckEvent } from "../model/acknowledgement.ts";
import type { Acknowledged, Released, StoredFinding } from "../model/finding.ts";
import type { Verdict } from "./decide.ts";

/** The finding held from `now` on. Version and contents are the caller's. */
export function hold<F extends Omit<StoredFinding, "status">>(
  finding: F,
  acknowledged: Acknowledged,
): F & { readonly status: "SUPPRESSED" } {
  const { released: _, ...rest } = finding;
  return { ...rest, status: "SUPPRESSED", acknowledged } as unknown as F & { readonly status: "SUPPRESSED" };
}

/** The finding open again from `now` on: as one that opens now, whatever summary it belonged to. */
export function letGo<F extends Omit<StoredFinding, "status">>(finding: F, released: Omit<Released, "version">): StoredFinding {
  const { acknowledged: _, baseline: __, ...rest } = finding;
  const { at } = released;
  return { ...rest, status: "NEW", openedAt: at, changedAt: at, released: { ...released, version: finding.version } };
}

/** A finding that no scan sees now, as the verdict leaves it; undefined: as it is. Resolved ones stay so. */
export function settle(finding: StoredFinding, verdict: Verdict | undefined, now: Date): StoredFinding | undefined {
  if (verdict === undefined || finding.status === "RESOLVED") return undefined;
  const next = { ...finding, version: finding.version + 1 };
  if ("released" in verdict) return letGo(next, verdict.released);
  if (finding.status !== "SUPPRESSED") return hold({ ...next, changedAt: now.toISOString() }, verdict.held);
  return isSame(finding.acknowledged, verdict.held) ? undefined : hold(next, verdict.held);
}

/** The same decision, and nothing to say of it that was not said. */
export function isSame(a: Acknowledged | undefined, b: Acknowledged): boolean {
  return a?.ack === b.ack && a.until === b.until && a.endsSoon === b.endsSoon;
}

/** What a write of a finding adds to the history of decisions. That one was withdrawn is written by who withdrew it. */
export function eventsOf(next: StoredFinding, before: StoredFinding | undefined, at: string): AckEvent[] {
  const { acknowledged, released, status, id } = next;
  if (released && released.version === next.version) {
    const { ack, why } = released;
    return why === "withdrawn" ? [] : [{ ack, kind: why, at, finding: id }];
  }
  if (!acknowledged) return [];
  if (status === "RESOLVED") return before?.status === "RESOLVED" ? [] : [{ ack: acknowledged.ack, kind: "resolved", at, finding: id }];
  const isHeld = before?.status === "SUPPRESSED" && before.acknowledged?.ack === acknowledged.ack;
  return isHeld ? [] : [{ ack: acknowledged.ack, kind: "held", at, finding: id }];
}
