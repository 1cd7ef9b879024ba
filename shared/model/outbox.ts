/**
 * The outbox of a channel: what it has still to hear of a finding, folded from what it last accepted and how the finding is now. Pure.
 *
 * Nothing pending is stored. Therefore no channel can influence another, whatever happened while a channel was down is told as the one
 * step from what it knows to what is, and nothing can be lost: as long as the two differ, there is something to tell.
 */
import { createHash } from "node:crypto";
import type { ReleaseReason } from "./ack-words.ts";
import {
  type Finding,
  type Pending,
  type PendingFinding,
  type StoredFinding,
  severityRank,
  type Told,
  type ToldStatus,
  type Transition,
} from "./finding.ts";

/** How much of a digest is kept: 96 bits, so that two keys of one finding do not meet. */
const digestCharacters = 16;

/** Stands for a material key in what is remembered of it. */
export function materialDigest(materialKey: string): string {
  return createHash("sha256").update(materialKey).digest("base64url").slice(0, digestCharacters);
}

/** How a channel that heard of the finding as it is knows it. */
export function toldStatus({ status }: Pick<StoredFinding, "status">): ToldStatus {
  if (status === "RESOLVED") return "resolved";
  return status === "SUPPRESSED" ? "suppressed" : "open";
}

/** What a channel knows once it accepted the finding as it is. */
export function toldNow(finding: StoredFinding, message: string, memory?: string): Told {
  const { severity, materialKey, changedAt, version, acknowledged } = finding;
  const status = toldStatus(finding);
  return {
    status,
    severity,
    materialDigest: materialDigest(materialKey),
    at: changedAt,
    version,
    message,
    ...(memory === undefined ? {} : { memory }),
    ...(status === "suppressed" && acknowledged ? { warned: acknowledged.until } : {}),
  };
}

/**
 * The step from what was told to what is; undefined: there is nothing to tell. Of a finding that a decision holds, people hear nothing but
 * that the decision ends soon, and, when it has ended, that the finding is open again.
 * @param mirrors the channel shows decisions as a state of the finding, as Security Hub does: it hears of each
 */
export function transitionSince(told: Told | undefined, finding: StoredFinding, mirrors = false): Transition | undefined {
  if (finding.status === "SUPPRESSED") return mirrors ? whileMirrored(told, finding) : whileHeld(told, finding);
  const isResolved = finding.status === "RESOLVED";
  // opened and resolved without the channel having heard: nothing to tell
  if (!told) return isResolved ? undefined : "opened";
  if (told.status === "resolved") return isResolved ? undefined : "reopened";
  // it ended while nobody was to hear of it
  if (isResolved) return finding.acknowledged && !mirrors ? undefined : "resolved";
  if (told.status === "suppressed" || told.version < (finding.released?.version ?? 0)) return "reopened";
  return isAsTold(told, finding) ? undefined : "changed";
}

function whileHeld(told: Told | undefined, { acknowledged }: StoredFinding): Transition | undefined {
  return acknowledged?.endsSoon && told?.warned !== acknowledged.until ? "expiring" : undefined;
}

function whileMirrored(told: Told | undefined, finding: StoredFinding): Transition | undefined {
  if (told?.status !== "suppressed" || told.warned !== finding.acknowledged?.until) return "suppressed";
  return isAsTold(told, finding) ? undefined : "changed";
}

function isAsTold({ severity, materialDigest: digest }: Told, finding: StoredFinding): boolean {
  return severity === finding.severity && digest === materialDigest(finding.materialKey);
}

/**
 * What the channel has still to hear of the finding; undefined: nothing.
 * @param since when the channel was introduced: what was there by then goes into one summary. Undefined: it was always there
 */
export function pendingFor(finding: StoredFinding, channel: string, since?: string, mirrors = false): Pending | undefined {
  return pendingAfter(finding.told?.[channel], finding, since, mirrors);
}

/** As pendingFor, for a channel that knows `told`. */
export function pendingAfter(told: Told | undefined, finding: StoredFinding, since = "", mirrors = false): Pending | undefined {
  const transition = transitionSince(told, finding, mirrors);
  if (transition === undefined) return undefined;
  const baseline = isBaseline(transition, finding, since);
  const graver = transition !== "changed" || (told !== undefined && severityRank(finding.severity) < severityRank(told.severity));
  const urgent = !isQuiet(transition, finding) && isGrave(finding) && graver && !baseline;
  return { transition, at: finding.changedAt, baseline, urgent };
}

/** Why a decision ended that does not make the finding worse than it was when it was accepted. */
const calm: readonly ReleaseReason[] = ["expired", "withdrawn", "out-of-scope"];

/** What waits for the digest however grave: that something is over, or that a known finding is open again because its time was up. */
function isQuiet(transition: Transition, { released, changedAt }: StoredFinding): boolean {
  if (transition === "resolved" || transition === "suppressed" || transition === "expiring") return true;
  return released !== undefined && released.at === changedAt && calm.includes(released.why);
}

/** The findings of which the channel has still to hear, each with what. */
export function withPending(findings: readonly StoredFinding[], channel: string, since?: string, mirrors = false): PendingFinding[] {
  return findings.flatMap((finding) => {
    const pending = pendingFor(finding, channel, since, mirrors);
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
  if (transition === "resolved" || transition === "expiring") return false;
  // a change before the summary went out belongs to the summary
  if (transition === "opened") return finding.baseline === true || (finding.openedAt ?? finding.firstSeenAt) <= since;
  // the channel was away, and has come back
  return finding.changedAt <= since;
}
