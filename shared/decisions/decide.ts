/** Whether a decision holds a finding now, and if one did and does not any more, why. Pure. */
import type { ReleaseReason } from "../model/ack-words.ts";
import { type AckRecord, warnedDays } from "../model/acknowledgement.ts";
import { dayMs } from "../model/day.ts";
import { isOpen } from "../model/document-finding.ts";
import { type Acknowledged, type Finding, type Released, type StoredFinding, severityRank } from "../model/finding.ts";
import { materialDigest } from "../model/outbox.ts";
import { type DecisionBook, endOf, isFulfilledByResolution, type Subject } from "./book.ts";

/** A finding as it is now. Without a material key its evidence is not compared. */
export type Decided = Subject & Pick<Finding, "severity"> & { readonly materialKey?: string };

/** What was known of it before. */
export type Before = Pick<StoredFinding, "status" | "acknowledged" | "released">;

export type Verdict = { readonly held: Acknowledged } | { readonly released: Omit<Released, "version"> };

/** Reasons that end a decision for this finding for good, though it may go on holding others. */
const final: readonly string[] = ["worse", "evidence-changed", "came-back"] satisfies ReleaseReason[];

/** What the decisions say of a finding; undefined: nothing, and they said nothing before. */
export function decide(finding: Decided, before: Before | undefined, book: DecisionBook, now: Date): Verdict | undefined {
  for (const record of book.about(finding)) {
    if (whyNot(record, finding, before, book, now) === undefined) return { held: acknowledgedBy(record, finding, before, now) };
  }
  const last = before?.acknowledged;
  if (!last || isOpen(before)) return undefined;
  const record = book.get(last.ack);
  const ended = record ? (whyNot(record, finding, before, book, now) ?? "withdrawn") : "withdrawn";
  const by = record && ended === "withdrawn" ? endOf(record)?.by : undefined;
  // nobody waited for the end of the decision: the finding was gone, and what counts is that it is there again
  const why = before.status === "RESOLVED" && !final.includes(ended) ? "came-back" : ended;
  return { released: { ack: last.ack, why, at: now.toISOString(), ...(by === undefined ? {} : { by }) } };
}

/** Why the decision does not hold the finding; undefined: it does. What makes a finding worse is said before what only ends. */
function whyNot(record: AckRecord, finding: Decided, before: Before | undefined, book: DecisionBook, now: Date): ReleaseReason | undefined {
  const known = before?.acknowledged?.ack === record.id ? before.acknowledged : undefined;
  const speaks = book.speaks(record, finding);
  // what could not be read changes nothing: neither does it hold a finding, nor let go of one
  if (speaks === "no" || (speaks === "unknown" && !known)) return "out-of-scope";
  if (before?.released?.ack === record.id && final.includes(before.released.why)) return before.released.why;
  const ended = record.events.find(({ kind, finding: of }) => of === finding.id && final.includes(kind));
  if (ended) return ended.kind as ReleaseReason;
  if (severityRank(finding.severity) < severityRank(record.severity)) return "worse";
  const accepted = known?.evidenceDigest ?? (record.finding === finding.id ? record.evidenceDigest : "");
  const differs = accepted !== "" && finding.materialKey !== undefined && materialDigest(finding.materialKey) !== accepted;
  if (differs && record.alsoUntil === "evidence-changed") return "evidence-changed";
  if (before?.status === "RESOLVED" && known && isOver(record, differs)) return "came-back";
  if (endOf(record)) return "withdrawn";
  return now.getTime() < Date.parse(record.until) ? undefined : "expired";
}

/**
 * A finding that was resolved while it was held, and is there again. As it was accepted, it still is. With other evidence it is not what
 * somebody looked at, unless they spoke of all such findings; and what was to be fixed was fixed, so that it is a relapse.
 */
function isOver({ reason, scope }: AckRecord, differs: boolean): boolean {
  return isFulfilledByResolution(reason) || (differs && (scope.kind === "finding" || scope.kind === "rule+resource"));
}

function acknowledgedBy(record: AckRecord, finding: Decided, before: Before | undefined, now: Date): Acknowledged {
  const { id: ack, scope, reason, comment, until, alsoUntil, ticket, by, at } = record;
  const known = before?.acknowledged?.ack === ack ? before.acknowledged : undefined;
  const digest = finding.materialKey === undefined ? "" : materialDigest(finding.materialKey);
  return {
    ack,
    scope: scope.kind,
    reason,
    comment,
    until,
    alsoUntil,
    ...(ticket === undefined ? {} : { ticket }),
    by,
    at,
    severity: known?.severity ?? finding.severity,
    evidenceDigest: known?.evidenceDigest ?? digest,
    ...(endsSoon(record, now) ? { endsSoon: true } : {}),
  };
}

/** Whoever decided for a week or less knows when it ends. */
function endsSoon({ at, until }: Pick<AckRecord, "at" | "until">, now: Date): boolean {
  const end = Date.parse(until);
  return end - now.getTime() <= warnedDays * dayMs && end - Date.parse(at) > warnedDays * dayMs;
}
