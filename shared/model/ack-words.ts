/** The words of decisions about findings. */

export const ackReasons = ["accepted-risk", "false-positive", "compensating-control", "fix-scheduled", "not-applicable"] as const;
export type AckReason = (typeof ackReasons)[number];

/** What ends a decision before its time: `worse` is a graver severity and always does; `evidence-changed` any other material change as well. */
export const ackLimits = ["worse", "evidence-changed"] as const;
export type AckLimit = (typeof ackLimits)[number];

/** How many findings a decision may hold: one, those of a rule on one resource, of an owner, or of resources with a tag. */
export const ackScopes = ["finding", "rule+resource", "rule+owner", "rule+tag"] as const;
export type AckScopeKind = (typeof ackScopes)[number];

/** Why a decision no longer holds a finding. */
export const releaseReasons = ["expired", "withdrawn", "worse", "evidence-changed", "came-back", "out-of-scope"] as const;
export type ReleaseReason = (typeof releaseReasons)[number];
