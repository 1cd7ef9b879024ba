/** What a describer is: it says of one answer of a service what it means for the account. */
import type { GraphRow } from "../../model/graph.ts";

/** Where an answer was given, and the time as of which it is judged. */
export interface Place {
  readonly account: string;
  readonly partition: string;
  /** The Region that was asked; for account-wide services the home Region. */
  readonly region: string;
  readonly now: Date;
}

/** A read of one resource, and when it was made (ISO 8601): by this scan or, on the rotation, by an earlier one. */
export interface Read<T> {
  readonly value: T;
  readonly readAt: string;
}

/** Pure, and of one answer at a time, so that a snapshot can be described while it is read. */
export type Describe<Answer> = (answer: Answer, place: Place) => readonly GraphRow[];
