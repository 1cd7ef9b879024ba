/** A role made for one function: no more than its role allows today, and all of that which it is known to need. */
import type { Confidence } from "./finding.ts";

/** As a policy has it; Action and Resource are always lists here. */
export interface PolicyStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: PolicyCondition;
}
export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

export interface RoleProposal {
  readonly roleName: string;
  readonly path: string;
  /** Today's, as it is. */
  readonly trustPolicy: unknown;
  /** Today's permission boundary, which the new role keeps. */
  readonly boundaryArn?: string;
  /** One inline policy, or managed ones where that would be too long. */
  readonly placement: "inline" | "managed";
  readonly policies: readonly PolicyDocument[];
  /** What stays of today's grant. `undecided`: nothing shows that it is needed, and nothing that it is not. */
  readonly kept: readonly {
    readonly action: string;
    readonly resources: readonly string[];
    readonly why: string;
    readonly evidence: "needed" | "undecided";
  }[];
  /** What goes: an action, or `SERVICE:*` where the whole service goes. */
  readonly removed: readonly { readonly action: string; readonly why: string }[];
  /** What is needed and not allowed today: it is not in the policies. `statement` adds it. */
  readonly missing: readonly {
    readonly action: string;
    readonly resources: readonly string[];
    readonly confidence: Confidence;
    readonly why: string;
    readonly statement: PolicyStatement;
  }[];
  /** What keeps need or grant from being known in whole, in words. */
  readonly unresolved: readonly string[];
  readonly proof: {
    /** Everything that the policies allow is allowed today. */
    readonly subsetOfToday: boolean;
    /** Everything that is known to be needed and is allowed today is allowed by the policies. */
    readonly coversNeed: boolean;
  };
}
