/** What a message says of the decision about a finding. */
import type { PendingFinding } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import { type OwnerShare, ownerShareText } from "../owners/owner-share.ts";
import { releaseWords } from "../wording/decision-words.ts";
import { dateText } from "../wording/words.ts";

/** Why a finding that was accepted is told of now; undefined where no decision has to do with it. */
export function decisionText({ pending: { transition, at }, acknowledged, released }: PendingFinding): string | undefined {
  if (transition === "expiring" || transition === "suppressed") {
    return (
      acknowledged &&
      `accepted until ${dateText(acknowledged.until)} (${acknowledged.ack}, ${acknowledged.reason}: ${cleanText(acknowledged.comment, 200)})`
    );
  }
  if (transition === "resolved" || !released || released.at !== at) return undefined;
  return `was accepted (${released.ack}) until now: ${releaseWords[released.why]}`;
}

/** How the account stands beside what changed: what is accepted is never silent. */
export function standingText({ held = 0, ...owners }: OwnerShare): string | undefined {
  const accepted = held > 0 ? `${held.toLocaleString("en-US")} ${held === 1 ? "finding" : "findings"} accepted for now` : undefined;
  return [ownerShareText(owners), accepted].filter((text) => text !== undefined).join("; ") || undefined;
}
