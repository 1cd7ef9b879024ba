/** GitHub's Markdown, for tickets and wikis. Names from AWS cannot format, link, mention or break out of a table. */
import type { DocumentFinding, FunctionFacts } from "../model/document.ts";
import { cleanText } from "../model/plain-text.ts";
import { lastUsedText, quietText, setToText, verdictWords } from "./functions-table.ts";
import { secondsText } from "./quantities.ts";

/** Foreign text as text: what Markdown or HTML would read as a sign is escaped, and nobody is mentioned. */
export function markdownText(text: string, maxLength = 400): string {
  return (
    cleanText(text, maxLength)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(/[\\`*_{}[\]()#+!|~>]/g, "\\$&")
      // a word joiner after the sign: it reads the same and names nobody
      .replaceAll("@", "@\u2060")
      .replaceAll("://", ":\u2060//")
      .replaceAll(/\bwww\./gi, "www\u2060.")
  );
}

/** A foreign name as code in a table cell. */
export function markdownCode(text: string): string {
  const clean = cleanText(text, 200).replaceAll("`", "'").replaceAll("|", "\\|");
  return clean === "" ? "" : `\`${clean}\``;
}

/** A table; cells are Markdown already. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** One row per function, in the order given. */
export function functionsMarkdown(functions: readonly FunctionFacts[], at: Date): string {
  const heads = ["Function", "Region", "Last used", "Quiet", "Timeout", "Longest run", "Verdict", "Set to", "Team"];
  return markdownTable(
    heads,
    functions.map((one) => [
      markdownCode(one.name),
      one.region,
      lastUsedText(one, at),
      quietText(one).replace(">", "&gt;"),
      `${one.timeoutSeconds} s`,
      one.duration.longestMs === undefined ? "-" : secondsText(one.duration.longestMs),
      verdictWords[one.timeout.verdict],
      setToText(one),
      markdownCode(one.owner.team ?? ""),
    ]),
  );
}

/** One row per finding, in the order given. */
export function findingsMarkdown(findings: readonly DocumentFinding[]): string {
  return markdownTable(
    ["Finding", "Severity", "What", "Region", "Rule", "Team"],
    findings.map((one) => [
      one.id,
      one.severity,
      markdownText(one.title),
      one.resource.region,
      markdownCode(one.rule),
      markdownCode(one.owner.team ?? ""),
    ]),
  );
}
