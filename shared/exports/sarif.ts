/**
 * Findings as SARIF 2.1.0 (OASIS), for code scanning and everything else that reads it. Pure.
 * Limits: "SARIF support for code scanning" of GitHub's documentation, as of 2026-11-28.
 */
import type { DocumentFinding, ScanHeader } from "../model/document.ts";
import type { Severity } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";

/** Results that one run may hold; more are refused as a whole. */
export const mostResults = 25_000;
/** Results of a run that GitHub shows, the gravest first. */
export const shownResults = 5000;

/** What is said of a rule. */
export interface RuleText {
  readonly id: string;
  readonly summary: string;
  readonly why: string;
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly object[];
}

/** @param findings gravest first; those beyond `mostResults` are left out, and the run says how many */
export function sarif(findings: readonly DocumentFinding[], scan: ScanHeader, rules: readonly RuleText[]): SarifLog {
  const told = findings.slice(0, mostResults);
  const left = findings.length - told.length;
  const ids = [...new Set(told.map(({ rule }) => rule))].sort();
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const run = {
    tool: {
      driver: {
        name: "Small Target",
        rules: ids.map((id) =>
          descriptor(
            id,
            rules.find((rule) => rule.id === id),
            told.find(({ rule }) => rule === id),
          ),
        ),
      },
    },
    // one category for each account: the next upload replaces the last
    automationDetails: { id: `smalltarget/${scan.account}/${scan.id}` },
    invocations: [{ executionSuccessful: true, startTimeUtc: scan.startedAt, endTimeUtc: scan.finishedAt }],
    columnKind: "utf16CodeUnits",
    results: told.map((finding) => resultOf(finding, indexes.get(finding.rule) ?? -1)),
    properties: { account: scan.account, complete: scan.complete, ...(left > 0 ? { resultsLeftOut: left } : {}) },
  };
  return { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
}

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  CRITICAL: "error",
  HIGH: "error",
  MEDIUM: "warning",
  LOW: "note",
  INFORMATIONAL: "note",
};

/** GitHub's bands: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low. */
const scores: Readonly<Record<Severity, string>> = { CRITICAL: "9.5", HIGH: "8.0", MEDIUM: "5.5", LOW: "3.0", INFORMATIONAL: "0.1" };

/** A rule has one score: that of its gravest finding. */
function descriptor(id: string, rule: RuleText | undefined, gravest: DocumentFinding | undefined): object {
  const { summary = id, why = id } = rule ?? {};
  const severity = gravest?.severity ?? "INFORMATIONAL";
  return {
    id,
    shortDescription: { text: plain(summary, 1024) },
    fullDescription: { text: plain(why, 1024) },
    help: { text: plain(`${why} More: smalltarget explain ${id}`, 2000) },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["security", "aws", "serverless"], "security-severity": scores[severity] },
  };
}

function resultOf(finding: DocumentFinding, ruleIndex: number): object {
  const { id, rule, severity, confidence, resource, title, remediation, owner, status, acknowledged, firstSeenAt, changedAt } = finding;
  const whose = owner.team ? `Owner: ${owner.team}.` : "Nobody owns it.";
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: plain(`${title}. ${remediation.text} ${whose} More: smalltarget show ${id}`, 4000) },
    locations: [
      {
        // nothing in AWS is a file; readers ask for one
        physicalLocation: { artifactLocation: { uri: resourceUri(finding) }, region: { startLine: 1 } },
        logicalLocations: [
          { name: cleanText(resource.name, 300), fullyQualifiedName: cleanText(resource.arn, 1000), kind: cleanText(resource.type, 100) },
        ],
      },
    ],
    // the same finding in every run, whatever its words
    partialFingerprints: { "smallTargetFinding/v1": id, primaryLocationLineHash: id },
    ...(status === "SUPPRESSED"
      ? { suppressions: [{ kind: "external", status: "accepted", justification: plain(acknowledged?.comment ?? "accepted", 1000) }] }
      : {}),
    properties: {
      finding: id,
      severity,
      confidence,
      status,
      account: resource.account,
      region: resource.region,
      ...(owner.team ? { team: cleanText(owner.team, 256) } : {}),
      firstSeenAt,
      changedAt,
    },
  };
}

/** `aws/111122223333/eu-west-1/AWS-Lambda-Function/orders-api`: relative, made up, and the same in every run. */
export function resourceUri({ resource: { account, region, type, name } }: Pick<DocumentFinding, "resource">): string {
  return ["aws", account, region, type.replaceAll("::", "-"), name].map(segment).join("/");
}

/** One step of a path, whatever is in it: a name may not lead out of its folder. */
function segment(text: string): string {
  const clean = cleanText(text, 300);
  if (clean === "") return "_";
  return /^\.+$/.test(clean) ? clean.replaceAll(".", "%2E") : encodeURIComponent(clean);
}

/** Text of a message: brackets would make a link of it (3.11.6), braces ask for an argument (3.11.5). */
function plain(text: string, most: number): string {
  return cleanText(text, most)
    .replaceAll("\\", "\\\\")
    .replaceAll("[", "\\[")
    .replaceAll("]", "\\]")
    .replaceAll("{", "{{")
    .replaceAll("}", "}}");
}
