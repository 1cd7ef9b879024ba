/** Findings: what a rule says about a resource, and how the store remembers it. Words as in ASFF where ASFF has one. */
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
}

export type Transition = "opened" | "reopened" | "changed" | "resolved";

/** A transition that a channel has not accepted yet: the finding's own outbox. */
export interface Pending {
  readonly transition: Transition;
  readonly at: string;
  /** Channels that still have to accept it. */
  readonly channels: readonly string[];
  /** First sight of its Region and rule: goes into the one summary. */
  readonly baseline: boolean;
  /** It newly opened or worsened as CRITICAL or HIGH: goes out at once. */
  readonly urgent: boolean;
}

/** A finding as the store remembers it. */
export interface StoredFinding extends Finding {
  readonly status: Status;
  readonly firstSeenAt: string;
  readonly changedAt: string;
  readonly resolvedAt?: string;
  /** First complete look that no longer saw it (usage-based rules need two, 20 hours apart). */
  readonly clearSince?: string;
  readonly pending?: Pending;
  /** Counts writes: guards against two scans at once. */
  readonly version: number;
}
