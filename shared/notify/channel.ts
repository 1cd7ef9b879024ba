/** A message as the watchdog wants it delivered, before any channel formats it; and the ways out. */
import type { PendingFinding, Severity, StoredFinding, ToldStatus, Transition } from "../model/finding.ts";
import type { Route } from "../model/route.ts";
import type { ScanNews } from "./scan-news.ts";

export type MessageKind = Transition | "digest" | "summary" | "question" | "ops";

export interface Message {
  /** Stable: the same content has the same id, so that a receiver can drop a repetition. */
  readonly id: string;
  readonly kind: MessageKind;
  /** By which people know the account; absent: not known. */
  readonly accountAlias?: string;
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
  /** Ids of `findings`. */
  readonly findingIds: readonly string[];
  /** What it speaks of, each with what the channel has to hear of it: for channels that say it in their own form. */
  readonly findings: readonly PendingFinding[];
  /** Somebody tries the channel: nothing has happened. */
  readonly test?: true;
}

/** What a channel asked to have remembered about a finding, handed back with every later message. */
export interface Remembered {
  readonly findingId: string;
  readonly rule: string;
  readonly team?: string;
  /** Resolved is also what is no longer the channel's, as it was told. */
  readonly status: ToldStatus;
  readonly memory: string;
}

/** What a channel made of a message. */
export interface Answer {
  /** Ids of the findings that it took; what is not among them stays pending. */
  readonly accepted: readonly string[];
  /** By finding id, at most `mostMemory` characters: a ticket's key, a thread. Replaces what was remembered of the finding. */
  readonly remember?: Readonly<Record<string, string>>;
  /** Why it did not take the others, in one line. */
  readonly why?: string;
  /** What a person should know though everything was taken, a line each. */
  readonly notes?: readonly string[];
}

/** Characters that a channel may have remembered about a finding: it stands in the finding's item. */
export const mostMemory = 500;

export interface ChannelLimits {
  /** Single messages in any hour; more urgent findings share one message. */
  readonly singlesPerHour: number;
  /** Hours between two digests: 20, so that a daily scan that starts a little early still sends one. */
  readonly digestHours: number;
  /** Digests that go out together, one an owner; where there are more owners, some share one. */
  readonly digestsAtOnce: number;
  /** Bytes of team, env and rule group names that one message may carry as attributes; beyond it a list becomes two messages. */
  readonly labelBytes: number;
  /** Findings of one message: what is written down of it has to fit into one item of the table. */
  readonly findings: number;
  /** How long a message may take, seconds; a channel that is slower counts as down until the next scan. */
  readonly sendSeconds: number;
}

export const defaultLimits: ChannelLimits = {
  singlesPerHour: 10,
  digestHours: 20,
  digestsAtOnce: 20,
  labelBytes: 40_000,
  findings: 10_000,
  sendSeconds: 60,
};

/** A way out. Each has an outbox, a clock and limits of its own: none knows of another. */
export interface Channel {
  /** Name under which the store remembers what it accepted, e.g. `sns`. */
  readonly name: string;
  readonly limits: ChannelLimits;
  /** True for one that shows decisions as a state of the finding: it hears `suppressed`, and `resolved` also of what a decision held. */
  readonly mirrors?: boolean;
  /** The routes that lead to it; absent: every finding goes there. */
  readonly routes?: readonly Route[];
  /**
   * Answers what the channel took. Throws when it took nothing (a DeliveryError where the channel knows what to do about it).
   * @param remembered about this message's findings and all others that were read with them
   */
  send(message: Message, remembered: readonly Remembered[]): Promise<Answer>;
  /**
   * Of a channel where people may have decided something themselves: asked once in every scan, also where there is no news, about the findings that it
   * knows as open. What a person should know of that, a line each. @throws DeliveryError where it cannot be asked
   */
  decided?(known: readonly StoredFinding[]): Promise<readonly string[]>;
  /** Of a channel for programs: told once of every completed scan, also where there is no other news. Throws when it was not taken. */
  tellScan?(scan: ScanNews): Promise<void>;
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

/** Nobody knows whether the message arrived: the same is sent again under the same id. */
export class NoAnswerError extends DeliveryError {}
