/**
 * The outbox of a channel: what it has still to hear of a finding, folded from what it last accepted and how the finding is now. Pure.
 *
 * Nothing pending is stored. Therefore no channel can influence another, whatever happened while a channel was down is told as the one
 * step from what it knows to what is, and nothing can be lost: as long as the two differ, there is something to tell.
 */
import { createHash } from "node:crypto";
import {
  type Finding,
  type Pending,
  type PendingFinding,
  type StoredFinding,
  severityRank,
  type Told,
  type Transition,
} from "./finding.ts";

/** How much of a digest is kept: 96 bits, so that two keys of one finding do not meet. */
const digestCharacters = 16;

/** Stands for a material key in what is remembered of it. */
export function materialDigest(materialKey: string): string {
  return createHash("sha256").update(materialKey).digest("base64url").slice(0, digestCharacters);
}

/** What a channel knows once it accepted the finding as it is. */
export function toldNow(finding: StoredFinding, message: string, memory?: string): Told {
  const { severity, materialKey, changedAt, version } = finding;
  return {
    status: finding.status === "RESOLVED" ? "resolved" : "open",
    severity,
    materialDigest: materialDigest(materialKey),
    at: changedAt,
    version,
    message,
    ...(memory === undefined ? {} : { memory }),
  };
}

/** The step from what was told to what is; undefined: there is nothing to tell. */
export function transitionSince(told: Told | undefined, finding: StoredFinding): Transition | undefined {
  const isResolved = finding.status === "RESOLVED";
  // opened and resolved without the channel having heard: nothing to tell
  if (!told) return isResolved ? undefined : "opened";
  if (told.status === "resolved") return isResolved ? undefined : "reopened";
  if (isResolved) return "resolved";
  const same = told.severity === finding.severity && told.materialDigest === materialDigest(finding.materialKey);
  return same ? undefined : "changed";
}

/**
 * What the channel has still to hear of the finding; undefined: nothing.
 * @param since when the channel was introduced: what was there by then goes into one summary. Undefined: it was always there
 */
export function pendingFor(finding: StoredFinding, channel: string, since?: string): Pending | undefined {
  return pendingAfter(finding.told?.[channel], finding, since);
}

/** As pendingFor, for a channel that knows `told`. */
export function pendingAfter(told: Told | undefined, finding: StoredFinding, since = ""): Pending | undefined {
  const transition = transitionSince(told, finding);
  if (transition === undefined) return undefined;
  const baseline = isBaseline(transition, finding, since);
  const graver = transition !== "changed" || (told !== undefined && severityRank(finding.severity) < severityRank(told.severity));
  const urgent = transition !== "resolved" && isGrave(finding) && graver && !baseline;
  return { transition, at: finding.changedAt, baseline, urgent };
}

/** The findings of which the channel has still to hear, each with what. */
export function withPending(findings: readonly StoredFinding[], channel: string, since?: string): PendingFinding[] {
  return findings.flatMap((finding) => {
    const pending = pendingFor(finding, channel, since);
    return pending ? [{ ...finding, pending }] : [];
  });
}

/** Some channel has heard of the finding as it is now. */
export function isTold(finding: StoredFinding): boolean {
  return Object.values(finding.told ?? {}).some((told) => transitionSince(told, finding) === undefined);
}

/** The finding once `channel` knows `told`: what it wanted remembered earlier stays. Somebody has heard of it, so it is no longer NEW. */
export function markTold(finding: StoredFinding, channel: string, told: Told): StoredFinding {
  const memory = told.memory ?? finding.told?.[channel]?.memory;
  const next = {
    ...finding,
    told: { ...finding.told, [channel]: { ...told, ...(memory === undefined ? {} : { memory }) } },
    version: finding.version + 1,
  };
  return next.status === "NEW" && isTold(next) ? { ...next, status: "NOTIFIED" } : next;
}

export function isGrave({ severity }: Pick<Finding, "severity">): boolean {
  return severity === "CRITICAL" || severity === "HIGH";
}

function isBaseline(transition: Transition, finding: StoredFinding, since: string): boolean {
  if (transition === "resolved") return false;
  // a change before the summary went out belongs to the summary
  if (transition === "opened") return finding.baseline === true || (finding.openedAt ?? finding.firstSeenAt) <= since;
  // the channel was away, and has come back
  return finding.changedAt <= since;
}
