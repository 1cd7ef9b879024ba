/** Jira's wiki text, for Data Center and version 2 of the API. */
import { cleanText } from "../../model/plain-text.ts";
import { type Block, type Item, itemOf, listHeading, type Markup, moreLine, moreText } from "./blocks.ts";

export const wikiText: Markup<string> = {
  write: (blocks) => blocks.map(textOf).join("\n\n"),
  listIn(description) {
    const lines = linesOf(description);
    const [from, to] = listRange(lines) ?? [];
    if (from === undefined) return undefined;
    return lines.slice(from, to).flatMap((line) => {
      const [, sign, rest = ""] = itemLine.exec(line) ?? [];
      return sign === undefined ? [] : (itemOf(rest, sign === "/") ?? []);
    });
  },
  withList(description, items, more) {
    const lines = linesOf(description);
    const [from, to] = listRange(lines) ?? [lines.length, lines.length];
    const list = textOf({ kind: "list", items, more });
    return [...lines.slice(0, from), list, ...lines.slice(to)].join("\n");
  },
  length: (text) => text.length,
};

const itemLine = /^\* \((\/|x)\) (.*)$/;

/**
 * Foreign text. What would begin formatting, a link, a mention, a macro or an image is replaced by a look-alike: a backslash escapes most of
 * it, but not all, and not in every place.
 */
export function wikiSafe(text: string, maxLength = 2000): string {
  return (
    cleanText(text, maxLength)
      .replaceAll("\\", "＼")
      .replaceAll("{", "｛")
      .replaceAll("}", "｝")
      .replaceAll("[", "［")
      .replaceAll("]", "］")
      .replaceAll("!", "ǃ")
      .replaceAll("|", "¦")
      .replaceAll("~", "∼")
      .replaceAll("^", "ˆ")
      .replaceAll("*", "∗")
      .replaceAll("@", "＠")
      .replaceAll("://", ":∕∕")
      .replaceAll("??", "? ?")
      // emoticons: (/) would say that it is done
      .replace(/\((?=[/!?x+*-]|on\)|off\)|[ynid]\))/giu, "( ")
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "＿")
      .replace(/(?<![\p{L}\p{N}])-(?=\S)|(?<=\S)-(?![\p{L}\p{N}])/gu, "‐")
      .replace(/(?<![\p{L}\p{N}])\+(?=\S)|(?<=\S)\+(?![\p{L}\p{N}])/gu, "＋")
  );
}

function textOf(block: Block): string {
  if (block.kind === "heading") return `h3. ${wikiSafe(block.text)}`;
  // nothing ends this macro but its own name, and commands that hold it are not shown (ticket-words.ts)
  if (block.kind === "command") return `{noformat}\n${block.text}\n{noformat}`;
  if (block.kind === "rows") return block.rows.map(({ name, value }) => `* *${wikiSafe(name)}*: ${wikiSafe(value)}`).join("\n");
  if (block.kind === "paragraph") return wikiSafe(block.text);
  return [`h3. ${listHeading}`, "", ...block.items.map(itemText), ...(block.more > 0 ? ["", moreText(block.more)] : [])].join("\n");
}

function itemText({ id, done, text }: Item): string {
  return `* (${done ? "/" : "x"}) ${id} ${wikiSafe(text)}`;
}

function linesOf(description: unknown): string[] {
  return typeof description === "string" && description !== "" ? description.split(/\r?\n/) : [];
}

function listRange(lines: readonly string[]): [from: number, to: number] | undefined {
  const from = lines.findIndex((line) => line.trim() === `h3. ${listHeading}`);
  if (from === -1) return undefined;
  let [to, next] = [from + 1, from + 1];
  for (let line = lines[next]; line !== undefined; line = lines[next]) {
    const ours = itemLine.test(line) || moreLine.test(line.trim());
    if (!ours && line.trim() !== "") break;
    next += 1;
    // an empty line below the list stays where it is
    if (ours) to = next;
  }
  return [from, to];
}
