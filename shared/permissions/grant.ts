/**
 * What a principal may do at most: its own policies, less what they deny for certain, within its permission boundary. Policies of the
 * organization are not seen. Statements with a condition that may hold are kept, as conditional. Pure.
 */
import { actionOf } from "../data/action-table.ts";
import { listArn } from "../data/lists-on-arns.ts";
import type { Allowed, GrantedScope, RoleGrant } from "../model/permissions.ts";
import type { Principal } from "../model/principal.ts";
import { all, any, not, type Verdict } from "../policies/operators.ts";
import { everyAction, markedNames } from "./action-sets.ts";
import { type Asking, type Caller, conditionsHold, denied, regionOf, variableOf } from "./asking.ts";
import { markFor, marksIn } from "./marks.ts";
import { about, allowedIn, within } from "./scopes.ts";
import { speaksOf } from "./statement-actions.ts";
import { type GrantStatement, type Statements, statementsIn } from "./statements.ts";
import { hasFederation, Trust } from "./trust.ts";

export interface Place {
  readonly account: string;
  readonly now: Date;
}

export class Grant implements RoleGrant {
  readonly principal: Principal;
  readonly caller: Caller;
  readonly trust: Trust;
  readonly unread: readonly string[];
  /** Statements that could not be understood. */
  readonly broken: readonly string[];
  readonly #place: Place;
  readonly #own: Statements;
  readonly #boundary: Statements | undefined;
  #marks: Uint8Array | undefined;
  #actions: readonly string[] | undefined;

  /** @param certain a statement whose conditions are taken to hold, where they can */
  constructor(principal: Principal, place: Place, certain?: string) {
    this.principal = principal;
    this.#place = place;
    this.trust = new Trust(principal);
    const ofServices = principal.kind === undefined && this.trust.onlyServices && !hasFederation(principal);
    this.caller = { principal, account: place.account, ofServices };
    const variable = (name: string) => variableOf(name, this.caller);
    const own = statementsIn(principal.policies, variable);
    const holding = (one: GrantStatement) => (one.where === certain && this.#holds(one) !== false ? { ...one, conditions: [] } : one);
    this.#own = certain === undefined ? own : { ...own, statements: own.statements.map(holding) };
    const { boundary, hasBoundary, unread } = principal;
    const document = boundary?.document;
    this.#boundary = document === undefined ? undefined : statementsIn([{ name: `boundary ${boundary?.arn}`, document }], variable);
    this.unread = hasBoundary && document === undefined ? [...unread, `boundary ${boundary?.arn ?? ""}`.trim()] : unread;
    this.broken = [...this.#own.broken, ...(this.#boundary?.broken ?? [])];
  }

  /** Nothing holds it back: what is added to it, it has. */
  get isFree(): boolean {
    return !this.principal.hasBoundary && this.#own.statements.every(({ allow }) => allow);
  }

  get statements(): readonly GrantStatement[] {
    return this.#own.statements;
  }

  /** The principal as if the conditions of one statement held. */
  sure(statement: string): Grant {
    return new Grant(this.principal, this.#place, statement);
  }

  get actions(): readonly string[] {
    this.#actions ??= markedNames(this.marks);
    return this.#actions;
  }

  /** By the number of the action: 0 not allowed, 1 under a condition only, 2 on something, 3 on everything. */
  get marks(): Uint8Array {
    this.#marks ??= this.#marked();
    return this.#marks;
  }

  allows(action: string, resource: string): Allowed {
    const asked = action.toLowerCase();
    // what knows no resources is asked for on all of them
    const exact = actionOf(asked)?.resources.length === 0;
    const own = this.#speaking(this.#own, asked);
    const bounds = this.#boundary && this.#speaking(this.#boundary, asked);
    const on = (one: string, whole: boolean) => (bounds ? within(own, bounds, one, whole) : allowedIn(own, one, whole));
    const all = on(exact ? "*" : resource, exact);
    const listed = exact && all === "none" ? listArn(asked) : undefined;
    return listed ? on(listed, false) : all;
  }

  scopesOf(action: string): readonly GrantedScope[] {
    return this.#speaking(this.#own, action.toLowerCase()).flatMap(
      ({ statement: { allow, resources, elsewhere, conditionText, where } }) => {
        if (!allow) return [];
        const patterns = resources.map(({ pattern }) => pattern);
        const condition = conditionText === undefined ? {} : { condition: conditionText };
        if (elsewhere) return [{ resources: ["*"], notResources: patterns, ...condition, statement: where }];
        const alive = patterns.filter((pattern) => this.allows(action, pattern) !== "none");
        return alive.length > 0 ? [{ resources: alive, ...condition, statement: where }] : [];
      },
    );
  }

  /** Whether one request gets through. @param resource an ARN in full; `*` for an action that knows no resources */
  ask(action: string, resource: string, asking: Omit<Asking, "now" | "action">): Verdict {
    const asked = action.toLowerCase();
    const full = { ...asking, facts: { ...regionOf(resource), ...asking.facts }, action: asked, now: this.#place.now };
    const answer = ({ statements }: Statements) => {
      const speaking = statements.filter((statement) => speaksOf(statement, asked));
      const keys = speaking.flatMap(({ allow, conditions }) => (allow ? conditions.map(({ key }) => key) : []));
      const fits = (one: GrantStatement) => {
        const where = about(one, resource);
        return where === false ? false : all([where, conditionsHold(one.conditions, this.caller, one.allow ? full : denied(full, keys))]);
      };
      const allowed = any(speaking.filter(({ allow }) => allow).map(fits));
      return allowed === false ? false : all([allowed, not(any(speaking.filter(({ allow }) => !allow).map(fits)))]);
    };
    const own = answer(this.#own);
    return own === false || !this.#boundary ? own : all([own, answer(this.#boundary)]);
  }

  /** Whether the boundary would let a request through that something else allows. @param resource an ARN in full */
  boundaryLets(action: string, resource: string): Verdict {
    if (!this.principal.hasBoundary) return true;
    if (!this.#boundary) return "unknown";
    const allowed = allowedIn(this.#speaking(this.#boundary, action.toLowerCase()), resource, false);
    return allowed === "none" ? false : allowed === "conditional" ? "unknown" : true;
  }

  /** Patterns of resources in which statements allow `action`, of the own policies and of the boundary: where to look for one that does. */
  patternsOf(action: string): readonly (readonly string[])[] {
    const asked = action.toLowerCase();
    const of = ({ statements }: Statements) => [
      ...new Set(
        statements
          .filter((one) => one.allow && speaksOf(one, asked))
          .flatMap(({ elsewhere, resources }) => (elsewhere ? ["*"] : resources.map(({ pattern }) => pattern))),
      ),
    ];
    return this.#boundary ? [of(this.#own), of(this.#boundary)] : [of(this.#own)];
  }

  /** Which statements allow `action` somewhere: `policy orders-inline, statement 2`. */
  sourcesOf(action: string): readonly string[] {
    const asked = action.toLowerCase();
    return this.#own.statements.filter((one) => one.allow && speaksOf(one, asked)).map(({ where }) => where);
  }

  /** Whether a statement about `action` asks for a condition key, lower case. */
  asksFor(action: string, key: string): boolean {
    const all = [...this.#own.statements, ...(this.#boundary?.statements ?? [])];
    return all.some((one) => one.conditions.some((condition) => condition.key === key) && speaksOf(one, action.toLowerCase()));
  }

  /** Whether a statement denies it for certain. @param resource an ARN in full */
  denies(action: string, resource: string): boolean {
    const denials = this.#speaking(this.#own, action.toLowerCase()).filter(({ statement, sure }) => !statement.allow && sure);
    return denials.some(({ statement }) => about(statement, resource) === true);
  }

  /** Statements that speak of `action` and may hold, with whether their conditions do. */
  #speaking({ statements }: Statements, action: string): { readonly statement: GrantStatement; readonly sure: boolean }[] {
    return statements.flatMap((statement) => {
      if (!speaksOf(statement, action)) return [];
      const holds = conditionsHold(statement.conditions, this.caller, { action, now: this.#place.now, chooses: false });
      return holds === false ? [] : [{ statement, sure: holds === true }];
    });
  }

  #marked(): Uint8Array {
    const marks = this.#marksIn(this.#own);
    if (!this.#boundary) return marks;
    const bound = this.#marksIn(this.#boundary);
    for (let number = 0; number < marks.length; number += 1) {
      if (!marks[number]) continue;
      const name = everyAction()[number]?.name ?? "";
      marks[number] = markFor(bound[number] ? this.allows(name, "*") : "none");
    }
    return marks;
  }

  #marksIn(side: Statements): Uint8Array {
    return marksIn(
      side,
      (statement) => this.#holds(statement),
      (number) => this.#left(side, number),
    );
  }

  /** Denied on some resources only: it is left where anything is. */
  #left(side: Statements, number: number): number {
    return markFor(allowedIn(this.#speaking(side, everyAction()[number]?.name.toLowerCase() ?? ""), "*", false));
  }

  #holds({ conditions }: GrantStatement): Verdict {
    return conditionsHold(conditions, this.caller, { now: this.#place.now, chooses: false });
  }
}
