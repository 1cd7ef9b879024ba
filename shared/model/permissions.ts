/** Allow and need: what a role grants, what a function needs. */
import type { Confidence } from "./finding.ts";

/** One permission that a function needs. */
export interface Need {
  /** As the action table writes it: `dynamodb:GetItem`. */
  readonly action: string;
  /** ARNs, with `*` for what could not be told; `["*"]` where nothing could, or where the action knows no resources. */
  readonly resources: readonly string[];
  /**
   * configuration: a setting of the function asks for it; code: a call in its own code; layer: a call in the code of a layer; forwarded:
   * AWS asks for it on behalf of the caller, e.g. the key of an encrypted queue; use: it was seen to ask for it; denied: AWS refused it to the function.
   */
  readonly source: "configuration" | "code" | "layer" | "forwarded" | "use" | "denied";
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
