/** What would go with a function, what stands in the way, and the commands in order. */

import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";
import type { QuestionEvent } from "../model/question.ts";
import type { PruneSet } from "../prune/prune.ts";
import type { PruneItem } from "../prune/prune-item.ts";
import type { PruneScript, PruneStep } from "../prune/prune-script.ts";
import { dateText } from "../wording/words.ts";
import type { Look } from "./look.ts";
import { count } from "./quantities.ts";
import { typeWord } from "./type-words.ts";
import { wrap } from "./wide-text.ts";

/** The page as lines. @param script absent while something stands in the way @param said what its owner answered last */
export function prunePage(set: PruneSet, script: PruneScript | undefined, look: Look, said?: QuestionEvent): string[] {
  const { subject, items, stays, blockers, unseen } = set;
  const { paint } = look;
  const listed = (head: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : ["", paint.bold(head), ...lines.flatMap((line) => wrap(cleanText(line, 600), look.width - 2, "  ").map((text) => `  ${text}`))];
  return [
    paint.bold(`Prune ${cleanText(subject.name)} in ${subject.region}: nothing of this was run`),
    ...listed("ITS OWNER SAYS", said ? [saidText(said)] : []),
    ...listed(
      "GOES WITH IT",
      items.map((item) => `${itemText(item)}${item.note ? `: ${item.note}` : ""}`),
    ),
    ...listed("STAYS", stays.map(stayText)),
    ...listed("COULD NOT LOOK: what refers to it from there would not show", unseen),
    ...(script ? scriptLines(script, look) : blocked(set, listed(`IN THE WAY (${blockers.length})`, blockers.map(blockerText)), look)),
  ];
}

function saidText({ kind, at, by, until, note }: QuestionEvent): string {
  const what = { needed: `still needed until ${dateText(until ?? at)}`, "can-go": "it can go", "not-mine": "it is not theirs" };
  const words = kind === "asked" || kind === "escalated" ? "" : what[kind];
  return `${words}, ${dateText(at)}, ${by}${note ? `: ${note}` : ""}`;
}

function blocked({ subject, blockers }: PruneSet, lines: readonly string[], { command }: Look): string[] {
  const again = `${command} scan, then ${command} prune ${cleanText(subject.name)} again`;
  return [...lines, "", `No commands yet: first see to ${blockers.length === 1 ? "that" : `those ${blockers.length}`}, ${again}.`];
}

/** `schedule nightly (switched off), of stack orders`. */
export function itemText({ kind, name, enabled, stack }: PruneItem): string {
  const place = stack
    ? `, ${stack.likely ? "likely " : ""}of stack ${stack.name}${stack.logicalId ? `, logical id ${stack.logicalId}` : ""}`
    : "";
  return `${kind.replaceAll("-", " ")} ${name}${enabled ? "" : " (switched off)"}${place}`;
}

/** What stays, and why. */
export function stayText({ name, type, why }: PruneSet["stays"][number]): string {
  return `${typeWord(type)} ${name}: ${why}`;
}

/** What stands in the way, and what proves it. */
export function blockerText({ name, type, why, evidence }: PruneSet["blockers"][number]): string {
  return `${typeWord(type)} ${name}: ${why}${evidence ? ` [${evidence}]` : ""}`;
}

function scriptLines({ now, quietDays, check, deletes }: PruneScript, look: Look): string[] {
  const { bold } = look.paint;
  return [
    "",
    bold("1. NOW, all of it can be undone"),
    ...now.flatMap((step) => stepLines(step, look)),
    "",
    bold(`2. AFTER ${count(quietDays, "QUIET DAY").toUpperCase()}, see that nothing missed it`),
    ...check.flatMap((step) => stepLines(step, look)),
    "",
    bold("3. THEN, for good, in this order"),
    ...deletes.flatMap((step) => stepLines(step, look)),
  ];
}

/** Text as comments, so that the whole can be pasted into a file and read there. */
function stepLines({ what, commands, undo = [] }: PruneStep, { paint }: Look): string[] {
  const safe = (command: string) =>
    hasUnsafeCharacters(command) ? "# the name holds characters that cannot be seen: do this one by hand" : paint.cyan(command);
  return [
    "",
    paint.dim(`# ${cleanText(what, 600)}`),
    ...commands.map(safe),
    ...(undo.length > 0
      ? [
          paint.dim("# to undo:"),
          ...undo.map((command) => paint.dim(`#   ${hasUnsafeCharacters(command) ? "by hand" : command.replace(/^# /, "")}`)),
        ]
      : []),
  ];
}
