/** One finding with everything there is to say about it. */
import type { AckRecord } from "../model/acknowledgement.ts";
import type { DocumentFinding } from "../model/document.ts";
import type { EvidenceValue } from "../model/finding.ts";
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";
import { dateText } from "../wording/words.ts";
import { ackHistory } from "./acks-page.ts";
import { decisionFacts, scopeFacts } from "./decision-facts.ts";
import { severityPaint } from "./findings-list.ts";
import { type Look, typedHere } from "./look.ts";
import { wrap } from "./wide-text.ts";

/** The page as lines. @param decisions all that had to do with the finding, with their history */
export function findingPage(finding: DocumentFinding, look: Look, decisions: readonly AckRecord[] = []): string[] {
  const { paint, width, command } = look;
  const { resource, remediation, owner } = finding;
  const whose = owner.team ? `${cleanText(owner.team)}${owner.source ? ` (${cleanText(owner.source)})` : ""}` : "nobody owns it";
  const facts: readonly (readonly [string, string])[] = [
    ["Resource", `${resource.name} (${resource.type}) in ${resource.region}`],
    ["ARN", resource.arn],
    ["Rule", `${finding.rule}: ${command} explain ${finding.rule}`],
    ["Status", `${finding.status}, first seen ${dateText(finding.firstSeenAt)}, changed ${dateText(finding.changedAt)}`],
    ...decisionFacts(finding),
    ["Confidence", finding.confidence],
    ...scopeFacts(finding),
    ["Owner", `${whose}${owner.env ? `, environment ${cleanText(owner.env)}` : ""}`],
  ];
  return [
    `${paint.bold(finding.id)}  ${severityPaint(finding.severity, paint)(finding.severity)}`,
    ...wrap(cleanText(finding.title, 500), width),
    "",
    ...facts.map(([name, value]) => `${name.padEnd(12)}${cleanText(value, 500)}`),
    "",
    paint.bold("Evidence"),
    ...evidenceLines(finding.evidence),
    "",
    ...decisions.flatMap((one) => [paint.bold(`${one.id}, ${one.reason}`), ...ackHistory(one).map((line) => `  ${line}`), ""]),
    paint.bold("What to do"),
    ...wrap(cleanText(remediation.text, 1500), width - 2).map((line) => `  ${line}`),
    ...commandLines(remediation.commands, look),
    ...(finding.references.length > 0 ? ["", paint.bold("More"), ...finding.references.map((url) => `  ${cleanText(url, 500)}`)] : []),
  ];
}

function evidenceLines(evidence: DocumentFinding["evidence"]): string[] {
  const rows = Object.entries(evidence).filter(([, value]) => value !== null);
  const longest = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${cleanText(name, 60).padEnd(longest)}  ${valueText(value)}`);
}

function valueText(value: EvidenceValue): string {
  // 0.030000000000000027 is 0.03 to a person
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return cleanText(Array.isArray(value) ? value.join(", ") || "none" : String(value), 1000);
}

/** Commands stand alone on their lines, whole, for pasting. */
function commandLines(commands: readonly string[], look: Look): string[] {
  return commands.map((one) =>
    hasUnsafeCharacters(one)
      ? "  (the name holds characters that cannot be seen: type the command by hand)"
      : `  ${look.paint.cyan(typedHere(one, look))}`,
  );
}
