/** Findings: what a rule says about a resource, and how the store remembers it. Words as in ASFF where ASFF has one. */
import type { AckLimit, AckReason, AckScopeKind, ReleaseReason } from "./ack-words.ts";
import type { ResourceRef } from "./resource.ts";

/** ASFF severity labels, gravest first. */
export const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"] as const;
export type Severity = (typeof severities)[number];

/** 0 for CRITICAL to 4 for INFORMATIONAL: smaller is graver. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

export type Confidence = "high" | "medium" | "low";
export type Status = "NEW" | "NOTIFIED" | "SUPPRESSED" | "RESOLVED";

/** Data, never a sentence: the rule words it. */
export type Evidence = Readonly<Record<string, EvidenceValue>>;
export type EvidenceValue = string | number | boolean | null | readonly string[];

export interface Remediation {
  /** What to do, in one or a few sentences. */
  readonly text: string;
  /** Exact AWS CLI commands with real names, shell-quoted, the reversible one first. */
  readonly commands: readonly string[];
}

/** Who is told. `team` and `env` come from configurable tags. */
export interface Owner {
  readonly team?: string;
  readonly env?: string;
  /** Where the team came from, e.g. `tag team`. */
  readonly source?: string;
  readonly confidence?: Confidence;
}

/** A finding as one scan sees it. */
export interface Finding {
  /** `F-` and 10 Crockford base32 characters; stable over scans. */
  readonly id: string;
  /** Rule id, e.g. `lambda/unused-function`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly resource: ResourceRef;
  /** Tells findings of one rule on one resource apart. */
  readonly sub?: string;
  readonly title: string;
  readonly evidence: Evidence;
  readonly remediation: Remediation;
  readonly owner: Owner;
  readonly references: readonly string[];
  /** Verdict, band, set of names: never a raw number that moves daily. A finding has changed when this or the severity differs. */
  readonly materialKey: string;
  /** Only keeps an open finding open; opens none. */
  readonly continuesOnly?: boolean;
  /** Not everything could be told that makes it graver: an open finding stays as grave as it was (as-grave-as-before.ts). */
  readonly mayBeGraver?: boolean;
  /** Where it belongs to no Region and a scan did not look at all of them: those it was concluded from. Absent: all that it needs. */
  readonly concludedFrom?: readonly string[];
}

/** `suppressed`: a decision holds it; only channels that mirror decisions hear of it. `expiring`: the decision ends within days. */
export const transitions = ["opened", "reopened", "changed", "suppressed", "expiring", "resolved"] as const;
export type Transition = (typeof transitions)[number];

/** How a channel knows a finding. */
export type ToldStatus = "open" | "suppressed" | "resolved";

/** What a channel last accepted about a finding, and what it wants remembered. What it still has to hear follows from this (outbox.ts). */
export interface Told {
  readonly status: ToldStatus;
  readonly severity: Severity;
  /** Digest of the material key (a key may hold thousands of names); empty where it is not known. */
  readonly materialDigest: string;
  /** When the finding had become as it was told. */
  readonly at: string;
  /** Version of the finding that was told. */
  readonly version: number;
  /** Id of the message that told it; empty where it is not known. */
  readonly message: string;
  /** What the channel wants handed back with the finding's next message: a ticket's key, a thread. */
  readonly memory?: string;
  /** The end of the decision that it was warned of. */
  readonly warned?: string;
}

/** What a channel has still to hear of a finding. Never stored: derived from what it last accepted and how the finding is now. */
export interface Pending {
  readonly transition: Transition;
  /** When the finding became as it is. */
  readonly at: string;
  /** It was there before the channel, or at the first sight of its Region and rule: goes into the one summary. */
  readonly baseline: boolean;
  /** CRITICAL or HIGH, and new to the channel or graver than it heard: goes out at once. */
  readonly urgent: boolean;
  /** It is open, but no route leads it to this channel any more: told once, and for the channel the end. */
  readonly left?: true;
}

/** The decision that holds a finding, as the finding carries it. Stays on a finding that was resolved while it was held. */
export interface Acknowledged {
  /** Id of the decision. */
  readonly ack: string;
  readonly scope: AckScopeKind;
  readonly reason: AckReason;
  readonly comment: string;
  readonly until: string;
  readonly alsoUntil: AckLimit;
  readonly ticket?: string;
  readonly by: string;
  /** When it was decided. */
  readonly at: string;
  /** Of this finding, when the decision began to hold it. */
  readonly severity: Severity;
  readonly evidenceDigest: string;
  /** It ends within days: said once, with the next digest. */
  readonly endsSoon?: true;
}

/** The last decision that held a finding, and why it does not any more. */
export interface Released {
  readonly ack: string;
  readonly why: ReleaseReason;
  readonly at: string;
  /** Version of the finding that was written then: who knows an older one has still to hear. */
  readonly version: number;
  /** Who took it back. */
  readonly by?: string;
}

/** A finding as the store remembers it. */
export interface StoredFinding extends Finding {
  readonly status: Status;
  readonly firstSeenAt: string;
  /** When it last opened or reopened; absent in what older versions wrote. */
  readonly openedAt?: string;
  readonly changedAt: string;
  /** When its team or env last became another one while it was open. */
  readonly ownerSince?: string;
  readonly resolvedAt?: string;
  /** First complete look that no longer saw it (usage-based rules need two, 20 hours apart). */
  readonly clearSince?: string;
  /** Since when it would be milder by what could be read, and not everything could that makes it grave. */
  readonly milderSince?: string;
  /** It opened at the first sight of its Region by its rule. */
  readonly baseline?: boolean;
  /** The decision that holds it (SUPPRESSED), or held it when it was resolved. */
  readonly acknowledged?: Acknowledged;
  /** Why the last decision about it no longer holds it. */
  readonly released?: Released;
  /** By channel name. */
  readonly told?: Readonly<Record<string, Told>>;
  /** Counts writes: guards against two scans at once. */
  readonly version: number;
}

/** A finding that a channel has still to hear of. */
export interface PendingFinding extends StoredFinding {
  readonly pending: Pending;
  /** Why a person should care, in the words of its rule; absent: not known. */
  readonly why?: string;
  /** Alias of the account; absent: not known. */
  readonly accountAlias?: string;
}
