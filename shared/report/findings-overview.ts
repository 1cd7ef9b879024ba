/** Many findings: how many of which rule and whose, then one by one, rule by rule, the gravest rule first. */
import type { DocumentFinding } from "../model/document.ts";
import { type Severity, severityRank } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import { findingsList, severityCounts, severityPaint } from "./findings-list.ts";
import type { Look } from "./look.ts";
import { type Column, textTable } from "./text-table.ts";

/** Findings that have something in common; at least one. */
interface Group {
  readonly name: string;
  readonly findings: readonly DocumentFinding[];
  readonly gravest: Severity;
}

/** The command that was typed, with other options; for the lines that were left out. */
export type MoreBy = (instead: Readonly<Record<string, string | true>>) => string;

/** Owners listed before the rest is only counted. */
const mostOwners = 12;

/**
 * The page as lines. `findings` gravest first.
 * @param mostPerRule findings listed of each rule; the counts are of all
 */
export function findingsOverview(findings: readonly DocumentFinding[], mostPerRule: number, look: Look, again: MoreBy): string[] {
  const rules = groupsOf(findings, ({ rule }) => rule);
  const owners = groupsOf(findings, ({ owner }) => owner.team ?? "(nobody)");
  const shownOwners = owners.slice(0, mostOwners);
  const left = owners.length - shownOwners.length;
  return [
    `${look.paint.bold("FINDINGS")}   ${severityCounts(findings)}`,
    ...(rules.length > 1 ? ["", ...countTable("RULE", rules, look)] : []),
    ...(owners.length > 1 ? ["", ...countTable("OWNER", shownOwners, look)] : []),
    ...(left > 0 ? [`... ${left} more owners: ${again({ output: "csv" })}`] : []),
    ...rules.flatMap((group) => ["", ...ruleSection(group, mostPerRule, look, again)]),
  ];
}

function countTable(head: string, groups: readonly Group[], look: Look): string[] {
  const columns: Column<Group>[] = [
    { head: "COUNT", cell: ({ findings }) => String(findings.length), align: "right" },
    { head: "GRAVEST", cell: ({ gravest }) => gravest, colour: ({ gravest }, paint) => severityPaint(gravest, paint) },
    { head, cell: ({ name }) => cleanText(name, 80), flexible: true },
  ];
  return textTable(groups, columns, look);
}

function ruleSection({ name, findings }: Group, most: number, look: Look, again: MoreBy): string[] {
  const shown = findings.slice(0, most);
  const more = findings.length - shown.length;
  return [
    look.paint.bold(cleanText(name, 80)),
    ...findingsList(shown, look),
    ...(more > 0 ? [`... ${more} more: ${again({ rule: cleanText(name, 80), all: true })}`] : []),
  ];
}

/** Gravest first, then the largest, then by name. */
function groupsOf(findings: readonly DocumentFinding[], nameOf: (finding: DocumentFinding) => string): Group[] {
  return [...Map.groupBy(findings, nameOf)]
    .map(([name, some]) => ({ name, findings: some, gravest: gravestOf(some) }))
    .sort(
      (a, b) => severityRank(a.gravest) - severityRank(b.gravest) || b.findings.length - a.findings.length || (a.name < b.name ? -1 : 1),
    );
}

function gravestOf(findings: readonly DocumentFinding[]): Severity {
  return findings.map(({ severity }) => severity).reduce((a, b) => (severityRank(b) < severityRank(a) ? b : a));
}
