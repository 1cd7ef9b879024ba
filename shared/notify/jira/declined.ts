/** Tickets that people closed as "won't do" while what they are about is still there: proposed once as a decision, never taken for one. */
import { createHash } from "node:crypto";
import type { PendingFinding, StoredFinding } from "../../model/finding.ts";
import { commonLabel, readMemory } from "./group.ts";
import { declinedAs, type Keeping, propose } from "./keep-ticket.ts";
import type { Ticket } from "./ticket.ts";

/** Of one request, those that were touched last: an older one is met when its finding changes. */
const mostClosed = 50;

/**
 * Asks Jira which tickets were closed, in one request; none where there is no ticket with something open.
 * @param known findings of the channel, with what it remembers of them
 * @returns what a person should know, a line each
 * @throws DeliveryError
 */
export async function proposeDeclined(known: readonly StoredFinding[], channel: string, keeping: Keeping): Promise<string[]> {
  const byTicket = Map.groupBy(
    known.filter(({ status, told }) => status !== "RESOLVED" && status !== "SUPPRESSED" && told?.[channel]?.status === "open"),
    ({ told }) => readMemory(told?.[channel]?.memory)?.key,
  );
  byTicket.delete(undefined);
  if (byTicket.size === 0) return [];
  const notes: string[] = [];
  for (const ticket of await keeping.api.closed(commonLabel, mostClosed)) {
    const declined = declinedAs(ticket, keeping.declined);
    const findings = byTicket.get(ticket.key);
    if (declined !== undefined && findings) notes.push(...(await proposeOnce(ticket, findings, declined, keeping)));
  }
  return notes;
}

/** By its change, a finding may have been proposed already: then the comment holds its command. */
async function proposeOnce(ticket: Ticket, findings: readonly StoredFinding[], declined: string, keeping: Keeping): Promise<string[]> {
  const id = `M-${createHash("sha256")
    .update(JSON.stringify(["declined", keeping.account, ticket.key]))
    .digest("hex")
    .slice(0, 24)}`;
  if (await keeping.api.hasComment(ticket.key, id, ...findings.map((finding) => `smalltarget ack ${finding.id} `))) return [];
  return await propose(ticket, findings.map(asItIs), declined, id, keeping);
}

/** Nothing happened to it: it is still there. */
function asItIs(finding: StoredFinding): PendingFinding {
  return { ...finding, pending: { transition: "expiring", at: finding.changedAt, baseline: false, urgent: false } };
}
