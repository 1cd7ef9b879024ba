/** `smalltarget findings`: what the last scan knows to be open, and with `--status RESOLVED` what is no longer. */

import { type Command, Option } from "commander";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { type Severity, type Status, severityRank } from "../../shared/model/finding.ts";
import { findingsCsv } from "../../shared/report/csv.ts";
import { sortFindings } from "../../shared/report/findings-list.ts";
import { findingsOverview, type MoreBy } from "../../shared/report/findings-overview.ts";
import { toJson } from "../../shared/report/json.ts";
import { findingsMarkdown } from "../../shared/report/markdown.ts";
import { checkName, checkRegions, checkTeam } from "../check-names.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { collectOneOf, type Output, outputOption, readOptions, regionOption, severityOption, sinceOption } from "../options.ts";
import { sameCommand } from "../same-command.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends ReadOptions {
  readonly severity?: Severity;
  readonly rule?: string;
  readonly team?: string;
  readonly since?: string;
  readonly status?: readonly Status[];
  readonly region?: readonly string[];
  readonly output: Output;
  readonly all?: boolean;
}

/** Findings of a rule before the list asks for `--all`. */
const mostPerRule = 3;

const statuses: readonly Status[] = ["NEW", "NOTIFIED", "SUPPRESSED", "RESOLVED"];

/** Arguments, options and action. */
export function findingsCommand(command: Command): void {
  command
    .addOption(new Option("--severity <severity>", "only this severity and graver").argParser(severityOption))
    .option("--rule <rule>", "only this rule, or the rules of a group, e.g. lambda")
    .option("--team <name>", "only this team's; unowned: nobody's")
    .option(
      "--since <date>",
      "only those that changed since: a day, or 7d for the last seven; with --status resolved: what is gone since",
      sinceOption,
    )
    .option("--status <status>", `only these; repeatable: ${statuses.join(", ")} (default: all that are open)`, collectOneOf(statuses))
    .option("-r, --region <region>", "only here; repeatable", regionOption)
    .option("--all", `more than ${mostPerRule} of each rule`);
  readOptions(outputOption(command)).action(findings);
}

async function findings(options: Options, command: Command): Promise<void> {
  await checkRule(options.rule);
  const show = async (last: LastScan<"findings">) => {
    const open = last.document.findings;
    const all = options.status?.includes("RESOLVED") ? [...open, ...(await resolvedFindings(last))] : open;
    checkRegions(
      last.document.scan,
      options.region,
      all.map(({ resource }) => resource.region),
    );
    await checkTeam(last, options.team, all);
    print(textOf(sortFindings(all.filter((finding) => isChosen(finding, options))), options, (instead) => sameCommand(command, instead)));
  };
  await withLastScan(options, show, ["findings"]);
}

/** Rules and groups of rules. The catalogue is loaded here: not for who asks for everything. */
async function checkRule(rule: string | undefined): Promise<void> {
  if (rule === undefined) return;
  const { catalogue } = await import("../../shared/rules/catalogue.ts");
  const ids = catalogue.map(({ id }) => id);
  const groups = new Set(ids.map((id) => id.replace(/\/[^/]*$/, "")));
  checkName("there is no rule", rule, [...groups, ...ids]);
}

/** The document holds what is open; what is resolved is in the table alone. */
async function resolvedFindings({ kept, document }: LastScan<"findings">): Promise<DocumentFinding[]> {
  const { account, regions } = document.scan;
  const stored = await (await kept.table()).findings(account, [...regions, "global"]);
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

function textOf(findings: readonly DocumentFinding[], { output, all }: Options, again: MoreBy): string {
  if (output === "json") return toJson(findings);
  if (output === "csv") return findingsCsv(findings);
  if (output === "md") return findingsMarkdown(findings);
  if (findings.length === 0) return "No finding answers to that.";
  return findingsOverview(findings, all ? Number.POSITIVE_INFINITY : mostPerRule, outputLook(), again).join("\n");
}
