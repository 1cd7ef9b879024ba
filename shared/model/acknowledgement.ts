/** Acknowledgements: what a person decided about findings, for how long and why. A decision is written once and never changed. */
import type { AckLimit, AckReason } from "./ack-words.ts";
import type { Severity } from "./finding.ts";

/** Which findings a decision holds. Every part has to be equal, character by character: there are no patterns and no beginnings of names. */
export type AckScope =
  | { readonly kind: "finding"; readonly finding: string }
  | { readonly kind: "rule+resource"; readonly rule: string; readonly arn: string }
  /** `team` is empty for what nobody owns. */
  | { readonly kind: "rule+owner"; readonly rule: string; readonly team: string }
  | { readonly kind: "rule+tag"; readonly rule: string; readonly key: string; readonly value: string };

/** A decision as it was made. Times are ISO 8601 UTC. */
export interface Acknowledgement {
  /** `A-` and 10 Crockford base32 characters. */
  readonly id: string;
  readonly scope: AckScope;
  readonly reason: AckReason;
  readonly comment: string;
  /** From this moment on it no longer holds anything. */
  readonly until: string;
  readonly alsoUntil: AckLimit;
  /** Key of a ticket. */
  readonly ticket?: string;
  /** ARN of the identity that decided, as STS said it; or the user of a machine without AWS. */
  readonly by: string;
  readonly at: string;
  /** The finding that it was said of. */
  readonly finding: string;
  /** Severity of that finding then: graver ones it does not hold. */
  readonly severity: Severity;
  /** Digest of that finding's material key then; empty where it is not known. */
  readonly evidenceDigest: string;
  /** Where it was read from a file: who the file says decided, and when. */
  readonly written?: { readonly by: string; readonly at: string };
}

/** What happened to a decision later: only ever added. */
export interface AckEvent {
  readonly ack: string;
  /** `withdrawn` and `replaced` end it for all findings; the others tell of one finding. */
  readonly kind: "withdrawn" | "replaced" | "held" | "expired" | "worse" | "evidence-changed" | "came-back" | "out-of-scope" | "resolved";
  readonly at: string;
  /** Who did it; absent: a scan saw it. */
  readonly by?: string;
  readonly finding?: string;
  /** What took its place, or what a person said. */
  readonly note?: string;
}

/** A decision with what happened to it, oldest first. */
export interface AckRecord extends Acknowledgement {
  readonly events: readonly AckEvent[];
}

/** Days before its end at which a decision is said to end. */
export const warnedDays = 7;

/** The longest a decision may last, days: by severity of what is accepted. Never for ever. */
export function mostAckDays(severity: Severity): number {
  return severity === "CRITICAL" ? 90 : 365;
}
