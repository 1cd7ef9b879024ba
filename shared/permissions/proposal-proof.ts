/** Compares a proposed role with today's, apart from how it was made. Pure. */
import { actionOf } from "../data/action-table.ts";
import type { Allowed, FunctionNeed } from "../model/permissions.ts";
import type { Principal } from "../model/principal.ts";
import type { PolicyCondition, PolicyDocument, RoleProposal } from "../model/proposal.ts";
import { covers, overlap } from "./arn-patterns.ts";
import { Grant, type Place } from "./grant.ts";
import { allowedOf } from "./proposal-pieces.ts";
import { loosened, speaksOf, type WrittenStatement, writtenStatements } from "./written-statements.ts";

interface Compared {
  readonly role: Principal;
  readonly today: readonly WrittenStatement[];
  readonly policies: readonly PolicyDocument[];
  readonly need: FunctionNeed;
  readonly place: Place;
}

export function proofOf({ role, today, policies, need, place }: Compared): RoleProposal["proof"] {
  const proposed: Principal = {
    ...role,
    policies: policies.map((policy, n) => ({ name: `proposed ${n + 1}`, document: JSON.stringify(policy) })),
  };
  const written = writtenStatements(proposed);
  const [before, after] = [new Grant(role, place), new Grant(proposed, place)];
  return {
    subsetOfToday: written.filter(({ allow }) => allow).every((one) => isOfToday(one, today) && staysDenied(one, today, written)),
    coversNeed: need.needs.every(({ action, resources, condition }) =>
      resources.every((resource) =>
        isAsMuch(allowedOf(after, action, resource), allowedOf(before, action, resource), condition !== undefined),
      ),
    ),
  };
}

/** Everything that the statement allows, one statement of today allows: action by action, resource by resource. */
function isOfToday(statement: WrittenStatement, today: readonly WrittenStatement[]): boolean {
  const allowing = today.filter(({ allow }) => allow);
  if (statement.allBut)
    return allowing.some((one) => JSON.stringify({ ...one, where: "" }) === JSON.stringify({ ...statement, where: "" }));
  return statement.actions.every((action) =>
    (statement.elsewhere ? [undefined] : statement.resources).every((resource) =>
      allowing.some(
        (one) =>
          takesAction(one, action) && takesResource(one, action, resource, statement) && isAsStrict(statement.condition, one.condition),
      ),
    ),
  );
}

/** A pattern of actions is of today only if it is written so today. */
function takesAction(today: WrittenStatement, action: string): boolean {
  return /[*?]/.test(action) ? !today.allBut && today.actions.some((one) => one === action || one === "*") : speaksOf(today, action);
}

function takesResource(today: WrittenStatement, action: string, resource: string | undefined, statement: WrittenStatement): boolean {
  if (resource === undefined) return today.elsewhere && today.resources.every((pattern) => statement.resources.includes(pattern));
  // what knows no resources is allowed on all of them or not at all
  if (resource === "*" && actionOf(action)?.resources.length === 0)
    return today.resources.some((one) => /^\*+$/.test(one)) !== today.elsewhere;
  if (today.elsewhere) return !today.resources.some((pattern) => overlap(loosened(pattern), loosened(resource)));
  return today.resources.some(
    (pattern) => pattern === resource || pattern === "*" || (!/\$\{/.test(pattern + resource) && covers(pattern, resource)),
  );
}

/** Every key that is asked for today is asked for in the same words. */
function isAsStrict(proposed: PolicyCondition = {}, today: PolicyCondition = {}): boolean {
  return Object.entries(today).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => JSON.stringify(proposed[operator]?.[key]) === JSON.stringify(values)),
  );
}

/** What a denial of today takes out of the statement, a denial beside it takes out too. */
function staysDenied(statement: WrittenStatement, today: readonly WrittenStatement[], proposed: readonly WrittenStatement[]): boolean {
  const denials = proposed.filter(({ allow }) => !allow);
  return today
    .filter((denial) => !denial.allow && (statement.allBut || statement.actions.some((action) => concerns(denial, action, statement))))
    .every((denial) =>
      (statement.allBut ? ["*"] : statement.actions.filter((action) => concerns(denial, action, statement))).every((action) =>
        denials.some(
          (one) =>
            (/[*?]/.test(action)
              ? JSON.stringify([one.actions, one.allBut]) === JSON.stringify([denial.actions, denial.allBut])
              : speaksOf(one, action)) &&
            one.elsewhere === denial.elsewhere &&
            denial.resources.every((pattern) => one.resources.includes(pattern)) &&
            JSON.stringify(one.condition) === JSON.stringify(denial.condition),
        ),
      ),
    );
}

function concerns(denial: WrittenStatement, action: string, { resources, elsewhere }: WrittenStatement): boolean {
  if (!/[*?]/.test(action) && !speaksOf(denial, action)) return false;
  if (elsewhere || denial.elsewhere) return true;
  return resources.some((one) => denial.resources.some((pattern) => overlap(loosened(pattern), loosened(one))));
}

const order: readonly Allowed[] = ["none", "conditional", "some", "all"];

/** @param narrowed the need itself is under a condition, which the proposal has */
function isAsMuch(after: Allowed, before: Allowed, narrowed: boolean): boolean {
  return order.indexOf(after) >= order.indexOf(before) || (narrowed && before !== "none" && after !== "none");
}
