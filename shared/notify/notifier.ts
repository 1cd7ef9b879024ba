/** A message as the watchdog wants it delivered, before any channel formats it. */
import type { Severity } from "../model/finding.ts";

export type MessageKind = "opened" | "reopened" | "changed" | "resolved" | "digest" | "summary" | "ops";

export interface Message {
  /** Stable: the same content has the same id. */
  readonly id: string;
  readonly kind: MessageKind;
  /** Gravest severity it speaks of. */
  readonly severity: Severity;
  /** Teams it concerns; empty: nobody owns it. */
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
  /** Finding ids it speaks of: their outbox is cleared once the channel accepted it. */
  readonly findingIds: readonly string[];
}

/** A way out. One implementation per channel. */
export interface Notifier {
  /** Name in the outbox, e.g. `sns`. */
  readonly channel: string;
  /** Resolves when the channel accepted the message; throws otherwise. */
  send(message: Message): Promise<void>;
}
