/** Where statements allow and deny, compared with a pattern of ARNs. Pure. */
import type { Allowed } from "../model/permissions.ts";
import type { Verdict } from "../policies/operators.ts";
import { commonArn, covers, overlap } from "./arn-patterns.ts";
import type { GrantStatement } from "./statements.ts";

/** A statement that speaks of the action, and whether its conditions hold for certain. */
export interface Speaking {
  readonly statement: GrantStatement;
  readonly sure: boolean;
}

/** Whether the statement is about one ARN. */
export function about({ resources, elsewhere }: GrantStatement, arn: string): Verdict {
  const fitting = resources.filter(({ pattern }) => covers(pattern, arn));
  const sure = fitting.some(({ loose }) => !loose);
  if (elsewhere) return fitting.length === 0 ? true : sure ? false : "unknown";
  return sure ? true : fitting.length > 0 ? "unknown" : false;
}

/** How much of `resource`, a pattern, is allowed. @param exact the action knows no resources: only what allows all of them counts */
export function allowedIn(speaking: readonly Speaking[], resource: string, exact: boolean): Allowed {
  const denials = speaking.filter(({ statement, sure }) => !statement.allow && sure).map(({ statement }) => statement);
  if (denials.some((denial) => takesAll(denial, resource))) return "none";
  const alive = speaking.filter(({ statement }) => statement.allow && isAlive(statement, resource, denials, exact));
  const sure = alive.filter((one) => isSure(one, resource));
  if (sure.length === 0) return alive.length > 0 ? "conditional" : "none";
  const whole = sure.some(({ statement }) => takesAll(statement, resource));
  return whole && !denials.some((denial) => takesSome(denial, resource)) ? "all" : "some";
}

/** The same inside a boundary. */
export function within(own: readonly Speaking[], boundary: readonly Speaking[], resource: string, exact: boolean): Allowed {
  const [inner, outer] = [allowedIn(own, resource, exact), allowedIn(boundary, resource, exact)];
  if (inner === "none" || outer === "none") return "none";
  if (!meet(own, boundary, resource)) return "none";
  if (inner === "conditional" || outer === "conditional") return "conditional";
  return inner === "all" ? outer : outer === "all" ? inner : "some";
}

/** Whether some ARN is in a pattern of both. */
function meet(own: readonly Speaking[], boundary: readonly Speaking[], resource: string): boolean {
  const patterns = (some: readonly Speaking[]) =>
    some.flatMap(({ statement: { allow, elsewhere, resources } }) =>
      allow ? (elsewhere ? ["*"] : resources.map(({ pattern }) => pattern)) : [],
    );
  const bounds = patterns(boundary);
  return patterns(own).some((one) =>
    bounds.some((other) => one === "*" || other === "*" || commonArn([one, other, resource]) !== undefined),
  );
}

function isSure({ statement, sure }: Speaking, resource: string): boolean {
  return sure && (statement.elsewhere || statement.resources.some(({ pattern, loose }) => !loose && overlap(pattern, resource)));
}

function isAlive({ resources, elsewhere }: GrantStatement, resource: string, denials: readonly GrantStatement[], exact: boolean): boolean {
  if (elsewhere) return !resources.some(({ pattern }) => covers(pattern, resource));
  return resources.some(
    ({ pattern }) =>
      (exact ? covers(pattern, resource) : overlap(pattern, resource)) && !denials.some((denial) => takesAll(denial, pattern)),
  );
}

/** Whether everything that `resource` stands for is in the statement, for certain. */
function takesAll({ resources, elsewhere }: GrantStatement, resource: string): boolean {
  if (elsewhere) return !resources.some(({ pattern }) => overlap(pattern, resource));
  return resources.some(({ pattern, loose }) => !loose && covers(pattern, resource));
}

function takesSome({ resources, elsewhere }: GrantStatement, resource: string): boolean {
  if (elsewhere) return !resources.some(({ pattern, loose }) => !loose && covers(pattern, resource));
  return resources.some(({ pattern, loose }) => !loose && overlap(pattern, resource));
}
