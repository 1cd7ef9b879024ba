/** What stands in tickets and comments. Pure. */

import type { PendingFinding } from "../../model/finding.ts";
import { cleanText, hasUnsafeCharacters } from "../../model/plain-text.ts";
import { accountName } from "../../wording/account-name.ts";
import { chatText } from "../chat-text.ts";
import { decisionText } from "../decision-text.ts";
import { evidenceRows, type Row } from "../layout.ts";
import { countWords } from "../list-message.ts";
import { type Deployment, showCommand } from "../pointer.ts";
import { teamOf } from "../teams.ts";
import type { Block, Item } from "./blocks.ts";
import { type Group, isOpen } from "./group.ts";

/** Findings whose details stand in the ticket or comment itself; the others are one command away. */
const mostDetails = 5;
/** Lines of a comment. */
const mostLines = 50;
const mostCommands = 6;
const longestCommand = 1500;
/** Jira takes no longer summary. */
const longestSummary = 255;

/** One line without anything that changes: the ticket keeps its name. Jira takes it as it is, but hands it on to mails and chats. */
export function summaryOf({ rule, team }: Pick<Group, "rule" | "team">, account: string): string {
  const [service = "", ...name] = chatText(rule, 80).split("/");
  const what = name.length === 0 ? service : `${service}: ${name.join("/").replaceAll("-", " ")}`;
  return cleanText(`${what} (${team === undefined ? "nobody's" : chatText(team, 100)}, account ${account})`, longestSummary);
}

/** Description of a new ticket. @param before key of the closed ticket that it goes on from */
export function descriptionOf(group: Group, account: string, messageId: string, place: Deployment | undefined, before?: string): Block[] {
  const { rule, team, findings } = group;
  const opening = [
    `Small Target found this in AWS account ${cleanText(accountName(account, findings[0]?.accountAlias), 100)}: ${countWords(findings)}.`,
    `This ticket is for everything that rule ${cleanText(rule, 80)} finds and ${team === undefined ? "nobody owns" : `${cleanText(team, 100)} owns`}.`,
    ...(before === undefined ? [] : [`It goes on from ${before}, which was closed.`]),
  ];
  return [
    { kind: "paragraph", text: opening.join(" ") },
    { kind: "list", items: findings.map(listItem), more: 0 },
    ...detailsOf(findings, place),
    {
      kind: "paragraph",
      text: "What is resolved is ticked off here, and each change is a comment. Whoever closes this ticket as Won't Do is shown the command that records the decision.",
    },
    signature(messageId),
  ];
}

/** A line of the ticket's list. */
export function listItem(finding: PendingFinding): Item {
  const { region } = finding.resource;
  const where = region === "global" ? "" : ` (${cleanText(region, 40)})`;
  const state = finding.pending.left ? ", moved" : isAccepted(finding) ? ", accepted" : "";
  return {
    id: finding.id,
    done: !isOpen(finding),
    text: `${finding.severity} ${cleanText(finding.title, 150)}${where}${state}`,
  };
}

/** The comment about what changed. The id of the message stands at its end: a repetition is told by it. */
export function commentOf(findings: readonly PendingFinding[], messageId: string, place: Deployment | undefined): Block[] {
  const shown = findings.slice(0, mostLines);
  const fresh = findings.filter(isOpen);
  return [
    { kind: "rows", rows: shown.map(changeRow) },
    ...(findings.length > shown.length ? [{ kind: "paragraph" as const, text: `... and ${findings.length - shown.length} more` }] : []),
    ...detailsOf(fresh, place),
    signature(messageId),
  ];
}

/** Under a ticket that was closed as "won't do": nobody is asked again, but the decision has to be said to be kept. */
export function proposalOf(
  findings: readonly PendingFinding[],
  key: string,
  resolution: string,
  messageId: string,
  place: Deployment | undefined,
): Block[] {
  const shown = findings.slice(0, mostDetails);
  const left = findings.length - shown.length;
  return [
    {
      kind: "paragraph",
      text: `This ticket was closed as ${cleanText(resolution, 60)}, and what it is about is still there or has come back, so no new ticket was made. If it is to stay so, record it, and nothing more is sent until the decision ends:`,
    },
    { kind: "rows", rows: shown.map(changeRow) },
    ...shown.map((finding) => ({ kind: "command" as const, text: ackCommand(finding, key, resolution, place) })),
    ...(left > 0 ? [{ kind: "paragraph" as const, text: `... and the same for ${left} more` }] : []),
    { kind: "paragraph", text: "If it is to be mended after all, reopen this ticket." },
    signature(messageId),
  ];
}

/** Records that the finding is accepted, with the ticket that says so. */
export function ackCommand({ id }: PendingFinding, key: string, resolution: string, place: Deployment | undefined): string {
  const why = `closed as ${cleanText(resolution, 60)} in ${key}`.replaceAll(/[^\p{L}\p{N} .,_-]/gu, "");
  const [before, where] = place ? [`AWS_REGION=${place.region} `, ` --stack ${place.stack}`] : ["", ""];
  return `${before}smalltarget ack ${id} --reason accepted-risk --comment "${why}" --until 90d --ticket ${key}${where}`;
}

/** By it a run that goes on after an accident sees what was said. */
function signature(messageId: string): Block {
  return { kind: "paragraph", text: `Small Target, message ${messageId}` };
}

function isAccepted({ status }: PendingFinding): boolean {
  return status === "SUPPRESSED";
}

/** `F-...: changed` with how it is now. */
function changeRow(finding: PendingFinding): Row {
  const { pending, severity, status } = finding;
  const title = cleanText(finding.title, 200);
  if (status === "RESOLVED") return { name: `${finding.id} resolved`, value: `${title}. A complete look no longer saw it.` };
  if (pending.left)
    return { name: `${finding.id} moved`, value: `${title}. Now ${severity}, of ${teamOf(finding) ?? "nobody"}: no longer told here` };
  const decision = decisionText(finding);
  const more = decision === undefined ? "" : `; ${decision}`;
  if (isAccepted(finding)) return { name: `${finding.id} accepted`, value: `${title}${more}` };
  const happened =
    pending.transition === "expiring"
      ? "still there"
      : pending.transition === "opened"
        ? "new"
        : pending.transition === "reopened"
          ? "again"
          : "changed";
  return { name: `${finding.id} ${happened}`, value: `${severity}, ${title}${more}` };
}

function detailsOf(findings: readonly PendingFinding[], place: Deployment | undefined): Block[] {
  const open = findings.filter(isOpen);
  const shown = open.slice(0, mostDetails);
  const rest = open[shown.length];
  return [
    ...shown.flatMap((finding) => detailOf(finding, place)),
    ...(rest
      ? [
          {
            kind: "paragraph" as const,
            text: `Details of the other ${(open.length - shown.length).toLocaleString("en-US")}, for example:`,
          },
          { kind: "command" as const, text: showCommand(rest.id, place) },
        ]
      : []),
  ];
}

function detailOf(finding: PendingFinding, place: Deployment | undefined): Block[] {
  const { id, resource, owner, remediation, rule, confidence } = finding;
  const show = showCommand(id, place);
  const source = owner.source ? ` (${cleanText(owner.source, 80)})` : "";
  const commands = remediation.commands.slice(0, mostCommands).filter(isShown);
  return [
    { kind: "heading", text: `${id}  ${finding.severity}  ${cleanText(finding.title, 200)}` },
    {
      kind: "rows",
      rows: [
        { name: "Resource", value: cleanText(resource.name, 140) },
        { name: "ARN", value: cleanText(resource.arn, 300) },
        {
          name: "Where",
          value: `${cleanText(resource.region, 40)}, account ${cleanText(accountName(resource.account, finding.accountAlias), 100)}`,
        },
        { name: "Since", value: `${finding.firstSeenAt.slice(0, 16).replace("T", " ")} UTC` },
        { name: "Owner", value: owner.team ? `${cleanText(owner.team, 100)}${source}` : "nobody (no owner tag found)" },
        { name: "Rule", value: `${cleanText(rule, 80)}, confidence ${confidence}` },
        ...evidenceRows(finding.evidence),
      ],
    },
    { kind: "paragraph", text: `What to do: ${cleanText(remediation.text, 2000)}` },
    ...commands.map((text) => ({ kind: "command" as const, text })),
    { kind: "paragraph", text: commands.length < remediation.commands.length ? "More, and the other commands:" : "More:" },
    { kind: "command", text: show },
  ];
}

/** A command exactly as it is or not at all: a cut or cleaned one would do something else, and one must not end the macro that holds it. */
function isShown(command: string): boolean {
  return command.length <= longestCommand && !hasUnsafeCharacters(command) && !command.includes("{noformat}");
}
