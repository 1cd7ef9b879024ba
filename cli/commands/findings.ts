/** `smalltarget findings`: what the last scan knows to be open, and with `--status RESOLVED` what is no longer. */

import { type Command, Option } from "commander";
import type { DocumentFinding, ScanHeader } from "../../shared/model/document.ts";
import { type Severity, type Status, severityRank } from "../../shared/model/finding.ts";
import { findingsCsv } from "../../shared/report/csv.ts";
import { acceptedText, sortFindings } from "../../shared/report/findings-list.ts";
import { findingsOverview, type MoreBy } from "../../shared/report/findings-overview.ts";
import { toJson } from "../../shared/report/json.ts";
import { findingsMarkdown } from "../../shared/report/markdown.ts";
import { checkName, checkRegions, checkTeam } from "../check-names.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { collectOneOf, oneOf, outputs, readOptions, regionOption, severityOption, sinceOption } from "../options.ts";
import { sameCommand } from "../same-command.ts";
import { outputLook, print, say } from "../terminal.ts";

const formats = [...outputs, "jsonl", "sarif", "asff", "ocsf"] as const;
type Format = (typeof formats)[number];

interface Options extends ReadOptions {
  readonly severity?: Severity;
  readonly rule?: string;
  readonly team?: string;
  readonly since?: string;
  readonly status?: readonly Status[];
  readonly region?: readonly string[];
  readonly output: Format;
  readonly all?: boolean;
  readonly suppressed?: boolean;
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
    .option("--status <status>", `only these; repeatable: ${statuses.join(", ")} (default: NEW and NOTIFIED)`, collectOneOf(statuses))
    .option("-r, --region <region>", "only here; repeatable", regionOption)
    .option("--suppressed", "only what a decision holds: with reason and end (see ack)")
    .option("--all", `more than ${mostPerRule} of each rule`)
    .addOption(
      new Option("-o, --output <format>", "table, json, csv, md, jsonl, or for other programs: sarif, asff, ocsf")
        .default("table")
        .argParser(oneOf(formats)),
    );
  readOptions(command).action(findings);
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
    const chosen = sortFindings(all.filter((finding) => isChosen(finding, options)));
    const held = statusesOf(options).includes("SUPPRESSED") ? 0 : countHeld(all, options);
    const exported = await exportOf(chosen, options.output, last.document.scan);
    print(exported ?? textOf(chosen, held, options, (instead) => sameCommand(command, instead)));
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

/** What is to be done, unless something else was asked for. */
function statusesOf({ status, suppressed }: Options): readonly Status[] {
  return status ?? (suppressed ? ["SUPPRESSED"] : ["NEW", "NOTIFIED"]);
}

/** Findings that would be listed, had nobody decided about them. */
function countHeld(findings: readonly DocumentFinding[], options: Options): number {
  return findings.filter((finding) => isChosen(finding, { ...options, status: ["SUPPRESSED"] })).length;
}

function isChosen(finding: DocumentFinding, options: Options): boolean {
  const { severity, rule, team, since, region } = options;
  return (
    (severity === undefined || severityRank(finding.severity) <= severityRank(severity)) &&
    (rule === undefined || finding.rule === rule || finding.rule.startsWith(`${rule}/`)) &&
    (team === undefined || (finding.owner.team ?? "unowned") === team) &&
    (since === undefined || finding.changedAt >= since) &&
    statusesOf(options).includes(finding.status) &&
    (region === undefined || region.includes(finding.resource.region))
  );
}

function textOf(findings: readonly DocumentFinding[], held: number, { output, all }: Options, again: MoreBy): string {
  if (output === "json") return toJson(findings);
  if (output === "csv") return findingsCsv(findings);
  if (output === "md") return findingsMarkdown(findings);
  const accepted = acceptedText(held, outputLook());
  const list = findings.length === 0 ? ["No finding answers to that."] : findingsOverview(findings, most(all), outputLook(), again);
  return [...list, ...(accepted ? ["", accepted] : [])].join("\n");
}

/** What other programs read; undefined for the formats of people. Each is loaded when it is asked for. */
async function exportOf(findings: readonly DocumentFinding[], output: Format, scan: ScanHeader): Promise<string | undefined> {
  if (output === "jsonl") return findings.map((finding) => JSON.stringify(finding)).join("\n");
  if (output === "ocsf") return toJson((await import("../../shared/exports/ocsf.ts")).ocsf(findings, scan));
  if (output === "asff") {
    const { asff } = await import("../../shared/asff/asff.ts");
    const { account, partition, regions } = scan;
    const region = process.env.AWS_REGION ?? regions[0] ?? "us-east-1";
    return toJson(findings.map((finding) => asff(finding, { account, partition, region })));
  }
  if (output !== "sarif") return undefined;
  const { mostResults, sarif, shownResults } = await import("../../shared/exports/sarif.ts");
  const { catalogue } = await import("../../shared/rules/catalogue.ts");
  const left = findings.length - mostResults;
  if (left > 0) say(`SARIF takes ${mostResults} results a run: ${left} of the mildest are left out`);
  else if (findings.length > shownResults) say(`code scanning shows the first ${shownResults} of these ${findings.length} results`);
  return toJson(sarif(findings, scan, catalogue));
}

function most(all: boolean | undefined): number {
  return all ? Number.POSITIVE_INFINITY : mostPerRule;
}
