/** How much of each action a list of statements allows: a mark by the number of the action, so that thousands are weighed quickly. Pure. */
import type { Allowed } from "../model/permissions.ts";
import type { Verdict } from "../policies/operators.ts";
import { everyAction } from "./action-sets.ts";
import { isEverywhere, numbersIn } from "./statement-actions.ts";
import type { GrantStatement, Statements } from "./statements.ts";

/** 0 not allowed, 1 under a condition only, 2 on something, 3 on everything. */
export function markFor(allowed: Allowed): number {
  return ["none", "conditional", "some", "all"].indexOf(allowed);
}

/**
 * The marks of one side: the own policies, or the boundary.
 * @param holds whether the conditions of a statement do
 * @param left the mark of an action that is denied on some resources only
 */
export function marksIn(side: Statements, holds: (statement: GrantStatement) => Verdict, left: (number: number) => number): Uint8Array {
  const marks = new Uint8Array(everyAction().length);
  const narrow = new Set<number>();
  for (const statement of side.statements.filter(({ allow }) => allow)) {
    const isHeld = holds(statement);
    if (isHeld === false) continue;
    const mark = isHeld === true && statement.resources.some(({ loose }) => !loose) ? (isEverywhere(statement) ? 3 : 2) : 1;
    for (const number of numbersIn(statement)) if ((marks[number] ?? 0) < mark) marks[number] = mark;
  }
  for (const statement of side.statements.filter(({ allow }) => !allow)) {
    if (holds(statement) !== true) continue;
    const everywhere = isEverywhere(statement);
    for (const number of numbersIn(statement)) {
      if (everywhere) marks[number] = 0;
      // what is allowed everywhere is left somewhere, whatever is denied in places
      else if (marks[number] === 3 && !statement.elsewhere) marks[number] = 2;
      else narrow.add(number);
    }
  }
  for (const number of narrow) if (marks[number]) marks[number] = left(number);
  return marks;
}
