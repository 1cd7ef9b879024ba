/** The words of a message about many findings: digest, first look, or the urgent ones that were too many to send one by one. */

import { type PendingFinding, type Severity, severities } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import type { OwnerShare } from "../owners/owner-share.ts";
import { accountInSubject, accountName } from "../wording/account-name.ts";
import { releaseWords } from "../wording/decision-words.ts";
import { dateText } from "../wording/words.ts";
import { subjectLine } from "./ascii.ts";
import { chatCode, chatText, showsInChat } from "./chat-text.ts";
import { standingText } from "./decision-text.ts";
import { canBeTagged, intendedNote } from "./intended.ts";
import { wrap } from "./layout.ts";
import { type Deployment, listCommand, showCommand } from "./pointer.ts";
import type { Words } from "./single-message.ts";
import { byTeam, isResolution, type TeamFindings, teamOf, teamOption } from "./teams.ts";

export type ListShape = "combined" | "summary" | "digest";

/** Bytes of the text once it stands in JSON. Default and e-mail text, chat and labels together then stay well below SNS's 262,144. */
const textBytes = 80_000;
/** Amazon Q documents no limit; 2,500 characters of description are known to arrive. */
const chatCharacters = 2400;
/** Lines a team gets, tried in this order until the whole fits. */
const linesPerTeam = [25, 10, 5, 3, 1, 0] as const;

/** How one medium writes the parts of a list. */
interface Medium {
  readonly lines: readonly number[];
  /** True when lines joined by line breaks are not too long. */
  fits(lines: readonly string[]): boolean;
  heading(team: string | undefined, count: number): string;
  line(finding: PendingFinding): string;
  more(count: number, command: string): string;
  /** The command that lists findings. */
  list(options: string): string;
}

/**
 * Words for many findings, grouped by team, gravest first, cut so that e-mail and chat stay within their limits.
 * @param owners how much of the account has an owner, where the scan knows
 */
export function wordList(
  shape: ListShape,
  findings: readonly PendingFinding[],
  account: string,
  owners?: OwnerShare,
  deployment?: Deployment,
): Words {
  const teams = byTeam(findings);
  const alias = findings[0]?.accountAlias;
  const first = teams[0]?.findings[0]?.id ?? "F-...";
  const counts = countWords(findings);
  const share = owners && shape !== "combined" ? standingText(owners) : undefined;
  const twice = shape === "combined" ? [] : twiceText(deployment);
  const [only, ...others] = teams;
  const whose = shape === "digest" && only && others.length === 0 ? teamOption(only.team) : "";
  const [show, list] = [showCommand(first, deployment), listCommand(whose, deployment)];
  const closing = [
    `Details of one:  ${show}`,
    `All of them:     ${list}`,
    ...(findings.some((finding) => !isResolution(finding) && canBeTagged(finding)) ? [intendedNote] : []),
  ];
  const [email, chat] = [emailMedium(deployment), chatMedium(deployment)];
  const opening = wrap(intro(shape, findings.length, cleanText(accountName(account, alias), 100), whoseDigest(teams)));
  return {
    subject: listSubject(shape, findings, accountInSubject(account, alias), whoseDigest(teams)),
    text: `${cutToFit(teams, email, [...opening, "", counts, ...(share ? [`${share}.`] : []), ...twice.flatMap((line) => ["", ...wrap(line)])], ["", ...closing]).join("\n")}\n`,
    markdown: cutToFit(
      teams,
      chat,
      [`${chatText(opening.join(" "), 400)}`, `*${counts}*${share ? `; ${share}` : ""}`, ...twice.map((line) => chatText(line, 500))],
      [],
    ).join("\n"),
    nextSteps: [`\`${show}\``, `\`${chat.list(whose)}\``],
  };
}

/** `2 critical, 5 high, 1 resolved`: resolved ones are counted apart. */
export function countWords(findings: readonly PendingFinding[]): string {
  const open = findings.filter((finding) => !isResolution(finding));
  const count = (severity: Severity) => open.filter((finding) => finding.severity === severity).length;
  const words = severities.map((severity) => `${count(severity).toLocaleString("en-US")} ${severity.toLowerCase()}`);
  const moved = findings.filter(({ pending }) => pending.left).length;
  const resolved = findings.length - open.length - moved;
  return [
    ...words.filter((word) => !word.startsWith("0 ")),
    ...(resolved > 0 ? [`${resolved.toLocaleString("en-US")} resolved`] : []),
    ...(moved > 0 ? [`${moved.toLocaleString("en-US")} moved`] : []),
  ].join(", ");
}

/** Two stacks in one account do everything twice, and nobody notices. */
function twiceText({ scanners = [] }: Partial<Deployment> = {}): string[] {
  if (scanners.length < 2) return [];
  const names = scanners.slice(0, 5).map((name) => cleanText(name, 90));
  const more = scanners.length > names.length ? ` and ${scanners.length - names.length} more` : "";
  return [
    `Small Target is deployed ${scanners.length} times in this account: ${names.join(", ")}${more}. Each of them sends all of this: destroy all stacks but one.`,
  ];
}

/** ` for payments`, ` of what nobody owns`: a digest is for one owner, unless there are too many. */
function whoseDigest([only, ...others]: readonly TeamFindings[]): string {
  if (!only || others.length > 0) return "";
  return only.team === undefined ? " of what nobody owns" : ` for ${cleanText(only.team, 30)}`;
}

function listSubject(shape: ListShape, findings: readonly PendingFinding[], account: string, whose: string): string {
  const gravest = severities.find((severity) => findings.some((finding) => finding.severity === severity && !isResolution(finding)));
  const tag = gravest ? `[${gravest}]` : "[RESOLVED]";
  const counts = countWords(findings);
  if (shape === "summary") return subjectLine(tag, `First look at account ${account}: ${counts}`);
  if (shape === "combined") return subjectLine(tag, `More at once in account ${account}: ${counts}`);
  return subjectLine(tag, `Daily digest${whose}, account ${account}: ${counts}`);
}

function intro(shape: ListShape, count: number, account: string, whose: string): string {
  const number = `${count.toLocaleString("en-US")} ${count === 1 ? "finding" : "findings"}`;
  if (shape === "summary") {
    return `First look at account ${account}: ${number}. From now on only what changes is sent; what stands here is not sent one by one.`;
  }
  if (shape === "combined") {
    return `Account ${account}: ${number} more that should not wait, in one message, because the limit of single messages an hour is reached.`;
  }
  return `Digest${whose}, account ${account}: ${number} opened, changed or resolved since the last one.`;
}

const emailMedium = (deployment?: Deployment): Medium => ({
  lines: linesPerTeam,
  list: (options) => listCommand(options, deployment),
  fits: (lines) => Buffer.byteLength(JSON.stringify(lines.join("\n"))) <= textBytes,
  heading: (team, count) => `\n${team ?? "Owned by nobody"} (${count.toLocaleString("en-US")})`,
  line: (finding) => {
    const { region } = finding.resource;
    const where = region === "global" ? "" : ` (${cleanText(region, 40)})`;
    return `  ${marker(finding).padEnd(9)} ${finding.id}  ${cleanText(before(finding) + finding.title, 120)}${where}`;
  },
  more: (count, command) => `  ... and ${count.toLocaleString("en-US")} more: ${command}`,
});

const chatMedium = (deployment?: Deployment): Medium => ({
  lines: [5, 3, 1, 0],
  // a team's name may hold what chat makes something of
  list: (options) => listCommand(showsInChat(options) ? options : "", deployment),
  fits: (lines) => lines.join("\n").length <= chatCharacters,
  heading: (team, count) => `*${team === undefined ? "Owned by nobody" : chatText(team, 80)}* (${count.toLocaleString("en-US")})`,
  line: (finding) => `• ${marker(finding)} ${chatCode(finding.id, 20)} ${chatText(before(finding) + finding.title, 120)}`,
  more: (count, command) => `• and ${count.toLocaleString("en-US")} more: ${chatCode(command, 300)}`,
});

/** First column: the severity, short enough for a table, or that it is over. */
function marker(finding: PendingFinding): string {
  if (finding.pending.left) return "MOVED";
  if (isResolution(finding)) return "RESOLVED";
  return finding.severity === "INFORMATIONAL" ? "INFO" : finding.severity;
}

function before(finding: PendingFinding): string {
  const { transition, left } = finding.pending;
  if (left) return `now ${finding.severity}, ${teamOf(finding) ?? "owned by nobody"}; from now on not told here: `;
  if (transition === "expiring") return `accepted until ${dateText(finding.acknowledged?.until ?? "")} only: `;
  if (transition === "changed" || transition === "suppressed") return `${transition}: `;
  const isAgain = finding.released !== undefined && finding.released.at === finding.pending.at;
  if (isAgain && finding.released) return `open again, ${releaseWords[finding.released.why]}: `;
  return transition === "reopened" ? "reopened: " : "";
}

/** As many lines of each team as fit; when not even the headings do, as many teams as fit. */
function cutToFit(teams: readonly TeamFindings[], medium: Medium, opening: readonly string[], closing: readonly string[]): string[] {
  for (const most of medium.lines) {
    const lines = [...opening, ...teams.flatMap((team) => block(team, medium, most)), ...closing];
    if (medium.fits(lines)) return lines;
  }
  let [kept, tooMany] = [0, teams.length];
  while (tooMany - kept > 1) {
    const half = Math.floor((kept + tooMany) / 2);
    if (medium.fits(cut(half))) kept = half;
    else tooMany = half;
  }
  return cut(kept);

  function cut(count: number): string[] {
    const left = teams.slice(count).reduce((sum, team) => sum + team.findings.length, 0);
    const more = `... and ${left.toLocaleString("en-US")} more of ${(teams.length - count).toLocaleString("en-US")} teams: ${medium.list("")}`;
    return [...opening, ...teams.slice(0, count).flatMap((team) => block(team, medium, 0)), "", more, ...closing];
  }
}

function block({ team, findings }: TeamFindings, medium: Medium, most: number): string[] {
  // one line too many is no reason to say "and 1 more"
  const shown = findings.length === most + 1 && most > 0 ? findings : findings.slice(0, most);
  const left = findings.length - shown.length;
  return [
    medium.heading(team, findings.length),
    ...shown.map((finding) => medium.line(finding)),
    ...(left > 0 ? [medium.more(left, medium.list(teamOption(team)))] : []),
  ];
}
