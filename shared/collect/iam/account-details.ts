/** What GetAccountAuthorizationDetails answers, as principals with the texts of their policies: of AWS's answer, and of a file that holds it. */

import type { AttachedPolicy, GetAccountAuthorizationDetailsResponse, ManagedPolicyDetail, PolicyDetail, Tag } from "@aws-sdk/client-iam";
import { wellKnownPolicies } from "../../data/well-known-policies.ts";
import { accountOf } from "../../model/arn.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { PolicyText, Principal } from "../../model/principal.ts";
import { tagsOf } from "../contract/tag-pairs.ts";

/** All pages of the answer together; what was not asked for is absent. */
export type AccountDetails = Pick<
  GetAccountAuthorizationDetailsResponse,
  "RoleDetailList" | "UserDetailList" | "GroupDetailList" | "Policies"
>;

type Managed = Omit<PolicyText, "name">;
type ManagedPolicies = ReadonlyMap<string, Managed>;

interface Detail {
  readonly Arn?: string | undefined;
  readonly Path?: string | undefined;
  readonly CreateDate?: Date | string | undefined;
  readonly Tags?: Tag[] | undefined;
  readonly AttachedManagedPolicies?: AttachedPolicy[] | undefined;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string | undefined } | undefined;
}

/** The texts of managed policies may come on later pages than the roles that use them: all pages are needed. */
export function principalsIn({
  RoleDetailList = [],
  UserDetailList = [],
  GroupDetailList = [],
  Policies = [],
}: AccountDetails): Principal[] {
  const managed = new Map(Policies.flatMap((policy) => managedOf(policy)));
  const roles = RoleDetailList.map((role): Principal => {
    const lastUsed = role.RoleLastUsed?.LastUsedDate;
    return {
      ...detailOf(role, role.RoleName, 64, role.RolePolicyList, managed),
      ...(lastUsed ? { lastUsedAt: isoOf(lastUsed) } : {}),
      trustPolicy: documentText(role.AssumeRolePolicyDocument),
      ...(role.InstanceProfileList ? { instanceProfiles: role.InstanceProfileList.length } : {}),
    };
  });
  const groups = GroupDetailList.map((group): Principal => {
    return { kind: "group", ...detailOf(group, group.GroupName, 128, group.GroupPolicyList, managed), trustPolicy: "" };
  });
  const byName = new Map(groups.map((group) => [group.name, group]));
  const users = UserDetailList.map((user): Principal => {
    const detail = detailOf(user, user.UserName, 64, user.UserPolicyList, managed);
    const own = (user.GroupList ?? []).flatMap((name) => byName.get(name) ?? []);
    const lost = (user.GroupList ?? []).filter((name) => !byName.has(name)).map((name) => `group ${name}`);
    const inherited = own.flatMap((group) => group.policies.map((policy) => ({ ...policy, group: group.arn })));
    return {
      kind: "user",
      ...detail,
      trustPolicy: "",
      policies: [...detail.policies, ...inherited],
      groups: own.map(({ arn }) => arn),
      unread: [...detail.unread, ...own.flatMap(({ unread }) => unread), ...lost],
    };
  });
  return [...roles, ...users, ...groups].filter(({ arn }) => arn !== "");
}

function detailOf(
  detail: Detail,
  name: string | undefined,
  longest: number,
  inlinePolicies: readonly PolicyDetail[] | undefined,
  managed: ManagedPolicies,
): Omit<Principal, "trustPolicy" | "kind"> {
  const { Arn = "", Path, CreateDate, Tags, AttachedManagedPolicies = [], PermissionsBoundary } = detail;
  const inline = (inlinePolicies ?? []).flatMap(({ PolicyName, PolicyDocument }): PolicyText[] =>
    PolicyDocument ? [{ name: cleanText(PolicyName ?? "", 128), document: documentText(PolicyDocument) }] : [],
  );
  const attached = AttachedManagedPolicies.map((policy) => ({ name: nameOf(policy), text: textOf(policy.PolicyArn, managed) }));
  const boundaryArn = PermissionsBoundary?.PermissionsBoundaryArn ?? "";
  const boundary = textOf(boundaryArn, managed)?.document;
  return {
    arn: Arn,
    name: cleanText(name ?? Arn, longest),
    path: Path ?? "/",
    ...(CreateDate ? { createdAt: isoOf(CreateDate) } : {}),
    tags: tagsOf(Tags),
    policies: [...inline, ...attached.flatMap(({ name: its, text }) => (text ? [{ name: its, ...text }] : []))],
    hasBoundary: PermissionsBoundary !== undefined,
    ...(PermissionsBoundary ? { boundary: { arn: boundaryArn, ...(boundary === undefined ? {} : { document: boundary }) } } : {}),
    unread: attached.filter(({ text }) => !text).map((one) => `policy ${one.name}`),
  };
}

function textOf(arn: string | undefined, managed: ManagedPolicies): Managed | undefined {
  const known = managed.get(arn ?? "");
  if (known || !arn) return known;
  const document = wellKnownPolicies[arn.replace(/^arn:aws[\w-]*:iam::aws:policy\//, "")];
  return document === undefined || !/^arn:aws[\w-]*:iam::aws:/.test(arn) ? undefined : { arn, document };
}

/** Of the versions of a policy the one in force, and beside it those that somebody could put in force. */
function managedOf({ Arn, DefaultVersionId, PolicyVersionList = [] }: ManagedPolicyDetail): [string, Managed][] {
  const inForce = PolicyVersionList.find(({ IsDefaultVersion, VersionId }) => IsDefaultVersion ?? VersionId === DefaultVersionId);
  if (!Arn || !inForce?.Document) return [];
  const others = PolicyVersionList.flatMap((one) =>
    one === inForce || !one.Document || isOfAws(Arn) ? [] : [{ version: one.VersionId ?? "", document: documentText(one.Document) }],
  );
  return [[Arn, { arn: Arn, document: documentText(inForce.Document), ...(others.length > 0 ? { otherVersions: others } : {}) }]];
}

function isOfAws(arn: string): boolean {
  return accountOf(arn) === "aws";
}

function nameOf({ PolicyName, PolicyArn }: AttachedPolicy): string {
  return cleanText(PolicyName ?? PolicyArn ?? "", 128);
}

/** AWS answers a date, a file has its text. */
function isoOf(date: Date | string): string {
  const at = new Date(date);
  return Number.isNaN(at.getTime()) ? new Date(0).toISOString() : at.toISOString();
}

/** IAM answers policies URL-encoded; the command line prints them as objects. */
function documentText(document: unknown): string {
  if (typeof document !== "string") return document === undefined ? "" : JSON.stringify(document);
  if (!document.startsWith("%")) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
