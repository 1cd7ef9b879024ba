/** Text by the columns it takes in a terminal: wide characters take two, combining ones none. */
import stringWidth from "string-width";

const graphemes = new Intl.Segmenter();

/** The text, cut to `columns` with an ellipsis at its end where it is longer. */
export function cutTo(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let cut = "";
  let width = 1;
  for (const { segment } of graphemes.segment(text)) {
    width += stringWidth(segment);
    if (width > columns) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** The text with blanks to fill `columns`. */
export function padTo(text: string, columns: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, columns - stringWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Words in lines of at most `columns`, each line but the first begun with `indent`. A word longer than a line has one of its own. */
export function wrap(text: string, columns: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    const begin = lines.length === 0 ? "" : indent;
    if (line !== "" && stringWidth(begin + longer) > columns) {
      lines.push(begin + line);
      line = word;
    } else line = longer;
  }
  return [...lines, (lines.length === 0 ? "" : indent) + line];
}
