/** A finding as receivers get it: data for programs, with nothing in a text that could move or hide others. Only ever added to. */
import type { Evidence, EvidenceValue, PendingFinding, Severity, ToldStatus, Transition } from "../model/finding.ts";
import { toldStatus } from "../model/outbox.ts";
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";

/** Grows with every change that a reader could trip over; what is only added leaves it. */
export const messageSchemaVersion = 1;

export interface FindingJson {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: string;
  readonly status: ToldStatus;
  readonly title: string;
  readonly resource: {
    readonly arn: string;
    readonly type: string;
    readonly name: string;
    readonly account: string;
    readonly region: string;
  };
  readonly owner: { readonly team?: string; readonly env?: string; readonly source?: string };
  readonly firstSeenAt: string;
  readonly changedAt: string;
  /** What this receiver hears of it. */
  readonly change: ChangeJson;
  /** Absent where there was no room: then `shortened` is true. */
  readonly evidence?: Evidence;
  readonly remediation?: { readonly text: string; readonly commands: readonly string[] };
  readonly references?: readonly string[];
  readonly shortened?: true;
}

export interface ChangeJson {
  readonly transition: Transition;
  readonly at: string;
  /** Severity that this receiver knew before. */
  readonly from?: Severity;
  readonly to: Severity;
  /** It was there before the receiver was, or at the first look. */
  readonly baseline: boolean;
  /** CRITICAL or HIGH, and new or graver than before. */
  readonly urgent: boolean;
  /** It is open, but this receiver is not told of it any more: for the receiver, as if it were resolved. */
  readonly moved?: true;
}

/** @param channel whose knowledge `from` is */
export function findingJson(finding: PendingFinding, channel: string): FindingJson {
  return { ...shortFinding(finding, channel), ...details(finding) };
}

/** Without evidence, remediation and references. */
export function shortFinding(finding: PendingFinding, channel: string): FindingJson {
  const { resource, owner, pending } = finding;
  const from = finding.told?.[channel]?.severity;
  return {
    id: finding.id,
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    status: pending.left ? "open" : toldStatus(finding),
    title: cleanText(finding.title, 500),
    resource: {
      arn: cleanText(resource.arn, 2048),
      type: cleanText(resource.type, 100),
      name: cleanText(resource.name, 512),
      account: cleanText(resource.account, 40),
      region: cleanText(resource.region, 40),
    },
    owner: {
      ...(owner.team === undefined ? {} : { team: cleanText(owner.team, 256) }),
      ...(owner.env === undefined ? {} : { env: cleanText(owner.env, 256) }),
      ...(owner.source === undefined ? {} : { source: cleanText(owner.source, 256) }),
    },
    firstSeenAt: finding.firstSeenAt,
    changedAt: finding.changedAt,
    change: {
      transition: pending.transition,
      at: pending.at,
      ...(from === undefined ? {} : { from }),
      to: finding.severity,
      baseline: pending.baseline,
      urgent: pending.urgent,
      ...(pending.left ? { moved: true as const } : {}),
    },
  };
}

function details({ evidence, remediation, references }: PendingFinding) {
  return {
    evidence: Object.fromEntries(Object.entries(evidence).map(([name, value]) => [cleanText(name, 100), cleanValue(value)])),
    remediation: {
      text: cleanText(remediation.text, 4000),
      // a command that was cleaned would do something else
      commands: remediation.commands.filter((command) => !hasUnsafeCharacters(command)),
    },
    references: references.map((reference) => cleanText(reference, 500)),
  };
}

function cleanValue(value: EvidenceValue): EvidenceValue {
  if (typeof value === "string") return cleanText(value, 2048);
  return Array.isArray(value) ? value.map((item) => cleanText(item, 2048)) : value;
}

/**
 * As many findings whole as fit into `bytes` of JSON, the rest shortened, then in the order given. The first ones count most.
 */
export function findingsWithin(findings: readonly PendingFinding[], channel: string, bytes: number): FindingJson[] {
  let left = bytes - findings.reduce((sum, finding) => sum + jsonBytes({ ...shortFinding(finding, channel), shortened: true }) + 1, 0);
  return findings.map((finding) => {
    const whole = findingJson(finding, channel);
    const short = shortFinding(finding, channel);
    const more = jsonBytes(whole) - jsonBytes(short);
    if (more > left) return { ...short, shortened: true };
    left -= more;
    return whole;
  });
}

export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
