/** One ticket holds the findings of one rule and one owner; and what we keep of it on each finding. Pure. */
import { createHash } from "node:crypto";
import type { PendingFinding } from "../../model/finding.ts";
import type { Remembered } from "../channel.ts";
import { compareFindings, compareText, teamOf } from "../teams.ts";

/** Findings of one message that belong into one ticket, gravest first. */
export interface Group {
  readonly rule: string;
  /** Absent: nobody owns them. */
  readonly team?: string;
  /** Jira label by which the ticket is found when our memory is lost: it holds nothing foreign and no space. */
  readonly label: string;
  readonly findings: readonly PendingFinding[];
}

/** Every ticket has it. */
export const commonLabel = "smalltarget";

/** By rule, then team, so that the same message is always worked off in the same order. */
export function groupsOf(findings: readonly PendingFinding[], account: string): Group[] {
  const groups = Map.groupBy(findings, (finding) => labelOf(account, finding.rule, teamOf(finding)));
  return [...groups]
    .map(([label, members]) => {
      const sorted = members.toSorted(compareFindings);
      const [{ rule } = { rule: "" }] = sorted;
      const team = sorted[0] && teamOf(sorted[0]);
      return { rule, ...(team === undefined ? {} : { team }), label, findings: sorted };
    })
    .sort((a, b) => compareText(a.rule, b.rule) || compareText(a.team ?? "", b.team ?? ""));
}

/** Accounts that share a project have tickets of their own. */
export function labelOf(account: string, rule: string, team: string | undefined): string {
  const digest = createHash("sha256").update(JSON.stringify([account, rule, team ?? ""]));
  return `${commonLabel}-${digest.digest("hex").slice(0, 12)}`;
}

/** What is remembered of a finding: the key of its ticket and the label of the group that it was put there with. */
export interface TicketMemory {
  readonly key: string;
  readonly label: string;
}

export function writeMemory({ key, label }: TicketMemory): string {
  return `${key} ${label}`;
}

const keyPattern = /^[A-Z][A-Z0-9_]{0,99}-\d{1,12}$/;

/** True for what can be the key of a ticket, such as `SEC-12`. */
export function isTicketKey(text: unknown): text is string {
  return typeof text === "string" && keyPattern.test(text);
}

/** Undefined: it was not written by us. */
export function readMemory(memory: string | undefined): TicketMemory | undefined {
  const [key, label, ...rest] = (memory ?? "").split(" ");
  return isTicketKey(key) && label !== undefined && rest.length === 0 ? { key, label } : undefined;
}

/** What is known of each finding of the group, this message's and others, by finding id. */
export function ticketsOf(label: string, remembered: readonly Remembered[]): Map<string, string> {
  return new Map(
    remembered.flatMap(({ findingId, memory }) => {
      const known = readMemory(memory);
      return known?.label === label ? [[findingId, known.key] as const] : [];
    }),
  );
}

/** The newest of some tickets: the others were closed before it was made. */
export function newest(keys: Iterable<string>): string | undefined {
  const number = (key: string) => Number(key.slice(key.lastIndexOf("-") + 1));
  return [...keys].reduce<string | undefined>((best, key) => (best === undefined || number(key) > number(best) ? key : best), undefined);
}
