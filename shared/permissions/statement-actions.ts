/** Which actions of the table a statement is about, worked out once: statements of managed policies are those of many roles. Pure. */
import { matches } from "../policies/match.ts";
import { everyAction, numberOf, numbersOf } from "./action-sets.ts";
import { covers, overlap } from "./arn-patterns.ts";
import type { GrantStatement } from "./statements.ts";

const known = new WeakMap<GrantStatement, readonly number[]>();

/** Numbers of the actions that it speaks of and that know a resource of its. */
export function numbersIn(statement: GrantStatement): readonly number[] {
  const before = known.get(statement);
  if (before) return before;
  const { actions, allBut, elsewhere } = statement;
  const anywhere = elsewhere || isEverywhere(statement);
  const found = taken(actions, allBut).filter((number) => anywhere || hasPlaceIn(number, statement));
  known.set(statement, found);
  return found;
}

function taken(patterns: readonly string[], allBut: boolean): number[] {
  const named = new Set(patterns.flatMap((pattern) => [...numbersOf(pattern)]));
  return allBut ? [...everyAction().keys()].filter((number) => !named.has(number)) : [...named];
}

/** It is about every resource, for certain. */
export function isEverywhere({ elsewhere, resources }: GrantStatement): boolean {
  return !elsewhere && resources.some(({ pattern, loose }) => !loose && covers(pattern, "*"));
}

/** Whether the statement takes in a resource of a type that the action knows: `sns:Publish` has none in an ARN of SQS. */
function hasPlaceIn(number: number, { resources }: GrantStatement): boolean {
  const types = everyAction()[number]?.resources ?? [];
  return types.some(({ arnPattern }) => resources.some(({ pattern }) => areSameKind(pattern, arnPattern)));
}

/** By pattern of a statement, by that of a type. */
const sameKind = new Map<string, Map<string, boolean>>();
const sameKindAtMost = 10_000;
function areSameKind(pattern: string, arnPattern: string): boolean {
  let byType = sameKind.get(pattern);
  if (!byType) {
    if (sameKind.size >= sameKindAtMost) sameKind.clear();
    byType = new Map();
    sameKind.set(pattern, byType);
  }
  const before = byType.get(arnPattern);
  if (before !== undefined) return before;
  const same = overlap(pattern, arnPattern);
  byType.set(arnPattern, same);
  return same;
}

/** One bit an action. */
const spokenOf = new WeakMap<GrantStatement, Uint8Array>();

/** Whether the statement speaks of `action`, lower case. */
export function speaksOf(statement: GrantStatement, action: string): boolean {
  const { actions, allBut } = statement;
  const number = numberOf(action);
  if (number === undefined) return actions.some((pattern) => matches(pattern, action)) !== allBut;
  let bits = spokenOf.get(statement);
  if (!bits) {
    bits = new Uint8Array((everyAction().length >> 3) + 1);
    for (const one of taken(actions, allBut)) bits[one >> 3] = (bits[one >> 3] ?? 0) | (1 << (one & 7));
    spokenOf.set(statement, bits);
  }
  return ((bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
}
