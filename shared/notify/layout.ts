/** How plain text is laid out: wrapped paragraphs, aligned rows, evidence with units. */

import type { Evidence, EvidenceValue } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";

/** Columns of an e-mail body. */
export const columns = 76;

/** A label and what stands behind it. */
export interface Row {
  readonly name: string;
  readonly value: string;
}

/** Breaks one line of text at spaces so that lines have at most `width` characters; a longer word keeps its own line. */
export function wrap(text: string, width = columns): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** Rows with their values under each other, long values wrapped under themselves. */
export function alignRows(rows: readonly Row[], separator = "  ", indent = ""): string[] {
  const width = Math.max(0, ...rows.map((row) => row.name.length)) + separator.length;
  return rows.flatMap((row) =>
    wrap(row.value, columns - indent.length - width).map(
      (line, index) => indent + (index === 0 ? `${row.name}${separator}` : "").padEnd(width) + line,
    ),
  );
}

/** Units stand at the end of evidence names. */
const units: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Ms$/, " ms"],
  [/Seconds$/, " s"],
  [/Minutes$/, " min"],
  [/Days$/, " days"],
  [/Percent$/, " %"],
  [/Mb$/, " MB"],
  [/Bytes$/, " bytes"],
];

/** Evidence as people read it: `longestMs: 9700` is `longest` and `9,700 ms`. Empty values are left out, lists are cut after 10. */
export function evidenceRows(evidence: Evidence): Row[] {
  return Object.entries(evidence)
    .filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0))
    .slice(0, 30)
    .map(([name, value]) => {
      const known = typeof value === "number" ? units.find(([ending]) => ending.test(name)) : undefined;
      return { name: wordsOf(known ? name.replace(known[0], "") || name : name), value: evidenceText(value) + (known ? known[1] : "") };
    });
}

function wordsOf(name: string): string {
  return cleanText(name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase(), 30);
}

function evidenceText(value: EvidenceValue): string {
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null) return "unknown";
  if (typeof value === "string") return cleanText(value, 300);
  const shown = value.slice(0, 10).map((item) => cleanText(item, 120));
  const more = value.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more.toLocaleString("en-US")} more` : "");
}
