/** Questions to owners about quiet resources, and what was answered. Events are only ever added. */

export const answers = ["needed", "can-go", "not-mine"] as const;
export type AnswerWord = (typeof answers)[number];

/** `escalated`: the account's owner was told that nobody claims it. */
export interface QuestionEvent {
  /** `Q-` and 10 Crockford base32 characters, of the resource's ARN. */
  readonly question: string;
  readonly arn: string;
  readonly kind: "asked" | "escalated" | AnswerWord;
  readonly at: string;
  /** ARN of the identity that asked or answered, as STS said it. */
  readonly by: string;
  /** Team that was asked, or was named as the owner when it was answered; empty: nobody. */
  readonly owner: string;
  /** Until when it is needed. */
  readonly until?: string;
  readonly note?: string;
  /** Decisions about findings that follow from the answer. */
  readonly acks?: readonly string[];
}

/** What was asked and answered about one resource, oldest first; at least one event. */
export interface Question {
  readonly id: string;
  readonly arn: string;
  readonly events: readonly QuestionEvent[];
}
