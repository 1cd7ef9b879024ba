/** Decisions about findings as pages. */
import { endOf } from "../decisions/book.ts";
import type { AckEvent, AckRecord, AckScope } from "../model/acknowledgement.ts";
import { cleanText } from "../model/plain-text.ts";
import { releaseWords } from "../wording/decision-words.ts";
import { dateText } from "../wording/words.ts";
import type { Look } from "./look.ts";
import { count } from "./quantities.ts";
import { wrap } from "./wide-text.ts";

/** What a decision speaks of, in words. */
export function scopeText(scope: AckScope): string {
  if (scope.kind === "finding") return scope.finding;
  if (scope.kind === "rule+resource") return cleanText(`${scope.rule} of ${scope.arn}`, 400);
  if (scope.kind === "rule+owner")
    return cleanText(`${scope.rule} of ${scope.team === "" ? "what nobody owns" : `owner ${scope.team}`}`, 300);
  return cleanText(`${scope.rule} where tag ${scope.key} is ${scope.value}`, 400);
}

export interface AckRow extends AckRecord {
  /** `in force`, or why not. */
  readonly state: string;
  /** Findings that it holds now. */
  readonly holds: readonly string[];
}

/** What became of a decision. */
export function stateOf(record: AckRecord, now: Date): string {
  const end = endOf(record);
  if (end) return `${end.kind} ${dateText(end.at)}`;
  return now.getTime() < Date.parse(record.until) ? "in force" : `expired ${dateText(record.until)}`;
}

/** The page as lines, each decision with its history. @param over decisions that hold nothing any more and are not among the rows */
export function acksPage(rows: readonly AckRow[], over: number, { width, paint, command }: Look): string[] {
  if (rows.length === 0 && over > 0) return [`No decision is in force; ${count(over, "earlier one")}: ${command} acks --all`];
  if (rows.length === 0) return [`No decision: ${command} ack ID --reason REASON --comment TEXT --until 90d`];
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [""] : []),
    `${paint.bold(row.id)}  ${scopeText(row.scope)}`,
    `  ${row.reason} until ${dateText(row.until)}${row.alsoUntil === "evidence-changed" ? " or until its evidence changes" : ""}, ${row.state}, holds ${count(row.holds.length, "finding")}${row.ticket ? `, ${cleanText(row.ticket)}` : ""}`,
    ...wrap(cleanText(row.comment, 1000), width - 2).map((line) => `  ${line}`),
    ...ackHistory(row).map((line) => paint.dim(`  ${line}`)),
  ]);
}

/** Everything that happened to a decision, a line each, oldest first. */
export function ackHistory({ events, at, by, written, finding }: AckRecord): string[] {
  const from = written ? `, from a file that names ${cleanText(written.by, 200)}` : "";
  return [`${dateText(at)}  decided by ${cleanText(by, 200)} about ${finding}${from}`, ...events.map(eventLine)];
}

function eventLine({ at, kind, by, finding, note }: AckEvent): string {
  const which = finding ?? "all";
  const words =
    kind === "held" || kind === "resolved" || kind === "withdrawn" || kind === "replaced"
      ? {
          held: `holds ${which}`,
          resolved: `${which} was resolved`,
          withdrawn: "taken back",
          replaced: `replaced by ${note ?? "another"}`,
        }[kind]
      : `no longer holds ${which}: ${releaseWords[kind]}`;
  const more = note !== undefined && kind !== "replaced" ? `: ${cleanText(note, 300)}` : "";
  return `${dateText(at)}  ${words}${by ? ` by ${cleanText(by, 200)}` : ""}${more}`;
}
