/** A message as the watchdog wants it delivered, before any channel formats it. */
import type { Severity } from "../model/finding.ts";

export type MessageKind = "opened" | "reopened" | "changed" | "resolved" | "digest" | "summary" | "ops";

export interface Message {
  /** Stable: the same content has the same id. */
  readonly id: string;
  readonly kind: MessageKind;
  /** Gravest severity it speaks of. */
  readonly severity: Severity;
  /** Teams it concerns, `unowned` among them when nobody owns a part of it; empty: nobody owns any of it. */
  readonly teams: readonly string[];
  readonly envs: readonly string[];
  /** First part of the rule ids it speaks of, e.g. `lambda`. */
  readonly ruleGroups: readonly string[];
  /** Under 100 ASCII characters. */
  readonly subject: string;
  /** Plain text for e-mail. */
  readonly text: string;
  /** Markdown for chat. */
  readonly markdown: string;
  /** What to do, markdown for chat, a line each. */
  readonly nextSteps?: readonly string[];
  /** ARNs it speaks of, gravest first; a few of them when there are many. */
  readonly resources?: readonly string[];
  /** Finding ids it speaks of: their outbox is cleared once the channel accepted it. */
  readonly findingIds: readonly string[];
}

/** A way out. One implementation per channel. */
export interface Notifier {
  /** Name in the outbox, e.g. `sns`. */
  readonly channel: string;
  /** Resolves when the channel accepted the message; throws otherwise (a DeliveryError where the channel knows what to do about it). */
  send(message: Message): Promise<void>;
}

/** The channel did not accept a message. The text says why and what to do next; `cause` is what the channel answered. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  /** No other message would be accepted either: trying on is of no use. */
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean, cause?: unknown) {
    super(message, { cause });
    this.permanent = permanent;
  }
}
