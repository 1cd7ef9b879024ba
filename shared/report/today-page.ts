/** The things most worth doing now, as a page. */
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";
import type { WorthDoing } from "../today/item.ts";
import type { Done } from "../today/memory.ts";
import { clearsWords, severityWord, whomWords, whyWords } from "../today/words.ts";
import { severityPaint } from "./findings-list.ts";
import { type Look, typedHere } from "./look.ts";
import { count } from "./quantities.ts";
import { wrap } from "./wide-text.ts";

export interface TodayFacts {
  readonly shown: readonly WorthDoing[];
  /** Everything that was worth doing, shown or not. */
  readonly of: number;
  /** What was shown earlier and is done. */
  readonly done: readonly Done[];
  /** `for owner payments`; empty: for everybody. */
  readonly whose: string;
}

/** Longer ones are left to `smalltarget show`. Characters. */
const longestCommand = 1500;

const doneShown = 10;

/** The page as lines. */
export function todayPage({ shown, of, done, whose }: TodayFacts, look: Look): string[] {
  const left = of - shown.length;
  return [
    ...(done.length > 0 ? [...doneLines(done, look), ""] : []),
    look.paint.bold(shown.length === 0 ? `NOTHING TO DO${whose}` : `MOST WORTH DOING NOW${whose}`),
    ...shown.flatMap((one, index) => ["", ...itemLines(one, index + 1, look)]),
    ...(left > 0 ? ["", `${count(left, "thing")} more after these; all findings: ${look.command} findings`] : []),
  ];
}

function doneLines(done: readonly Done[], { width, paint }: Look): string[] {
  const lines = done.slice(0, doneShown).flatMap(({ title, decided }) => {
    const [first = "", ...more] = wrap(`${decided ? "decided" : "done"}  ${cleanText(title)}`, Math.max(30, width - 2));
    return [`  ${paint.green(first)}`, ...more.map((line) => `  ${line}`)];
  });
  const left = done.length - doneShown;
  return [
    `${paint.bold("SINCE YOU LAST LOOKED")}   ${count(done.length, "thing")} off the list`,
    ...lines,
    ...(left > 0 ? [`  ... and ${left} more`] : []),
  ];
}

function itemLines(one: WorthDoing, place: number, look: Look): string[] {
  const { paint, width, command } = look;
  const indent = " ".repeat(3);
  const room = Math.max(30, width - indent.length);
  const [first = "", ...more] = wrap(`${severityWord(one.severity)}  ${cleanText(one.title, 300)}`, room);
  const row = (name: string, text: string) =>
    wrap(cleanText(text, 1000), Math.max(30, room - 9)).map(
      (line, index) => `${indent}${paint.dim((index === 0 ? name : "").padEnd(9))}${line}`,
    );
  const id = one.findings[0]?.id;
  return [
    `${`${place}.`.padEnd(3)}${severityPaint(one.severity, paint)(first)}`,
    ...more.map((line) => indent + line),
    ...row("why", whyWords(one)),
    ...row("do", one.advice),
    ...(one.command === undefined
      ? []
      : [`${indent}${paint.dim("command".padEnd(9))}${pasteable(typedHere(one.command, look), id, command)}`]),
    ...row("talk to", whomWords(one.owners)),
    ...(id === undefined ? [] : row(clearsWords(one).split(" ")[0] ?? "", clearsWords(one).split(" ").slice(1).join(" "))),
  ];
}

/** A command exactly as it is, or where to find it: a cut or cleaned command would do something else. */
function pasteable(command: string, id: string | undefined, name: string): string {
  const where = id === undefined ? "" : `: ${name} show ${id}`;
  if (hasUnsafeCharacters(command)) return `(it has unprintable characters in a name${where})`;
  return command.length > longestCommand ? `(${command.length} characters${where})` : command;
}
