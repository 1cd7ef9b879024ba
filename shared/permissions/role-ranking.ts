/** Functions by the risk of their roles: what each may do against what it needs, and what to do first. Pure. */
import type { FunctionRole } from "../model/document.ts";
import { type Finding, severityRank } from "../model/finding.ts";
import type { RoleAccess, RoleUser } from "../model/role-access.ts";
import { type JudgedRole, judgedRole, needUnknownBecause, type RiskSettings, worstExposure } from "./role-risk.ts";

const worstAtMost = 5;

/** The first thing to do about each kind of finding, gravest kinds first. */
const firstSteps: Readonly<Record<string, string>> = {
  "iam/admin-function-role": "take its administrator rights away",
  "iam/privilege-escalation": "close its way to more rights",
  "iam/missing-permission": "allow what it needs",
  "iam/shared-function-role": "give it a role of its own",
  "iam/excess-permissions": "narrow its role",
  "iam/unused-service-access": "take unused services away",
  "iam/unknown-action": "mend the name of an action",
};

/**
 * @param findings of this scan
 * @returns riskiest first; what is not known before what is harmless
 */
export function rankRoles(
  users: readonly RoleUser[],
  accessOf: (arn: string) => RoleAccess | undefined,
  findings: readonly Finding[],
  settings: RiskSettings,
): FunctionRole[] {
  const byResource = Map.groupBy(
    findings.filter(({ rule }) => firstSteps[rule]),
    ({ resource }) => resource.arn,
  );
  const judged = new Map<RoleAccess, JudgedRole>();
  const rows = users.flatMap((user): FunctionRole[] => {
    const { arn, roleArn } = user.facts;
    const access = accessOf(roleArn);
    if (!access) return [];
    const role = judged.get(access) ?? judgedRole(access, settings);
    judged.set(access, role);
    return [rowOf(user, access, role, [...(byResource.get(arn) ?? []), ...(byResource.get(roleArn) ?? [])])];
  });
  const weight = ({ risk }: FunctionRole) => risk?.score ?? 0.5;
  return rows.toSorted((a, b) => weight(b) - weight(a) || (b.allowed ?? 0) - (a.allowed ?? 0) || (a.functionArn < b.functionArn ? -1 : 1));
}

function rowOf(user: RoleUser, access: RoleAccess, judged: JudgedRole, findings: readonly Finding[]): FunctionRole {
  const { arn, name, region, roleArn } = user.facts;
  const first = firstOf(findings);
  const known = "excess" in judged ? judged : undefined;
  const own = new Set((user.need?.needs ?? []).map(({ action }) => action.toLowerCase()));
  return {
    functionArn: arn,
    function: name,
    region,
    roleArn,
    role: access.principal.name,
    sharedWith: (access.functions ?? []).filter(({ facts }) => facts.arn !== arn).map(({ facts }) => facts.name),
    allowed: access.grant.actions.length,
    needed: needUnknownBecause([user]) ? null : access.grant.actions.filter((action) => own.has(action.toLowerCase())).length,
    inExcess: known ? known.excess.actions.length : null,
    worst: known?.excess.actions.slice(0, worstAtMost).map(({ action }) => action) ?? [],
    exposure: worstExposure([user]) ?? "unknown",
    risk: known?.risk ?? null,
    ...("unknown" in judged ? { unknown: judged.unknown } : {}),
    ...(first ? { first } : {}),
  };
}

function firstOf(findings: readonly Finding[]): FunctionRole["first"] {
  const order = Object.keys(firstSteps);
  const [gravest] = findings.toSorted(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || order.indexOf(a.rule) - order.indexOf(b.rule),
  );
  const what = gravest && firstSteps[gravest.rule];
  return gravest && what ? { what, command: gravest.remediation.commands[0] ?? `smalltarget show ${gravest.id}` } : undefined;
}
