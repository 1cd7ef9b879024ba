/** The words of a message about one finding. */
import type { PendingFinding, Transition } from "../model/finding.ts";
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";
import { subjectLine } from "./ascii.ts";
import { chatCode, chatText, showsInChat } from "./chat-text.ts";
import { decisionText } from "./decision-text.ts";
import { canBeTagged, intendedNote } from "./intended.ts";
import { alignRows, evidenceRows, type Row, wrap } from "./layout.ts";
import { type Deployment, showCommand } from "./pointer.ts";
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

/** Where a finding is, since when, and whose it is. */
function facts(finding: PendingFinding, transition: Transition): Row[] {
  const { resource, owner } = finding;
  const team = teamOf(finding);
  const decision = decisionText(finding);
  return [
    { name: "Resource", value: cleanText(resource.name, 140) },
    { name: "ARN", value: cleanText(resource.arn, 300) },
    { name: "Where", value: `${cleanText(resource.region, 40)}, account ${cleanText(resource.account, 40)}` },
    { name: "Since", value: `${minute(finding.firstSeenAt)}, ${transition} ${minute(finding.pending.at)}` },
    ...(decision ? [{ name: "Decision", value: decision }] : []),
    { name: "Owner", value: team ? `${team}${owner.source ? ` (${cleanText(owner.source, 80)})` : ""}` : "nobody (no owner tag found)" },
    { name: "Rule", value: `${cleanText(finding.rule, 80)}, confidence ${finding.confidence}` },
    { name: "Finding", value: finding.id },
  ];
}

/** `2026-11-24 03:00 UTC` of an ISO 8601 time. */
function minute(time: string): string {
  return `${cleanText(time, 40).slice(0, 16).replace("T", " ")} UTC`;
}

function singleText(finding: PendingFinding, transition: Transition, title: string, deployment?: Deployment): string {
  const show = showCommand(finding.id, deployment);
  const evidence = evidenceRows(finding.evidence).map((row) => ({ ...row, name: `${row.name}:` }));
  const blocks = [
    wrap(`${transition === "resolved" ? "RESOLVED, was " : ""}${finding.severity}  ${announced[transition]}${title}`),
    alignRows(facts(finding, transition)),
    evidence.length > 0 ? ["Evidence", ...alignRows(evidence, " ", "  ")] : [],
    transition === "resolved" ? ["Nothing is left to do: a complete look no longer saw it."] : whatToDo(finding, show),
    [`More:  ${show}`, ...(transition !== "resolved" && canBeTagged(finding) ? [intendedNote] : [])],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
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
  const { resource } = finding;
  const team = teamOf(finding);
  const decision = decisionText(finding);
  const evidence = evidenceRows(finding.evidence)
    .slice(0, 8)
    .map((row) => `• ${chatText(row.name, 30)}: ${chatCode(row.value, 120)}`);
  return [
    `*${transition === "resolved" ? "RESOLVED" : finding.severity}* ${announced[transition]}${chatText(title)}`,
    `${chatCode(resource.name, 140)} in ${chatText(resource.region, 40)}, account ${chatText(resource.account, 40)}`,
    `Owner: ${team ? chatText(team, 80) : "nobody"}. Since ${minute(finding.firstSeenAt)}.`,
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
