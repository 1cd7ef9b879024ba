/** One ticket holds the findings of one rule and one owner; and what we keep of it on each finding. Pure. */
import { createHash } from "node:crypto";
import { compare } from "../../model/compare.ts";
import type { PendingFinding } from "../../model/finding.ts";
import type { Remembered } from "../channel.ts";
import { compareFindings, teamOf } from "../teams.ts";

/** Findings of one message that belong into one ticket, gravest first. */
export interface Group {
  readonly rule: string;
  /** Absent: nobody owns them, or they are only those that leave the ticket. */
  readonly team?: string;
  /** Jira label by which the ticket is found when our memory is lost: it holds nothing foreign and no space. */
  readonly label: string;
  readonly findings: readonly PendingFinding[];
  /** Ids of those that have another owner by now: they are told in the ticket of that one, and here that they are gone. */
  readonly leavers: ReadonlySet<string>;
}

/** Every ticket has it. */
export const commonLabel = "smalltarget";

/**
 * By rule, then team, so that the same message is always worked off in the same order. What is over is told where it is known.
 * @param memories by finding id, as readMemory has them
 */
export function groupsOf(findings: readonly PendingFinding[], account: string, memories: ReadonlyMap<string, TicketMemory>): Group[] {
  const placed = findings.flatMap((finding) => places(finding, account, memories.get(finding.id)?.label));
  return [...Map.groupBy(placed, ({ label }) => label)]
    .map(([label, members]) => {
      const team = members.find((member) => member.isOwners)?.team;
      const rule = members[0]?.finding.rule ?? "";
      const leavers = new Set(members.flatMap((member) => (member.leaves ? [member.finding.id] : [])));
      const sorted = members.map(({ finding }) => finding).toSorted(compareFindings);
      return { rule, ...(team === undefined ? {} : { team }), label, findings: sorted, leavers };
    })
    .sort((a, b) => compare(a.rule, b.rule) || compare(a.team ?? "", b.team ?? "") || compare(a.label, b.label));
}

interface Place {
  readonly finding: PendingFinding;
  readonly label: string;
  readonly team: string | undefined;
  /** It is the ticket of the finding's owner of today. */
  readonly isOwners: boolean;
  readonly leaves: boolean;
}

function places(finding: PendingFinding, account: string, known: string | undefined): Place[] {
  const team = teamOf(finding);
  const current = labelOf(account, finding.rule, team);
  if (known === undefined || known === current) return [{ finding, label: current, team, isOwners: true, leaves: false }];
  const old = { label: known, team, isOwners: false };
  if (!isOpen(finding)) return [{ finding, ...old, leaves: false }];
  return [
    { finding, label: current, team, isOwners: true, leaves: false },
    { finding: { ...finding, pending: { ...finding.pending, left: true } }, ...old, leaves: true },
  ];
}

/** There is something to do about it, here. */
export function isOpen({ status, pending }: PendingFinding): boolean {
  return status !== "RESOLVED" && status !== "SUPPRESSED" && !pending.left;
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

/** What is remembered of all findings that have a ticket, by finding id. */
export function memoriesOf(remembered: readonly Remembered[]): Map<string, TicketMemory> {
  return new Map(
    remembered.flatMap(({ findingId, memory }) => {
      const known = readMemory(memory);
      return known ? [[findingId, known] as const] : [];
    }),
  );
}

/** The newest of some tickets: the others were closed before it was made. */
export function newest(keys: Iterable<string>): string | undefined {
  const number = (key: string) => Number(key.slice(key.lastIndexOf("-") + 1));
  return [...keys].reduce<string | undefined>((best, key) => (best === undefined || number(key) > number(best) ? key : best), undefined);
}
