/** Allow and need: what a role grants, what a function needs. */
import type { FunctionCode } from "./code.ts";
import type { FunctionFacts } from "./document.ts";
import type { Excess } from "./excess.ts";
import type { Confidence } from "./finding.ts";
import type { Exposure, Resource } from "./graph.ts";
import type { Principal } from "./principal.ts";
import type { FunctionCalls, RoleUse } from "./role-use.ts";
import type { FunctionConfiguration } from "./snapshot.ts";

/** One permission that a function needs. */
export interface Need {
  /** As the action table writes it: `dynamodb:GetItem`. */
  readonly action: string;
  /** ARNs, with `*` for what could not be told; `["*"]` where nothing could, or where the action knows no resources. */
  readonly resources: readonly string[];
  /**
   * configuration: a setting of the function asks for it; code: a call in its own code; layer: a call in the code of a layer; forwarded:
   * AWS asks for it on behalf of the caller, e.g. the key of an encrypted queue; denied: AWS refused it to the function.
   */
  readonly source: "configuration" | "code" | "layer" | "forwarded" | "denied";
  readonly confidence: Confidence;
  /** What every such request has in it, as the condition of a statement, JSON: the service that asks for the caller, the namespace of a metric. */
  readonly condition?: string;
  /** What shows it, in a few words: `GetItem at src/orders.mjs:41`, `its queue orders`. */
  readonly why: string;
}

/** Everything that is known of what a function needs. */
export interface FunctionNeed {
  readonly needs: readonly Need[];
  /** What keeps the list from being whole, in words; empty: nothing that we know of. What is not in a list that is not whole is not unneeded. */
  readonly unresolved: readonly string[];
  /** Prefixes of the services in which more may be needed than is known; `*`: in any. Absent: as `unresolved` says, in any or in none. */
  readonly open?: readonly string[];
}

/** Where an action is allowed, as one statement says it. */
export interface GrantedScope {
  /** The statement's resources, or `*`. */
  readonly resources: readonly string[];
  /** NotResource: everything but these. */
  readonly notResources?: readonly string[];
  /** The statement's conditions as written, JSON; absent: none. */
  readonly condition?: string;
  /** `policy orders-inline, statement 2` */
  readonly statement: string;
}

/** How much of what a pattern of ARNs stands for is allowed. `conditional`: only under a condition of a statement. */
export type Allowed = "all" | "some" | "conditional" | "none";

/** What a role may do, at most: policies of the organization are not seen. */
export interface RoleGrant {
  /** Every action of the table that is allowed on something, as the table writes it, sorted. */
  readonly actions: readonly string[];
  allows(action: string, resource: string): Allowed;
  scopesOf(action: string): readonly GrantedScope[];
  /** Texts of policies that AWS did not give: then the role may do more than this. */
  readonly unread: readonly string[];
}

/** A way by which a principal gets to do more than it may. */
export interface Escalation {
  /** As data/escalation-paths.ts names it: `lambda-003`. */
  readonly path: string;
  readonly permissions: readonly string[];
  /** What is reached, in words: `role deployer`, `function orders (role admin)`, `itself`. The most powerful first. */
  readonly targets: readonly string[];
  /** administrator: the target may do everything, or give itself everything. */
  readonly gain: "administrator" | "more";
  /** high: all of it was read; medium: something of it hangs on a condition; low: nobody has told whether the target is there. */
  readonly confidence: Confidence;
  /** Statements that allow it: `policy ops, statement 1`. */
  readonly statements: readonly string[];
}

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
