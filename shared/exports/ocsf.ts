/**
 * Findings as events of the Open Cybersecurity Schema Framework 1.5.0: Vulnerability Finding (2002) for libraries, Compliance Finding (2003)
 * for everything else. Pure. Source: schema.ocsf.io/1.5.0, classes vulnerability_finding and compliance_finding, as of 2026-11-28.
 */
import type { DocumentFinding, ScanHeader } from "../model/document.ts";
import type { Confidence, Evidence, Severity } from "../model/finding.ts";
import { cleanText, hasUnsafeCharacters } from "../model/plain-text.ts";

export const ocsfVersion = "1.5.0";
const categoryUid = 2;
const complianceClass = 2003;
const vulnerabilityClass = 2002;

const severityIds: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  CRITICAL: [5, "Critical"],
  HIGH: [4, "High"],
  MEDIUM: [3, "Medium"],
  LOW: [2, "Low"],
  INFORMATIONAL: [1, "Informational"],
};

const confidenceIds: Readonly<Record<Confidence, readonly [id: number, caption: string]>> = {
  high: [3, "High"],
  medium: [2, "Medium"],
  low: [1, "Low"],
};

/** One event for each finding, in the order given. */
export function ocsf(findings: readonly DocumentFinding[], scan: ScanHeader): object[] {
  return findings.map((finding) => eventOf(finding, scan));
}

function eventOf(finding: DocumentFinding, scan: ScanHeader): object {
  const packages = isAboutPackage(finding);
  const classUid = packages ? vulnerabilityClass : complianceClass;
  const [activityId, activity] = activityOf(finding);
  const [severityId, severity] = severityIds[finding.severity];
  const [confidenceId, confidence] = confidenceIds[finding.confidence];
  const [statusId, status] = statusOf(finding);
  return {
    activity_id: activityId,
    activity_name: activity,
    category_uid: categoryUid,
    category_name: "Findings",
    class_uid: classUid,
    class_name: packages ? "Vulnerability Finding" : "Compliance Finding",
    type_uid: classUid * 100 + activityId,
    type_name: `${packages ? "Vulnerability Finding" : "Compliance Finding"}: ${activity}`,
    time: Date.parse(finding.changedAt),
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    confidence_id: confidenceId,
    confidence,
    message: cleanText(finding.title, 1000),
    ...(finding.acknowledged ? { comment: cleanText(finding.acknowledged.comment, 1000) } : {}),
    metadata: {
      version: ocsfVersion,
      product: { name: "Small Target", vendor_name: "Small Target", uid: "smalltarget" },
      uid: `${finding.id}@${finding.changedAt}`,
      profiles: ["cloud"],
      logged_time: Date.parse(scan.finishedAt),
    },
    cloud: {
      provider: "AWS",
      account: { uid: finding.resource.account, type: "AWS Account", type_id: 10 },
      region: finding.resource.region,
    },
    finding_info: {
      uid: finding.id,
      title: cleanText(finding.title, 500),
      desc: cleanText(`${finding.title}. ${finding.remediation.text}`, 2000),
      types: [finding.rule],
      created_time: Date.parse(finding.firstSeenAt),
      first_seen_time: Date.parse(finding.firstSeenAt),
      modified_time: Date.parse(finding.changedAt),
      analytic: { name: finding.rule, uid: finding.rule, type: "Rule", type_id: 1 },
    },
    resources: [resourceOf(finding, scan)],
    ...(packages
      ? { vulnerabilities: vulnerabilitiesOf(finding) }
      : { compliance: complianceOf(finding), remediation: remediationOf(finding) }),
    unmapped: unmapped(finding),
  };
}

/** A package with the names of its holes: a finding about advisories as such is none of a vulnerability. */
function isAboutPackage({ rule, evidence }: DocumentFinding): boolean {
  return rule.startsWith("library/") && textsOf(evidence.ids).length > 0;
}

function activityOf({ status, changedAt, firstSeenAt }: DocumentFinding): readonly [number, string] {
  if (status === "RESOLVED") return [3, "Close"];
  return changedAt === firstSeenAt ? [1, "Create"] : [2, "Update"];
}

function statusOf({ status }: DocumentFinding): readonly [number, string] {
  if (status === "RESOLVED") return [4, "Resolved"];
  return status === "SUPPRESSED" ? [3, "Suppressed"] : [1, "New"];
}

function resourceOf({ resource: { arn, name, type, region }, owner }: DocumentFinding, { partition }: ScanHeader): object {
  return {
    uid: cleanText(arn, 2048),
    name: cleanText(name, 500),
    type: cleanText(type, 200),
    region,
    cloud_partition: partition,
    ...(owner.team ? { owner: { name: cleanText(owner.team, 256) } } : {}),
  };
}

function complianceOf({ rule, status, title }: DocumentFinding): object {
  const passes = status === "RESOLVED";
  return {
    control: rule,
    standards: ["Small Target"],
    status_id: passes ? 1 : 3,
    status: passes ? "Pass" : "Fail",
    status_detail: cleanText(title, 500),
  };
}

function remediationOf({ remediation, references, id }: DocumentFinding): object {
  // a cut or cleaned command would do something else
  const commands = remediation.commands.filter((command) => command.length <= 4000 && !hasUnsafeCharacters(command)).slice(0, 10);
  return {
    desc: cleanText([remediation.text, ...commands, `More: smalltarget show ${id}`].join(" | "), 20_000),
    references: references.filter((reference) => /^https:\/\/[!-~]{1,500}$/.test(reference)),
  };
}

/** One for each hole: by its CVE where it has one, else by the advisory. */
function vulnerabilitiesOf(finding: DocumentFinding): object[] {
  const { evidence, severity, firstSeenAt } = finding;
  const names = [...textsOf(evidence.ids), ...textsOf(evidence.aliases)];
  const cves = names.filter((name) => /^CVE-\d{4}-\d{4,}$/.test(name));
  const holes = cves.length > 0 ? cves : textsOf(evidence.ids);
  return holes.map((uid) => ({
    ...(cves.length > 0 ? { cve: { uid } } : { advisory: { uid } }),
    title: uid,
    severity,
    first_seen_time: Date.parse(firstSeenAt),
    affected_packages: [packageOf(evidence)],
    is_fix_available: evidence.fixed !== null && evidence.fixed !== undefined,
    remediation: remediationOf(finding),
    vendor_name: "OSV",
  }));
}

function packageOf({ package: name, version, ecosystem, purl, fixed }: Evidence): object {
  return {
    name: textOf(name) || "unknown",
    version: textOf(version) || "unknown",
    ...(textOf(ecosystem) ? { package_manager: textOf(ecosystem) } : {}),
    ...(textOf(purl) ? { purl: textOf(purl) } : {}),
    ...(textOf(fixed) ? { fixed_in_version: textOf(fixed) } : {}),
  };
}

/** What the framework has no place for: the evidence by its own names. */
function unmapped({ evidence, owner }: DocumentFinding): object {
  return { evidence: cleanEvidence(evidence), ...(owner.source ? { owner_source: cleanText(owner.source, 200) } : {}) };
}

function cleanEvidence(evidence: Evidence): Evidence {
  const clean = (value: string) => cleanText(value, 1000);
  return Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => {
      if (typeof value === "string") return [name, clean(value)];
      return [name, Array.isArray(value) ? value.slice(0, 100).map(clean) : value];
    }),
  );
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string").map((one) => cleanText(one, 200)) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? cleanText(value, 500) : "";
}
