/** The words of a message about one finding. */

import type { PendingFinding, Transition } from "../model/finding.ts";
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";
import { accountName } from "../wording/account-name.ts";
import { consoleLink } from "../wording/console-link.ts";
import { daysText } from "../wording/words.ts";
import { subjectLine } from "./ascii.ts";
import { chatCode, chatText, showsInChat } from "./chat-text.ts";
import { decisionText } from "./decision-text.ts";
import { canBeTagged, intendedNote } from "./intended.ts";
import { alignRows, evidenceRows, type Row, wrap } from "./layout.ts";
import { acceptCommand, type Deployment, showCommand } from "./pointer.ts";
import { teamOf } from "./teams.ts";

/** What a message says, before it has an id and labels. */
export interface Words {
  readonly subject: string;
  readonly text: string;
  readonly markdown: string;
  readonly nextSteps: readonly string[];
}

/** Longer commands, and more of them, are left to `smalltarget show`. Characters and count. */
const longestCommand = 1500;
const mostCommands = 6;
const longestLink = 600;

const announced: Readonly<Record<Transition, string>> = {
  opened: "",
  reopened: "again: ",
  changed: "changed: ",
  suppressed: "accepted: ",
  expiring: "accepted, not for much longer: ",
  resolved: "",
};

/** Words for one finding: subject under 100 ASCII characters, e-mail of 76 columns (commands unwrapped), chat under 2,500 characters. */
export function wordSingle(finding: PendingFinding, deployment?: Deployment): Words {
  const transition = finding.pending.transition;
  const title = cleanText(finding.title);
  const tag = transition === "resolved" ? "[RESOLVED]" : `[${finding.severity}]`;
  const { region } = finding.resource;
  return {
    subject: subjectLine(tag, announced[transition] + title, region === "global" || title.includes(region) ? "" : `in ${region}`),
    text: singleText(finding, transition, title, deployment),
    markdown: singleMarkdown(finding, transition, title),
    nextSteps: chatSteps(finding, transition, deployment),
  };
}

/** Where it is. */
function place({ resource, accountAlias }: PendingFinding): Row[] {
  const { name, type, region, account, arn } = resource;
  const where = region === "global" ? "" : `, ${cleanText(region, 40)}`;
  return [
    {
      name: "Where",
      value: `${cleanText(name, 140)} (${kindOf(type)})${where}, account ${cleanText(accountName(account, accountAlias), 100)}`,
    },
    { name: "ARN", value: cleanText(arn, 300) },
  ];
}

/** `Lambda Function` of `AWS::Lambda::Function`. */
function kindOf(type: string): string {
  return cleanText(
    type
      .split("::")
      .filter((part) => part !== "" && part !== "AWS")
      .join(" "),
    80,
  );
}

/** Whose it is and how we know, how old it is, by what name it is known. */
function facts(finding: PendingFinding, transition: Transition): Row[] {
  const decision = decisionText(finding);
  return [
    ...(decision ? [{ name: "Decision", value: decision }] : []),
    { name: "Owner", value: ownerText(finding) },
    { name: "Since", value: `${minute(finding.firstSeenAt)}, ${transition} ${minute(finding.pending.at)}${ageText(finding)}` },
    { name: "Rule", value: `${cleanText(finding.rule, 80)}, confidence ${finding.confidence}` },
    { name: "Finding", value: finding.id },
  ];
}

/** `payments (tag team)`: with what makes us think so, and that it is a guess where it is one. */
function ownerText(finding: PendingFinding): string {
  const { source, confidence } = finding.owner;
  const team = teamOf(finding);
  if (!team) return "nobody (no owner tag found): smalltarget own ARN TEAM says who";
  if (!source) return team;
  return `${team} (${cleanText(source, 80)}${confidence === "low" ? "; a guess" : ""})`;
}

/** `, after 4 days`: how old it was when this happened to it; nothing within a day. */
function ageText({ firstSeenAt, pending }: PendingFinding): string {
  const days = Math.floor((Date.parse(pending.at) - Date.parse(firstSeenAt)) / 86_400_000);
  return days >= 1 ? `, after ${daysText(days)}` : "";
}

/** `2026-11-24 03:00 UTC` of an ISO 8601 time. */
function minute(time: string): string {
  return `${cleanText(time, 40).slice(0, 16).replace("T", " ")} UTC`;
}

/** In the order in which people ask: what, where, why it matters, what shows it, what to do, who, how old, how to accept it, where more is. */
function singleText(finding: PendingFinding, transition: Transition, title: string, deployment?: Deployment): string {
  const show = showCommand(finding.id, deployment);
  const evidence = evidenceRows(finding.evidence).map((row) => ({ ...row, name: `${row.name}:` }));
  const isOver = transition === "resolved";
  const blocks = [
    wrap(`${isOver ? "RESOLVED, was " : ""}${finding.severity}  ${announced[transition]}${title}`),
    alignRows(place(finding)),
    finding.why === undefined || isOver
      ? []
      : ["Why it matters", ...wrap(cleanText(finding.why, 600), columnsOfAdvice).map((line) => `  ${line}`)],
    evidence.length > 0 ? ["Evidence", ...alignRows(evidence, " ", "  ")] : [],
    isOver ? [overText(finding)] : whatToDo(finding, show),
    alignRows(facts(finding, transition)),
    whereMore(finding, show, isOver, deployment),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

/** Commands and addresses stand unwrapped. */
function whereMore(finding: PendingFinding, show: string, isOver: boolean, deployment?: Deployment): string[] {
  const console = consoleLink(finding.resource);
  const link = console !== undefined && console.length <= longestLink && !hasUnsafeCharacters(console) ? [`Console:  ${console}`] : [];
  if (isOver) return [`More:     ${show}`, ...link];
  return [
    `More:     ${show}`,
    ...link,
    `Accept:   ${acceptCommand(finding.id, deployment)}`,
    ...(canBeTagged(finding) ? [intendedNote] : []),
  ];
}

/** It is gone, or no longer this channel's. */
function overText({ pending }: PendingFinding): string {
  return pending.left
    ? "It is told elsewhere from now on: its owner or the routes have changed."
    : "Nothing is left to do: a complete look no longer saw it.";
}

function whatToDo({ remediation }: PendingFinding, show: string): string[] {
  const commands = remediation.commands.slice(0, mostCommands).map((command) => pasteable(command, show));
  if (remediation.commands.length > mostCommands) commands.push(`(${remediation.commands.length - mostCommands} more: ${show})`);
  return ["What to do", ...wrap(cleanText(remediation.text, 2000), columnsOfAdvice).map((line) => `  ${line}`), ...spaced(commands)];
}

const columnsOfAdvice = 74;

/** Commands stand on lines of their own, set off by an empty one. */
function spaced(commands: readonly string[]): string[] {
  return commands.length > 0 ? ["", ...commands] : [];
}

/** A command exactly as it is, or where to find it: a cut or cleaned command would do something else. */
function pasteable(command: string, show: string): string {
  if (hasUnsafeCharacters(command)) return `(a command with unprintable characters in a name: ${show})`;
  return command.length > longestCommand ? `(a command of ${command.length} characters: ${show})` : command;
}

function singleMarkdown(finding: PendingFinding, transition: Transition, title: string): string {
  const { resource, accountAlias } = finding;
  const team = teamOf(finding);
  const decision = decisionText(finding);
  const evidence = evidenceRows(finding.evidence)
    .slice(0, 8)
    .map((row) => `• ${chatText(row.name, 30)}: ${chatCode(row.value, 120)}`);
  return [
    `*${transition === "resolved" ? "RESOLVED" : finding.severity}* ${announced[transition]}${chatText(title)}`,
    `${chatCode(resource.name, 140)} in ${chatText(resource.region, 40)}, account ${chatText(accountName(resource.account, accountAlias), 100)}`,
    ...(finding.why === undefined || transition === "resolved" ? [] : [chatText(finding.why, 300)]),
    `Owner: ${team ? chatText(ownerText(finding), 120) : "nobody"}. Since ${minute(finding.firstSeenAt)}.`,
    ...(decision ? [chatText(decision, 400)] : []),
    ...evidence,
  ].join("\n");
}

function chatSteps(finding: PendingFinding, transition: Transition, deployment?: Deployment): string[] {
  const show = `\`${showCommand(finding.id, deployment)}\``;
  if (transition === "resolved") return [show];
  const [first] = finding.remediation.commands;
  const command = first !== undefined && showsInChat(first) ? [`\`${first}\``] : [];
  return [chatText(finding.remediation.text, 400), ...command, show].filter((step) => step !== "");
}
