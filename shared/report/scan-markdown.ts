/** A scan as one Markdown page. */

import type { ScanDocument } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { accountName } from "../wording/account-name.ts";
import { notJudgedTexts } from "../wording/not-judged.ts";
import { unseen, unseenText } from "./coverage-section.ts";
import { acceptedText, severityCounts, sortFindings } from "./findings-list.ts";
import { sortFunctions } from "./function-rows.ts";
import { findingsMarkdown, functionsMarkdown } from "./markdown.ts";
import { markdownText } from "./markdown-text.ts";
import { count } from "./quantities.ts";
import { changesText } from "./scan-summary.ts";

export function scanMarkdown(document: ScanDocument): string {
  const { scan, functions, coverage } = document;
  const findings = document.findings.filter(isOpen);
  const accepted = acceptedText(document.findings.length - findings.length, { command: "smalltarget" });
  const notSeen = [...unseen(coverage).map(unseenText), ...notJudgedTexts(scan)];
  return [
    `# Small Target: account ${accountName(scan.account, scan.accountAlias)}`,
    `Scanned ${scan.finishedAt} (UTC): ${count(scan.regions.length, "Region")}, ${count(functions.length, "function")}, ${count(scan.apiCalls.total, "request")}.`,
    `## Findings: ${severityCounts(findings)}`,
    markdownText(changesText(document)),
    ...(findings.length > 0 ? [findingsMarkdown(sortFindings(findings))] : []),
    ...(accepted ? [markdownText(accepted)] : []),
    "## Functions",
    ...(functions.length > 0 ? [functionsMarkdown(sortFunctions(document, functions, "interest"))] : ["None."]),
    ...(notSeen.length > 0 ? ["## Could not look", notSeen.map((one) => `- ${markdownText(one)}`).join("\n")] : []),
  ].join("\n\n");
}
