/** What somebody decided about a finding, as facts under each other. */
import type { DocumentFinding } from "../model/document.ts";
import { releaseWords } from "../wording/decision-words.ts";
import { dateText } from "../wording/words.ts";

/** What was decided about it, by whom and for how long; or why that is over. */
export function decisionFacts({
  acknowledged,
  released,
}: Pick<DocumentFinding, "acknowledged" | "released">): readonly (readonly [string, string])[] {
  if (acknowledged) {
    const { ack, reason, comment, until, by, at, ticket } = acknowledged;
    return [
      ["Accepted", `${reason} until ${dateText(until)}${ticket ? `, ${ticket}` : ""} (${ack})`],
      ["Because", comment],
      ["Decided", `${dateText(at)} by ${by}`],
    ];
  }
  return released ? [["Decision", `${released.ack} ended ${dateText(released.at)}: ${releaseWords[released.why]}`]] : [];
}

/** From where it was concluded, where that is not everywhere. */
export function scopeFacts({ concludedFrom }: Pick<DocumentFinding, "concludedFrom">): readonly (readonly [string, string])[] {
  return concludedFrom ? [["Looked at", `${concludedFrom.join(", ")} only; a scan of at least these takes it back`]] : [];
}
