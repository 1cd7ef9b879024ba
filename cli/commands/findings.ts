/** `smalltarget findings`: what the last scan knows to be open, and with `--status RESOLVED` what is no longer. */

import { type Command, Option } from "commander";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { type Severity, type Status, severityRank } from "../../shared/model/finding.ts";
import { findingsCsv } from "../../shared/report/csv.ts";
import { findingsList, severityCounts, sortFindings } from "../../shared/report/findings-list.ts";
import { toJson } from "../../shared/report/json.ts";
import { findingsMarkdown } from "../../shared/report/markdown.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { nearest } from "../nearest.ts";
import { collectOneOf, type Output, outputOption, readOptions, regionOption, severityOption, sinceOption } from "../options.ts";
import { outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly severity?: Severity;
  readonly rule?: string;
  readonly team?: string;
  readonly since?: string;
  readonly status?: readonly Status[];
  readonly region?: readonly string[];
  readonly output: Output;
}

const statuses: readonly Status[] = ["NEW", "NOTIFIED", "SUPPRESSED", "RESOLVED"];

/** Adds the command to `program`. */
export function addFindings(program: Command): void {
  const command = program
    .command("findings")
    .description("findings of the last scan, gravest first")
    .addOption(new Option("--severity <severity>", "only this severity and graver").argParser(severityOption))
    .option("--rule <rule>", "only this rule, or the rules of a group, e.g. lambda")
    .option("--team <name>", "only this team's; unowned: nobody's")
    .option("--since <date>", "only those that changed on or after this day", sinceOption)
    .option("--status <status>", `only these; repeatable: ${statuses.join(", ")} (default: all that are open)`, collectOneOf(statuses))
    .option("-r, --region <region>", "only here; repeatable", regionOption);
  readOptions(outputOption(command)).action(findings);
}

async function findings(options: Options): Promise<void> {
  checkRule(options.rule);
  await withLastScan(options, async (last) => {
    const all = options.status?.includes("RESOLVED")
      ? [...last.document.findings, ...(await resolvedFindings(last))]
      : last.document.findings;
    print(textOf(sortFindings(all.filter((finding) => isChosen(finding, options))), options.output));
  });
}

function checkRule(rule: string | undefined): void {
  const ids = catalogue.map(({ id }) => id);
  if (rule === undefined || ids.some((id) => id === rule || id.startsWith(`${rule}/`))) return;
  throw new UsageError(`there is no rule ${JSON.stringify(rule)}; did you mean ${nearest(rule, ids)}?`);
}

/** The document holds what is open; what is resolved is in the table alone. */
async function resolvedFindings({ kept, document }: LastScan): Promise<DocumentFinding[]> {
  const { account, regions } = document.scan;
  const stored = await kept.store.findings(account, [...regions, "global"]);
  return stored
    .filter(({ status }) => status === "RESOLVED")
    .map(({ sub, materialKey, continuesOnly, clearSince, told, baseline, openedAt, version, ...finding }) => finding);
}

function isChosen(finding: DocumentFinding, { severity, rule, team, since, status, region }: Options): boolean {
  return (
    (severity === undefined || severityRank(finding.severity) <= severityRank(severity)) &&
    (rule === undefined || finding.rule === rule || finding.rule.startsWith(`${rule}/`)) &&
    (team === undefined || (finding.owner.team ?? "unowned") === team) &&
    (since === undefined || finding.changedAt >= since) &&
    (status === undefined || status.includes(finding.status)) &&
    (region === undefined || region.includes(finding.resource.region))
  );
}

function textOf(findings: readonly DocumentFinding[], output: Output): string {
  if (output === "json") return toJson(findings);
  if (output === "csv") return findingsCsv(findings);
  if (output === "md") return findingsMarkdown(findings);
  if (findings.length === 0) return "No finding answers to that.";
  const look = outputLook();
  return [`${look.paint.bold("FINDINGS")}   ${severityCounts(findings)}`, ...findingsList(findings, look)].join("\n");
}
