/** A ticket, of what Jira answers about it. */
import { isTicketKey } from "./group.ts";
import { type Json, member } from "./json.ts";

/** A ticket as it is in Jira. */
export interface Ticket {
  readonly key: string;
  readonly closed: boolean;
  readonly status: string;
  readonly resolution?: string;
  /** ADF or wiki text. */
  readonly description: unknown;
}

/** Undefined: it is none. */
export function ticketOf(issue: Json): Ticket | undefined {
  const { key, fields } = issue;
  const status = member(fields, "status");
  const resolution = member(member(fields, "resolution"), "name");
  if (!isTicketKey(key)) return undefined;
  return {
    key,
    closed: member(member(status, "statusCategory"), "key") === "done",
    status: String(member(status, "name") ?? ""),
    ...(typeof resolution === "string" ? { resolution } : {}),
    description: member(fields, "description"),
  };
}
