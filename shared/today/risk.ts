/** How much risk a finding stands for: severity x exposure x confidence. Numbers to compare findings with, not a measure of anything. Pure. */
import type { DocumentExposure, DocumentFinding, ScanDocument } from "../model/document.ts";
import type { Confidence, Severity } from "../model/finding.ts";
import type { ExposureLevel } from "../model/graph.ts";

/** A severity weighs as much as three findings of the next one. */
export const severityWeight: Readonly<Record<Severity, number>> = { CRITICAL: 90, HIGH: 30, MEDIUM: 10, LOW: 3, INFORMATIONAL: 1 };

/** What is not known neither adds nor takes away. */
export const exposureFactor: Readonly<Record<ExposureLevel, number>> = {
  "internet-anonymous": 2,
  "internet-authenticated": 1.5,
  "cross-account": 1.5,
  internal: 1,
  none: 1,
  unknown: 1,
};

export const confidenceFactor: Readonly<Record<Confidence, number>> = { high: 1, medium: 0.7, low: 0.4 };

/** What makes the risk of one finding. */
export interface Risk {
  readonly severity: Severity;
  readonly exposure: ExposureLevel;
  readonly confidence: Confidence;
  /** Product of the three factors. */
  readonly risk: number;
}

/** What of a document tells how open something is. */
export type ExposedParts = Pick<ScanDocument, "functions" | "resources">;

/** The exposure of what a finding is about: of the resource, of the functions that have the role, or as the rule found it. */
export function exposureLookup({ functions, resources }: ExposedParts): (finding: DocumentFinding) => ExposureLevel {
  const known = new Map<string, ExposureLevel>();
  const note = (arn: string, level: ExposureLevel) => known.set(arn, opener(known.get(arn), level));
  for (const { arn, exposure } of resources) note(arn, levelOf(exposure));
  for (const { arn, roleArn, exposure } of functions) {
    if (exposure) for (const one of [arn, roleArn]) note(one, levelOf(exposure));
  }
  return ({ resource, evidence }) => {
    const said = isLevel(evidence.exposure) ? evidence.exposure : undefined;
    return opener(known.get(resource.arn), said ?? "unknown");
  };
}

/** The risk of a finding that is as open as `exposure` says. */
export function riskOf({ severity, confidence }: DocumentFinding, exposure: ExposureLevel): Risk {
  // two digits: 31.5, not 31.499999999999996
  const risk = Math.round(severityWeight[severity] * exposureFactor[exposure] * confidenceFactor[confidence] * 100) / 100;
  return { severity, exposure, confidence, risk };
}

function levelOf({ level, indirectLevel }: DocumentExposure): ExposureLevel {
  return opener(indirectLevel, level);
}

/** The more open of two; what is known wins over what is not. */
function opener(one: ExposureLevel | undefined, other: ExposureLevel): ExposureLevel {
  if (one === undefined || one === "unknown") return other;
  if (other === "unknown") return one;
  const order = Object.keys(exposureFactor);
  return order.indexOf(one) <= order.indexOf(other) ? one : other;
}

function isLevel(value: unknown): value is ExposureLevel {
  return typeof value === "string" && Object.hasOwn(exposureFactor, value);
}
