/** Findings as a list: a person reads down the severities and titles. */
import { compare } from "../model/compare.ts";
import type { DocumentFinding } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { type Severity, severities, severityRank } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import { dateText } from "../wording/words.ts";
import type { Look, Paint } from "./look.ts";
import { count } from "./quantities.ts";
import { cutTo, padTo, wrap } from "./wide-text.ts";

/** What it is, wrapped, and then where it is, whose, and by which rule; in the order given. */
export function findingsList(findings: readonly DocumentFinding[], look: Look): string[] {
  const columns = findings.reduce((longest, { severity }) => Math.max(longest, severity.length), 0);
  return findings.flatMap((finding) => lines(finding, columns, look));
}

function lines(finding: DocumentFinding, severityColumns: number, { width, paint }: Look): string[] {
  const { id, severity, title } = finding;
  const state = stateText(finding);
  const indent = " ".repeat(id.length + severityColumns + 4);
  const [first = "", ...more] = wrap(cleanText(title, 300) + state, Math.max(30, width - indent.length));
  const label = severityPaint(severity, paint)(padTo(severity, severityColumns));
  return [
    `${paint.bold(id)}  ${label}  ${first}`,
    ...more.map((line) => indent + line),
    paint.dim(indent + cutTo(place(finding), Math.max(30, width - indent.length))),
  ];
}

function stateText({ status, acknowledged }: DocumentFinding): string {
  if (acknowledged && status === "SUPPRESSED") return ` (${acknowledged.reason} until ${dateText(acknowledged.until)})`;
  return isOpen({ status }) ? "" : ` (${status.toLowerCase()})`;
}

function place({ resource, owner, rule }: DocumentFinding): string {
  const whose = owner.team
    ? `owner ${cleanText(owner.team, 60)}${owner.source ? ` (${cleanText(owner.source, 60)})` : ""}`
    : "nobody owns it";
  return `${resource.region}  ${whose}  ${rule}`;
}

/** Never silent: what people decided not to be told of is counted wherever findings are listed. Undefined where there is none. */
export function acceptedText(held: number, { command }: Pick<Look, "command">): string | undefined {
  return held === 0 ? undefined : `${count(held, "more finding")} accepted for now: ${command} findings --suppressed`;
}

/** The colour of a severity. */
export function severityPaint(severity: Severity, paint: Paint): (text: string) => string {
  if (severity === "CRITICAL" || severity === "HIGH") return paint.red;
  return severity === "MEDIUM" ? paint.yellow : paint.cyan;
}

/** Gravest first, then the newest change, then by name. */
export function sortFindings(findings: readonly DocumentFinding[]): DocumentFinding[] {
  return findings.toSorted(
    (a, b) =>
      severityRank(a.severity) - severityRank(b.severity) ||
      compare(b.changedAt, a.changedAt) ||
      compare(a.resource.name, b.resource.name) ||
      compare(a.id, b.id),
  );
}

/** `2 high   11 medium`, gravest first; `none` where there are none. */
export function severityCounts(findings: readonly { readonly severity: Severity }[]): string {
  const counts = severities.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity.toLowerCase()}`];
  });
  return counts.join("   ") || "none";
}
