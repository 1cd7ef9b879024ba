/** Ways in from other accounts that the policy of a table or data stream opens. Both services take signed calls only. Pure. */
import type { Relation } from "../../model/graph.ts";
import { doorsOf, type Way } from "./doors.ts";

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

/** @param answer undefined where it could not be read */
export function dataPolicy(
  arn: string,
  answer: PolicyAnswer | undefined,
  ways: readonly Way[],
  operation: string,
  place: Place,
): { readonly relations: readonly Relation[]; readonly unread: readonly string[] } {
  if (!answer) return { relations: [], unread: ["policy"] };
  if (!answer.value) return { relations: [], unread: [] };
  try {
    return { relations: doorsOf(arn, answer.value, ways, operation, { ...place, signedOnly: true }).relations, unread: [] };
  } catch {
    // a policy that is no JSON says nothing
    return { relations: [], unread: ["policy"] };
  }
}
