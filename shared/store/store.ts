/**
 * What the watchdog remembers. One implementation, on DynamoDB (dynamodb-store.ts); locally the same code talks to an embedded
 * dynalite. Blobs (snapshots, documents) are in blobs.ts.
 */

import type { AccountNumbers } from "../model/account-numbers.ts";
import type { AckEvent, Acknowledgement, AckRecord } from "../model/acknowledgement.ts";
import type { StoredFinding } from "../model/finding.ts";
import type { Question, QuestionEvent } from "../model/question.ts";
import type { Route } from "../model/route.ts";
import type { LedgerEntry, RegionLedger } from "../model/usage.ts";

/** One scan in the table: coverage per collector and Region lives here, not on findings. */
export interface ScanItem {
  readonly id: string;
  readonly account: string;
  readonly startedAt: string;
  /** Absent while it runs. */
  readonly finishedAt?: string;
  readonly outcome: "running" | "done" | "failed";
  readonly complete: boolean;
  readonly functions: number;
  /** Those that a decision holds are not among them. */
  readonly openFindings: number;
  /** Held by decisions; absent in what older versions wrote. */
  readonly suppressedFindings?: number;
  readonly apiCalls: number;
  /** Blob key of the scan document. */
  readonly documentKey?: string;
  /** Coverage rows that are not complete. */
  readonly incomplete: readonly { readonly collector: string; readonly region: string; readonly status: string; readonly code?: string }[];
  /** What the account looked like in five numbers; absent for scans that are not done, and in what older versions wrote. */
  readonly numbers?: AccountNumbers;
  /** What became of its messages; absent where there was no channel, and in what older versions wrote. */
  readonly messages?: ScanMessages;
  /** Why it failed. */
  readonly error?: string;
}

export interface ScanMessages {
  readonly sent: number;
  /** Not accepted, or not tried after that: what they speak of stays pending. */
  readonly refused: number;
  /** Findings that wait for the next daily digest. */
  readonly waiting: number;
  /** Until when the rest waits, because the hours are quiet. */
  readonly heldUntil?: string;
  /** Day of the next weekly digest, `2026-11-30`. */
  readonly weeklyOn: string;
}

/**
 * A list of findings on its way through a channel. Written before the list is sent, so that a run after a crash sends the same list under
 * the same id; as accepted before the first of its findings is marked, so that it need not be sent again to mark the others.
 */
export interface ListReceipt {
  readonly message: string;
  readonly shape: "combined" | "summary" | "digest";
  readonly at: string;
  readonly accepted: boolean;
  /** Where its findings are. */
  readonly regions: readonly string[];
  /** `open#HIGH`, `suppressed#HIGH` or `resolved#HIGH` -> `id.version` of each finding as it was told, separated by spaces: one list may hold thousands. */
  readonly told: Readonly<Record<string, string>>;
  /** By finding id: what the channel wants remembered. */
  readonly remember?: Readonly<Record<string, string>>;
}

/** A channel's own clock, and what it is in the middle of. */
export interface ChannelState {
  /** When it was introduced, or came back: what had opened by then it hears in one summary. Empty: before this was kept. */
  readonly since: string;
  readonly lastDigestAt?: string;
  readonly lastWeeklyAt?: string;
  /** Something waits for the end of the quiet hours since then. */
  readonly heldSince?: string;
  /** Times of the single messages of the last hour. */
  readonly singlesSentAt: readonly string[];
  readonly receipt?: ListReceipt;
  /** When it last took a message. */
  readonly lastDeliveredAt?: string;
  /** Since when it has not taken what it was sent, and what was said then. Absent: it works, as far as is known. */
  readonly failingSince?: string;
  readonly lastError?: string;
  /** The routes that lead to it, as the last scan knew them; absent: everything goes there. */
  readonly routes?: readonly Route[];
  /** Id of the scan that it was told of last, where it hears of each. */
  readonly scanTold?: string;
  /** It is no longer configured since then. */
  readonly removedAt?: string;
}

/** What is true of the account as a whole between scans. */
export interface AccountState {
  /** `REGION|RULE` -> when it was first looked at completely: before that, hits belong to the baseline. */
  readonly baselines: Readonly<Record<string, string>>;
  /** By channel name. */
  readonly channels: Readonly<Record<string, ChannelState>>;
  /** Counts writes. 0: nothing stored yet. */
  readonly version: number;
}

/** What the sweep remembers of the time in which no scan completes. Of no scan's business: it never stands in the way of one. */
export interface Silence {
  /** When it first found that there is no completed scan. ISO 8601. */
  readonly since: string;
  /** When somebody was last told. */
  readonly saidAt?: string;
}

export interface FindingWrite {
  readonly finding: StoredFinding;
  /** Version that must be in the store; undefined: must not exist. */
  readonly previousVersion: number | undefined;
}

/** Work of one purpose keeps only its like from beginning: the hourly sweep and the scan know nothing of each other. */
export type LockPurpose = "scan" | "sweep";

/** Who holds the scan lock. */
export interface LockHolder {
  readonly scanId: string;
  readonly since: string;
  readonly expiresAt: string;
}

/** Decisions about findings. What is written of them is never changed. */
export interface Decisions {
  /** Every decision with what happened to it, in the order in which they were made. */
  all(account: string): Promise<AckRecord[]>;
  /** Writes a decision; false when there is one of its id. */
  save(account: string, ack: Acknowledgement): Promise<boolean>;
  /** Adds to the history; what stands there already stays as it is. */
  addEvents(account: string, events: readonly AckEvent[]): Promise<void>;
}

/** Questions to owners about resources. What is written of them is never changed. */
export interface Questions {
  all(account: string): Promise<Question[]>;
  /** What stands there already stays as it is. */
  add(account: string, events: readonly QuestionEvent[]): Promise<void>;
}

export interface Store {
  /** All findings, open and resolved, of these Regions (`global` for the account). */
  findings(account: string, regions: readonly string[]): Promise<StoredFinding[]>;
  /** Findings that are not RESOLVED, gravest first, then newest change first. */
  openFindings(account: string): Promise<StoredFinding[]>;
  findingById(id: string): Promise<StoredFinding | undefined>;
  /** Findings of one team that are open, newest change first. */
  findingsOfTeam(team: string): Promise<StoredFinding[]>;
  /** Findings changed at or after `since` (ISO 8601), oldest first. */
  findingsChangedSince(since: string): Promise<StoredFinding[]>;
  /** Writes each finding if the store still holds `previousVersion`; answers those that it refused because somebody else wrote. */
  saveFindings(writes: readonly FindingWrite[]): Promise<FindingWrite[]>;

  /** The ledger of a Region; `entries` by function ARN. */
  ledger(account: string, region: string): Promise<RegionLedger>;
  /** Writes the entries that changed and the Region's `readUntil`. */
  saveLedger(account: string, region: string, changed: readonly LedgerEntry[], readUntil: string | undefined): Promise<void>;

  saveScan(scan: ScanItem): Promise<void>;
  /** Newest first. */
  scans(account: string, limit: number): Promise<ScanItem[]>;

  /** Owners that a person set: team by ARN. */
  ownerOverrides(account: string): Promise<ReadonlyMap<string, string>>;
  /** Sets the team of a resource; undefined takes the override back. */
  setOwner(account: string, arn: string, team: string | undefined): Promise<void>;

  /** What people decided about findings. */
  readonly decisions: Decisions;
  /** What owners were asked about resources, and answered. */
  readonly questions: Questions;

  state(account: string): Promise<AccountState>;
  /** Throws StoreConflictError when `version` is no longer what the store holds. */
  saveState(account: string, state: AccountState): Promise<AccountState>;

  silence(account: string): Promise<Silence | undefined>;
  saveSilence(account: string, silence: Silence): Promise<void>;

  /** Takes the scan lock for `leaseSeconds` of wall time, or answers who holds it. The same `scanId` may take it again. */
  acquireLock(account: string, scanId: string, leaseSeconds: number, purpose?: LockPurpose): Promise<LockHolder | "acquired">;
  /** Prolongs the lock; false when it was lost to another scan. */
  renewLock(account: string, scanId: string, leaseSeconds: number, purpose?: LockPurpose): Promise<boolean>;
  /** Gives the lock back if `scanId` holds it. */
  releaseLock(account: string, scanId: string, purpose?: LockPurpose): Promise<void>;
}

/** Somebody else wrote the same item in the meantime. */
export class StoreConflictError extends Error {
  override readonly name = "StoreConflictError";
}

/** The table is not one of ours, or was written by a newer version. */
export class ForeignTableError extends Error {
  override readonly name = "ForeignTableError";
}

/** There is no table of that name. */
export class TableMissingError extends Error {
  override readonly name = "TableMissingError";
}
