/** A decision as a person wants it, checked against what may be decided at all. Pure. */
import type { AckLimit, AckReason } from "../model/ack-words.ts";
import { type Acknowledgement, type AckRecord, type AckScope, mostAckDays } from "../model/acknowledgement.ts";
import { dayMs } from "../model/day.ts";
import type { Severity } from "../model/finding.ts";
import { shortHash } from "../model/finding-id.ts";
import { cleanText } from "../model/plain-text.ts";
import { endOf, isInForce, scopeName } from "./book.ts";

/** What cannot be decided, and what can. */
export class DecisionRefusedError extends Error {
  override readonly name = "DecisionRefusedError";
}

export interface Wanted {
  readonly scope: AckScope;
  readonly reason: AckReason;
  readonly comment: string;
  /** ISO 8601 UTC. */
  readonly until: string;
  readonly alsoUntil: AckLimit;
  readonly ticket?: string;
  readonly by: string;
  readonly finding: { readonly id: string; readonly severity: Severity; readonly evidenceDigest: string };
  readonly written?: Acknowledgement["written"];
}

/** Characters of a comment, which stands on every finding that the decision holds; and of a ticket's key. */
export const mostComment = 1000;
const mostTicket = 100;

/**
 * The decision, with an id that is the same for the same words on the same day: said twice at once it is still one.
 * @param records all decisions of the account
 * @returns the decision in force that already says so, where there is one
 * @throws DecisionRefusedError with the most that is allowed
 */
export function newDecision(wanted: Wanted, records: readonly AckRecord[], now: Date): Acknowledgement {
  const comment = cleanText(wanted.comment, mostComment);
  const ticket = wanted.ticket === undefined ? undefined : cleanText(wanted.ticket, mostTicket) || undefined;
  if (comment === "") throw new DecisionRefusedError("a decision needs a comment that says why: whoever reads it next year was not there");
  checkEnd(wanted, now);
  const { scope, reason, until, alsoUntil, by, finding, written } = wanted;
  const name = scopeName(scope);
  const before = records.filter((record) => scopeName(record.scope) === name);
  const words = JSON.stringify([name, reason, comment, until.slice(0, 10), alsoUntil, ticket ?? ""]);
  const same = before.findLast((record) => isInForce(record, now) && !isSpent(record, finding.id) && wordsOf(record) === words);
  if (same) return same;
  const at = now.toISOString();
  return {
    id: `A-${shortHash([words, by, before.filter(isOver(now)).length].join("|"))}`,
    scope,
    reason,
    comment,
    until,
    alsoUntil,
    ...(ticket === undefined ? {} : { ticket }),
    by,
    at,
    finding: finding.id,
    severity: finding.severity,
    evidenceDigest: finding.evidenceDigest,
    ...(written ? { written } : {}),
  };
}

/** Decisions that `ack` takes the place of: older ones of the same scope that are still in force. */
export function replacedBy(ack: Acknowledgement, records: readonly AckRecord[], now: Date): AckRecord[] {
  const name = scopeName(ack.scope);
  const isOlder = ({ at, id }: AckRecord) => at < ack.at || (at === ack.at && id < ack.id);
  return records.filter((record) => record.id !== ack.id && scopeName(record.scope) === name && isOlder(record) && isInForce(record, now));
}

/** The last moment to which a finding of this severity may be accepted. */
export function latestEnd(severity: Severity, now: Date): Date {
  return new Date(now.getTime() + mostAckDays(severity) * dayMs);
}

function checkEnd({ until, finding: { severity } }: Wanted, now: Date): void {
  const end = Date.parse(until);
  if (Number.isNaN(end)) throw new DecisionRefusedError(`${cleanText(until, 40)} is no time`);
  if (end <= now.getTime()) throw new DecisionRefusedError(`${until.slice(0, 10)} is not in the future: a decision needs an end ahead`);
  const latest = latestEnd(severity, now);
  if (end <= latest.getTime()) return;
  const most = mostAckDays(severity);
  throw new DecisionRefusedError(
    `${severity === "CRITICAL" ? "a CRITICAL finding" : "a finding"} may be accepted for ${most} days at most: until ${latest.toISOString().slice(0, 10)}, or ${most}d`,
  );
}

function wordsOf({ scope, reason, comment, until, alsoUntil, ticket }: AckRecord): string {
  return JSON.stringify([scopeName(scope), reason, comment, until.slice(0, 10), alsoUntil, ticket ?? ""]);
}

/** It no longer speaks of this finding, though nobody ended it. */
function isSpent({ events }: AckRecord, finding: string): boolean {
  return events.some((event) => event.finding === finding && ["worse", "evidence-changed", "came-back"].includes(event.kind));
}

/** How many of the same words there were that are over: a decision that is made again is another one. */
function isOver(now: Date) {
  return (record: AckRecord) => endOf(record) !== undefined || !isInForce(record, now) || record.events.length > 0;
}
