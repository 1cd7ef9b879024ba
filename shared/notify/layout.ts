/** How plain text is laid out: wrapped paragraphs, aligned rows, evidence with units. */

import type { Evidence, EvidenceValue } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import { type EvidenceWords, evidenceWords } from "../wording/evidence-words.ts";

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

/** Units stand at the end of evidence names; shares (0 to 1) have names of their own. */
const units: readonly (readonly [ending: RegExp, unit: string, factor?: number])[] = [
  [/Ms$/, " ms"],
  [/Seconds$/, " s"],
  [/Minutes$/, " min"],
  [/Days$/, " days"],
  [/Percent$/, " %"],
  [/Mb$/, " MB"],
  [/Bytes$/, " bytes"],
  [/(?<=^headroom|^chanceOfExceeding|Share)$/, " %", 100],
];

/**
 * Evidence as people read it: `longestMs: 9700` is `longest` and `9,700 ms`. What has words of its own is said in those (data/evidence-words.ts).
 * Empty values, and a yes or no without words, are left out; lists are cut after 10.
 */
export function evidenceRows(evidence: Evidence): Row[] {
  return Object.entries(evidence)
    .filter(([name, value]) => isSaid(name, value))
    .slice(0, 30)
    .map(([name, value]) => {
      const [ending, unit, factor = 1] = (typeof value === "number" ? units.find(([end]) => end.test(name)) : undefined) ?? [];
      const bare = ending ? name.replace(ending, "") || name : name;
      const words = wordsFor(name);
      const said = typeof value === "number" ? value * factor : wordedValue(words, value);
      return { name: words.label ?? nameAsWords(bare), value: evidenceText(said) + (unit ?? "") };
    });
}

function wordsFor(name: string): EvidenceWords {
  return Object.hasOwn(evidenceWords, name) ? (evidenceWords[name] ?? {}) : {};
}

function isSaid(name: string, value: EvidenceValue): boolean {
  const { hidden, values = {} } = wordsFor(name);
  if (hidden || value === null || value === "" || (Array.isArray(value) && value.length === 0)) return false;
  return typeof value !== "boolean" || Object.hasOwn(values, String(value));
}

function wordedValue({ values = {}, value: word }: EvidenceWords, value: EvidenceValue): EvidenceValue {
  const one = (text: string) => (Object.hasOwn(values, text) ? (values[text] ?? text) : momentText(word ? word(text) : text));
  if (Array.isArray(value)) return value.map(one);
  return value === null ? null : one(String(value));
}

/** `2026-11-24 03:00 UTC` for a time of a machine; anything else as it is. */
function momentText(text: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? `${text.slice(0, 16).replace("T", " ")} UTC` : text;
}

function nameAsWords(name: string): string {
  return cleanText(name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase(), 30);
}

function evidenceText(value: EvidenceValue): string {
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
  if (!Array.isArray(value)) return cleanText(String(value), 300);
  const shown = value.slice(0, 10).map((item) => cleanText(item, 120));
  const more = value.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more.toLocaleString("en-US")} more` : "");
}
