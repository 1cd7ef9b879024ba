/**
 * A finding in the AWS Security Finding Format, within its limits: for Security Hub's BatchImportFindings, and as an export. Pure.
 * Source of the limits: "AWS Security Finding Format (ASFF)" of the AWS Security Hub CSPM user guide and the API reference of
 * BatchImportFindings, as of 2026-11-27.
 */
import type { DocumentFinding } from "../model/document.ts";
import type { Confidence, Evidence, Severity } from "../model/finding.ts";
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";
import { isRegionName } from "../model/region-name.ts";
import { asffDetailsOf, asffTypeOf } from "./resource-type.ts";

/** The hub that takes the finding. */
export interface Hub {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

export interface AsffFinding {
  readonly SchemaVersion: "2018-10-08";
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly FirstObservedAt: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Title: string;
  readonly Description: string;
  readonly Remediation: { readonly Recommendation: { readonly Text: string; readonly Url?: string } };
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly Resources: AsffResource[];
  readonly RecordState: "ACTIVE" | "ARCHIVED";
  /** Counts for a finding that is new to the hub only: later its users own it, and BatchUpdateFindings writes it. */
  readonly Workflow?: { readonly Status: "SUPPRESSED" };
  /** It is there to try the hub. */
  readonly Sample?: true;
  /** Severity, types and confidence stand here only: the top-level ones belong to the hub's users. */
  readonly FindingProviderFields: {
    readonly Severity: { readonly Label: Severity; readonly Original: string };
    readonly Types: string[];
    readonly Confidence: number;
  };
}

const partitions = ["aws", "aws-cn", "aws-us-gov"] as const;
type Partition = (typeof partitions)[number];

export interface AsffResource {
  readonly Type: string;
  readonly Id: string;
  /** Left out where the format does not know the partition. */
  readonly Partition?: Partition;
  readonly Region?: string;
  readonly Details?: Readonly<Record<string, object>>;
}

/** A resolved finding is archived; one that somebody accepted is suppressed. Times are those of the finding, so that a repetition is the same. */
export function asff(finding: DocumentFinding, hub: Hub): AsffFinding {
  const { remediation, references } = finding;
  const show = `smalltarget show ${finding.id}`;
  const url = references.find((reference) => /^https:\/\/[!-~]{1,500}$/.test(reference));
  return {
    SchemaVersion: "2018-10-08",
    Id: asffId(finding.id),
    ProductArn: productArn(hub),
    ProductName: "Small Target",
    GeneratorId: `smalltarget/${cleanText(finding.rule, 400)}`,
    AwsAccountId: hub.account,
    FirstObservedAt: finding.firstSeenAt,
    CreatedAt: finding.firstSeenAt,
    UpdatedAt: finding.changedAt,
    Title: text(finding.title, 256),
    Description: text(descriptionOf(finding), 1024),
    Remediation: {
      Recommendation: { Text: text(`${cleanText(remediation.text, 440)} More: ${show}`, 512), ...(url ? { Url: url } : {}) },
    },
    ProductFields: productFields(finding),
    Resources: [asffResource(finding, hub)],
    RecordState: finding.status === "RESOLVED" ? "ARCHIVED" : "ACTIVE",
    ...(finding.status === "SUPPRESSED" ? { Workflow: { Status: "SUPPRESSED" } } : {}),
    FindingProviderFields: {
      Severity: { Label: finding.severity, Original: finding.severity },
      Types: typesOf(finding.rule),
      Confidence: confidences[finding.confidence],
    },
  };
}

/** The same in every scan and every hub. */
export function asffId(findingId: string): string {
  return `smalltarget/${findingId}`;
}

/** The default product of an account: what is sent under it needs no registration. */
export function productArn({ partition, account, region }: Hub): string {
  return `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;
}

const confidences: Readonly<Record<Confidence, number>> = { high: 90, medium: 60, low: 30 };

function typesOf(rule: string): string[] {
  const vulnerable = rule.startsWith("library/");
  return [`Software and Configuration Checks/${vulnerable ? "Vulnerabilities" : "AWS Security Best Practices"}`];
}

function descriptionOf({ title, resource, owner, firstSeenAt, evidence }: DocumentFinding): string {
  const where = resource.region === "global" ? "" : ` in ${cleanText(resource.region, 40)}`;
  const whose = owner.team ? `Owner: ${cleanText(owner.team, 100)}.` : "Nobody owns it.";
  const seen = Object.entries(evidence)
    .slice(0, 12)
    .map(([name, value]) => `${cleanText(name, 40)} ${cleanText(valueText(value), 80)}`);
  return [
    `${cleanText(title, 300)} (${cleanText(resource.name, 140)}${where}).`,
    whose,
    `Since ${firstSeenAt.slice(0, 10)}.`,
    ...(seen.length > 0 ? [`Evidence: ${seen.join("; ")}.`] : []),
  ].join(" ");
}

/** At most 50 entries (ASFF); names of up to 128, values of up to 2,048 characters, none of them empty. */
function productFields({ id, rule, owner, evidence, remediation, resource }: DocumentFinding): Record<string, string> {
  const fields: (readonly [string, string])[] = [
    ["finding", id],
    ["rule", rule],
    ["resourceName", resource.name],
    ["resourceType", resource.type],
    ["owner", owner.team ?? ""],
    ["ownerSource", owner.source ?? ""],
    ["env", owner.env ?? ""],
    ...Object.entries(evidence)
      .slice(0, 30)
      .map(([name, value]) => [`evidence/${name}`, valueText(value)] as const),
    // a cut or cleaned command would do something else
    ...remediation.commands
      .slice(0, 6)
      .filter((command) => command.length <= 2048 && !hasUnsafeCharacters(command))
      .map((command, index) => [`command/${index + 1}`, command] as const),
  ];
  return Object.fromEntries(
    fields.flatMap(([name, value]) => {
      const cut = name.startsWith("command/") ? value : cleanText(value, 1000);
      return cut === "" ? [] : [[`smalltarget/${cleanText(name, 100)}`, cut]];
    }),
  );
}

function asffResource({ resource }: DocumentFinding, { partition }: Hub): AsffResource {
  const { arn, region, account } = resource;
  const known = partitions.find((one) => one === partition);
  const details = asffDetailsOf({ type: cleanText(resource.type, 200), name: text(resource.name, 500), arn: text(arn, 512) });
  return {
    Type: asffTypeOf(resource),
    // as Security Hub names the account in findings of its own
    Id: resource.type === "AWS::::Account" ? `AWS::::Account:${account}` : text(arn, 512),
    ...(known ? { Partition: known } : {}),
    ...(isRegionName(region) ? { Region: region } : {}),
    ...(details ? { Details: details } : {}),
  };
}

function valueText(value: Evidence[string]): string {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

/** Cleaned and cut; the format takes no empty text. */
function text(value: string, maxLength: number): string {
  return cleanText(value, maxLength) || "-";
}
