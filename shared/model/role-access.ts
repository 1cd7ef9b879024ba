/** What rules see of a role: what it may do, and who has it. */
import type { FunctionCode } from "./code.ts";
import type { FunctionFacts } from "./document.ts";
import type { Excess } from "./excess.ts";
import type { Exposure, Resource } from "./graph.ts";
import type { Escalation, FunctionNeed, RoleGrant } from "./permissions.ts";
import type { Principal } from "./principal.ts";
import type { FunctionCalls, RoleUse } from "./role-use.ts";
import type { FunctionConfiguration } from "./snapshot.ts";

/** A function that has a role. */
export interface RoleUser {
  readonly facts: FunctionFacts;
  readonly configuration: FunctionConfiguration;
  readonly exposure: Exposure;
  /** Why it runs only while a stack is deployed. */
  readonly deployTime?: string;
  /** What was read of its code; absent where this look is not about code. */
  readonly code?: FunctionCode | undefined;
  /** What it needs; absent where its code is. */
  readonly need?: FunctionNeed | undefined;
  /** What it asked of AWS; absent where nobody looked. */
  readonly calls?: FunctionCalls | undefined;
}

/** Everything about a role (in a dump of an account, also about a user) that rules judge. */
export interface RoleAccess {
  readonly principal: Principal;
  readonly grant: RoleGrant;
  /** Statements that could not be understood: they grant nothing. */
  readonly broken: readonly string[];
  /**
   * everything: nearly every action there is; iam: nearly everything of IAM, and so the means to give itself the rest. `condition`: under these
   * conditions only, JSON.
   */
  readonly power: { readonly kind: "everything" | "iam"; readonly condition?: string } | undefined;
  /** Functions of all Regions that have the role; absent where nobody said which functions there are. */
  readonly functions?: readonly RoleUser[];
  /** The whole account was given to be looked at, not only what is serverless in it. */
  readonly wholeAccount: boolean;
  /** Actions as the account's own statements have them, those of AWS's policies left out. */
  writtenActions(): readonly { readonly action: string; readonly allow: boolean; readonly statement: string }[];
  escalations(): readonly Escalation[];
  /** What it was used for; absent where IAM was not asked. */
  readonly use?: RoleUse | undefined;
  /** What it allows beyond the needs of its functions. @param unusedDays so long without use is long enough to call something unneeded */
  excess(unusedDays: number): Excess;
  /** What of the inventory it may read or write. */
  reached(): readonly Resource[];
}
