/** What a prune set is worked out from, and what it says of what stays. */
import type { Network } from "../graph/network.ts";
import type { FunctionFacts } from "../model/document.ts";
import type { Relation } from "../model/graph.ts";

/** Shared, or not known to be the function's alone. */
export interface Staying {
  readonly name: string;
  readonly type: string;
  readonly why: string;
}

/** A relation together with what its ends are called. */
export interface Surroundings {
  readonly subject: FunctionFacts;
  readonly network: Network;
  /** Relations to the function, its versions and aliases. */
  readonly into: readonly Relation[];
  readonly outOf: readonly Relation[];
  /** Whether every function of the account was seen: only then may a role be called unused by others. */
  readonly allFunctionsSeen: boolean;
  /** Whether the log groups of its Region were listed to the end: one that is not there then does not exist. */
  readonly logGroupsSeen: boolean;
}
