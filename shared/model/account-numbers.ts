/** An account in five numbers: what a person asks first, and what is to fall from scan to scan. */
import type { DocumentFinding, FunctionFacts, ScanDocument } from "./document.ts";
import { isOpen } from "./document-finding.ts";
import { type Severity, severities } from "./finding.ts";

/** Null: this scan could not tell, or nobody looked. */
export interface AccountNumbers {
  /** Open findings that nobody decided to live with. */
  readonly openBySeverity: Readonly<Record<Severity, number>>;
  /** Functions that anybody on the internet reaches, straight or through other resources. */
  readonly reachable: number | null;
  /** Resources that an open finding calls unused. */
  readonly unused: number | null;
  /** Functions whose role an open finding calls too powerful. */
  readonly overPrivileged: number | null;
  /** Functions with a library of which a hole is known. */
  readonly vulnerable: number | null;
}

/** The numbers of one scan. */
export interface NumbersAt {
  /** When the scan began. ISO 8601. */
  readonly at: string;
  readonly numbers: AccountNumbers;
}

/** What of a document the numbers are made of. */
export type NumbersDocument = Pick<ScanDocument, "functions" | "findings" | "roles">;

const unusedRule = /^(?!iam\/)[\w-]+\/(unused|never-invoked|only-warmed|unreferenced|orphaned-log)/;
const powerRule = /^iam\/(admin-function-role|excess-permissions|privilege-escalation)$/;
const libraryRule = /^library\/(vulnerable|malicious)$/;

/** True for a finding that calls a resource unused. */
export function saysUnused({ rule }: Pick<DocumentFinding, "rule">): boolean {
  return unusedRule.test(rule);
}

/** True for a finding that calls a role too powerful. */
export function saysOverPrivileged({ rule }: Pick<DocumentFinding, "rule">): boolean {
  return powerRule.test(rule);
}

/** True for a finding about a library with a known hole, or one that was made to harm. */
export function saysVulnerable({ rule }: Pick<DocumentFinding, "rule">): boolean {
  return libraryRule.test(rule);
}

/** Counts; what was not looked at is null, never 0. */
export function accountNumbers({ functions, findings, roles }: NumbersDocument): AccountNumbers {
  const open = findings.filter(isOpen);
  const counted = new Map(severities.map((severity) => [severity, 0]));
  for (const { severity } of open) counted.set(severity, (counted.get(severity) ?? 0) + 1);
  const used = functions.some(({ lastInvocation }) => lastInvocation.state !== "unknown");
  const [powerful, vulnerable] = [saidOf(open, saysOverPrivileged), saidOf(open, saysVulnerable)];
  return {
    openBySeverity: Object.fromEntries(counted) as AccountNumbers["openBySeverity"],
    reachable: functions.length > 0 && functions.every(({ exposure }) => !exposure) ? null : functions.filter(isReachable).length,
    unused: functions.length > 0 && !used ? null : saidOf(open, saysUnused).size,
    overPrivileged: roles === undefined ? null : functions.filter((one) => isOverPrivileged(one, powerful)).length,
    vulnerable:
      vulnerable.size > 0 || functions.some(({ libraries }) => libraries?.vulnerable)
        ? functions.filter((one) => isVulnerable(one, vulnerable)).length
        : null,
  };
}

/** ARNs of the resources of which an open finding says so. */
export function saidOf(
  findings: readonly Pick<DocumentFinding, "rule" | "status" | "resource">[],
  says: (finding: Pick<DocumentFinding, "rule">) => boolean,
): ReadonlySet<string> {
  return new Set(findings.filter((finding) => isOpen(finding) && says(finding)).map(({ resource }) => resource.arn));
}

/** By a finding about the function itself or about its role. @param powerful saidOf(..., saysOverPrivileged) */
export function isOverPrivileged({ arn, roleArn }: Pick<FunctionFacts, "arn" | "roleArn">, powerful: ReadonlySet<string>): boolean {
  return powerful.has(arn) || powerful.has(roleArn);
}

/** By a finding about its code, or by what the scan says of its libraries. @param found saidOf(..., saysVulnerable) */
export function isVulnerable({ arn, libraries }: Pick<FunctionFacts, "arn" | "libraries">, found: ReadonlySet<string>): boolean {
  return found.has(arn) || Object.keys(libraries?.vulnerable ?? {}).length > 0;
}

/** Anybody on the internet reaches it, straight or through other resources. */
export function isReachable({ exposure }: { readonly exposure?: { readonly level: string; readonly indirectLevel?: string } }): boolean {
  return exposure?.level === "internet-anonymous" || exposure?.indirectLevel === "internet-anonymous";
}
