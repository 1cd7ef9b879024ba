/** Findings as two lines each: what it is and whose, then what was seen and what to do. */
import type { DocumentFinding } from "../model/document.ts";
import { type Severity, severities, severityRank } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";
import type { Look, Paint } from "./look.ts";
import { cutTo, padTo } from "./wide-text.ts";

const severityColumns = 13;

/** Two lines per finding, in the order given. */
export function findingsList(findings: readonly DocumentFinding[], look: Look): string[] {
  return findings.flatMap((finding) => [headline(finding, look), look.paint.dim(cutTo(`              ${place(finding)}`, look.width))]);
}

function headline({ id, severity, title, status }: DocumentFinding, { width, paint }: Look): string {
  const state = status === "NEW" || status === "NOTIFIED" ? "" : ` (${status.toLowerCase()})`;
  const room = width - id.length - severityColumns - 4;
  const label = severityPaint(severity, paint)(padTo(severity, severityColumns));
  return `${paint.bold(id)}  ${label}  ${cutTo(cleanText(title, 300) + state, Math.max(20, room))}`;
}

function place({ resource, owner, rule }: DocumentFinding): string {
  const whose = owner.team
    ? `owner ${cleanText(owner.team, 60)}${owner.source ? ` (${cleanText(owner.source, 60)})` : ""}`
    : "nobody owns it";
  return `${resource.region}  ${rule}  ${whose}`;
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `2 high   11 medium`, gravest first; `none` where there are none. */
export function severityCounts(findings: readonly { readonly severity: Severity }[]): string {
  const counts = severities.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity.toLowerCase()}`];
  });
  return counts.join("   ") || "none";
}
