/** CSV after RFC 4180. A cell that a spreadsheet would take for a formula is made text. */
import type { DocumentFinding, FunctionFacts } from "../model/document.ts";
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";
import { functionColumns } from "./function-columns.ts";

type Value = string | number | boolean | undefined;

/** Foreign text for a cell of any spreadsheet: printable, and nothing that would be read as a formula. */
export function spreadsheetText(value: string): string {
  const clean = cleanText(value, 32_000);
  return /^[=+\-@＝＋－＠]/.test(clean) ? `'${clean}` : clean;
}

/** One cell: printable, never a formula (a leading = + - or @ gets an apostrophe before it), quoted where it has to be. */
export function csvCell(value: Value): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const text = spreadsheetText(value);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Head and rows. */
export function csv(names: readonly string[], rows: readonly (readonly Value[])[]): string {
  return [names, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n");
}

/** One line per function, in the order given. */
export function functionsCsv(functions: readonly FunctionFacts[]): string {
  const columns = functionColumns.flatMap(({ csv: column }) => (column ? [column] : []));
  return csv(
    columns.map(([name]) => name),
    functions.map((one) => columns.map(([, value]) => value(one))),
  );
}

/** One line per finding, in the order given. */
export function findingsCsv(findings: readonly DocumentFinding[]): string {
  const names = "id,severity,status,confidence,rule,title,resource,region,arn,team,firstSeenAt,changedAt,remediation";
  // what is added stands at the end: programs count columns
  const more = "account,env,ownerSource,command,accepted,acceptedUntil";
  return csv(
    `${names},${more}`.split(","),
    findings.map((f) => [
      f.id,
      f.severity,
      f.status,
      f.confidence,
      f.rule,
      f.title,
      f.resource.name,
      f.resource.region,
      f.resource.arn,
      f.owner.team,
      f.firstSeenAt,
      f.changedAt,
      f.remediation.text,
      f.resource.account,
      f.owner.env,
      f.owner.source,
      f.remediation.commands.find((command) => !hasUnsafeCharacters(command)),
      f.acknowledged?.reason,
      f.acknowledged?.until,
    ]),
  );
}
