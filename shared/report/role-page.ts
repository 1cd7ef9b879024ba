/** A proposed role for people: what stays, what goes, what is missing, and in which order it is put to use. Pure. */
import { cleanText } from "../model/plain-text.ts";
import type { RoleProposal } from "../model/proposal.ts";
import type { Look } from "./look.ts";
import { count } from "./quantities.ts";
import { makingCommands } from "./role-commands.ts";
import { type RoleSubject, rollOut } from "./role-subject.ts";
import { wrap } from "./wide-text.ts";

/** What goes can be thousands of actions: the first say what kind they are. */
const mostListed = 30;

/** The page as lines. @param notes what the person should know beside it */
export function rolePage(proposal: RoleProposal, subject: RoleSubject, notes: readonly string[], look: Look): string[] {
  const { kept, removed, missing, unresolved, proof } = proposal;
  const { bold, dim } = look.paint;
  const lines = (text: string) => wrap(cleanText(text, 2000), look.width - 2, "  ").map((line) => `  ${line}`);
  const part = (head: string, texts: readonly string[], most = Number.POSITIVE_INFINITY) =>
    texts.length === 0
      ? []
      : [
          "",
          bold(head),
          ...texts.slice(0, most).flatMap(lines),
          ...(texts.length > most ? [`  ... and ${texts.length - most} more: --as json lists them`] : []),
        ];
  const undecided = kept.filter(({ evidence }) => evidence === "undecided");
  const keptText = ({ action, resources, why }: (typeof kept)[number]) => `${action} on ${resources.join(", ")}: ${why}`;
  return [
    bold(`A role for ${cleanText(subject.functionName)} in ${subject.region}: ${cleanText(proposal.roleName)}`),
    `today ${cleanText(subject.oldRole.name)}${subject.oldRole.sharedWith.length > 0 ? `, which ${count(subject.oldRole.sharedWith.length, "other function")} ${subject.oldRole.sharedWith.length === 1 ? "has" : "have"} too` : ""}`,
    proofText(proof),
    ...part("NEEDED, and stays", kept.filter(({ evidence }) => evidence === "needed").map(keptText)),
    ...part("STAYS, for it cannot be told whether it is needed", undecided.map(keptText), mostListed),
    ...part(
      "GOES",
      removed.map(({ action, why }) => `${action}: ${why}`),
      mostListed,
    ),
    ...part(
      "MISSING today, and not added",
      missing.map(
        ({ action, resources, why, confidence }) =>
          `${action} on ${resources.join(", ")}: ${why}${confidence === "high" ? "" : ` (${confidence} confidence)`}`,
      ),
    ),
    ...part("COULD NOT BE TOLD", unresolved),
    ...part("NOTE", notes),
    "",
    bold("HOW"),
    ...lines("Make the role beside the old one:"),
    ...makingCommands(proposal, subject).map((command) => dim(`    ${command}`)),
    ...rollOut(proposal, subject).flatMap(({ text, commands }) => [...lines(text), ...commands.map((command) => dim(`    ${command}`))]),
  ];
}

function proofText({ subsetOfToday, coversNeed }: RoleProposal["proof"]): string {
  const subset = subsetOfToday ? "allows nothing that today's does not" : "may allow more than today's: do not use it";
  return `it ${subset}; ${coversNeed ? "what is known to be needed and allowed today stays allowed" : "something that is needed would be lost: do not use it"}`;
}
