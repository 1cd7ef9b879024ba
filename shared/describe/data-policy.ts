/** Ways in from other accounts that the policy of a table or data stream opens. Both services take signed calls only. Pure. */
import type { ActionClass } from "../data/resource-actions.ts";
import type { Relation } from "../model/graph.ts";
import { doorsOf } from "./doors.ts";

export interface Place {
  readonly account: string;
  readonly region: string;
  readonly now: Date;
}

/** Its text; null where there is none. */
export interface PolicyAnswer {
  readonly value: string | null;
  readonly readAt: string;
}

export interface DataPolicy {
  readonly relations: readonly Relation[];
  readonly unread: readonly string[];
  /** As a detail: statements of which cannot be told whom they let in. */
  readonly untold: { readonly untold?: readonly string[] };
}

/** @param answer undefined where it could not be read */
export function dataPolicy(
  arn: string,
  answer: PolicyAnswer | undefined,
  classes: readonly ActionClass[],
  operation: string,
  place: Place,
): DataPolicy {
  if (!answer) return { relations: [], unread: ["policy"], untold: {} };
  if (!answer.value) return { relations: [], unread: [], untold: {} };
  const doors = doorsOf(arn, answer.value, classes, operation, { ...place, signedOnly: true });
  if (!doors) return { relations: [], unread: ["policy"], untold: {} };
  return { relations: doors.relations, unread: [], untold: doors.untold.length > 0 ? { untold: doors.untold } : {} };
}
