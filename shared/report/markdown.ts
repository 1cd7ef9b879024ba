/** GitHub's Markdown, for tickets and wikis. Names from AWS cannot format, link, mention or break out of a table. */
import type { DocumentFinding, FunctionFacts } from "../model/document.ts";
import { functionColumns } from "./function-columns.ts";
import { markdownCode, markdownText } from "./markdown-text.ts";

/** A table; cells are Markdown already. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** One row per function, in the order given. */
export function functionsMarkdown(functions: readonly FunctionFacts[]): string {
  const columns = functionColumns.flatMap(({ markdown }) => (markdown ? [markdown] : []));
  return markdownTable(
    columns.map(([head]) => head),
    functions.map((one) => columns.map(([, cell]) => cell(one))),
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
