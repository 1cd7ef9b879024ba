/** What a role allows beyond the needs of its functions, and how much it matters. */

/** What an action can do, gravest first. `permissions`: who may do what, directly or by lending a role. */
export const excessKinds = ["permissions", "data-read", "write", "read"] as const;
export type ExcessKind = (typeof excessKinds)[number];

export interface ExcessAction {
  readonly action: string;
  readonly kind: ExcessKind;
  /** No code, no setting, no use: not merely not seen. */
  readonly unneeded: boolean;
}

export interface Excess {
  /** Allowed and not seen to be needed; gravest first, as permissions/gravest-first.ts orders them. */
  readonly actions: readonly ExcessAction[];
  /** Number of actions that the role allows. */
  readonly allowed: number;
  /** Number of those that are needed or were seen in use. */
  readonly needed: number;
  /** Needed on resources that code or settings name, and allowed on all there are. */
  readonly wide: readonly { readonly action: string; readonly named: readonly string[] }[];
  /** The gravest of them are allowed on some resources only, not on all there are. */
  readonly narrow: boolean;
  /** Code was read and shows at least one call to AWS: that it shows no other means something. */
  readonly codeSpeaks: boolean;
  /** What keeps the needs from being whole, in words. */
  readonly unresolved: readonly string[];
}

/** How much an excess matters: permissions/risk.ts. */
export interface RiskFactor {
  readonly name: "exposure" | "strength" | "sensitivity" | "ease";
  /** 0 to 1. */
  readonly value: number;
  /** In a few words: `anybody on the internet`. */
  readonly why: string;
}

export interface Risk {
  /** 0 to 100: the product of the factors. */
  readonly score: number;
  readonly factors: readonly RiskFactor[];
}
