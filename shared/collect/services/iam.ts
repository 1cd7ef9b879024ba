/** Roles with their policies, in one sweep of the account: no call per role or policy. */
import { type AttachedPolicy, GetAccountAuthorizationDetailsCommand, type ManagedPolicyDetail, type RoleDetail } from "@aws-sdk/client-iam";
import { pages } from "../../aws/paginate.ts";
import type { Role } from "../../describe/role.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type CollectContext, collectPart } from "../collector.ts";
import { tagsOf } from "../tag-pairs.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const iamCollector: ServiceCollector<"iam"> = {
  name: "iam",
  scope: "account",
  readerVersion: 1,
  actions: ["iam:GetAccountAuthorizationDetails"],
  reads: "roles with their trust, their policies and when they were last used; no users or groups",
  collect(context) {
    return collectPart<Role>("iam", context.region, async (sink) => {
      const policies = new Map<string, string>();
      const roles: RoleDetail[] = [];
      try {
        // the texts of managed policies may come on later pages than the roles that use them
        await sweep(context, roles, policies);
      } catch (error) {
        sink.missList(error);
      }
      for (const role of roles) if (role.Arn) sink.push(toRole(role, policies));
    });
  },
};

async function sweep({ clients, region }: CollectContext, roles: RoleDetail[], policies: Map<string, string>): Promise<void> {
  const list = pages(
    (Marker) =>
      clients.iam(region).send(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ["Role", "LocalManagedPolicy", "AWSManagedPolicy"],
          MaxItems: 1000,
          ...(Marker ? { Marker } : {}),
        }),
      ),
    (page) => (page.IsTruncated ? page.Marker : undefined),
  );
  for await (const page of list) {
    roles.push(...(page.RoleDetailList ?? []));
    for (const policy of page.Policies ?? []) keepDefault(policy, policies);
  }
}

/** Of all versions only the one in force. */
function keepDefault({ Arn, DefaultVersionId, PolicyVersionList = [] }: ManagedPolicyDetail, policies: Map<string, string>): void {
  const inForce = PolicyVersionList.find(({ IsDefaultVersion, VersionId }) => IsDefaultVersion ?? VersionId === DefaultVersionId);
  if (Arn && inForce?.Document) policies.set(Arn, decoded(inForce.Document));
}

function toRole(role: RoleDetail, policies: ReadonlyMap<string, string>): Role {
  const { Arn = "", RoleName, Path, CreateDate, RoleLastUsed, AssumeRolePolicyDocument, PermissionsBoundary } = role;
  const inline = (role.RolePolicyList ?? []).flatMap(({ PolicyName, PolicyDocument }) =>
    PolicyDocument ? [{ name: cleanText(PolicyName ?? "", 128), document: decoded(PolicyDocument) }] : [],
  );
  const attached = (role.AttachedManagedPolicies ?? []).map((policy) => ({
    name: nameOf(policy),
    document: policies.get(policy.PolicyArn ?? ""),
  }));
  return {
    arn: Arn,
    name: cleanText(RoleName ?? Arn, 64),
    path: Path ?? "/",
    ...(CreateDate ? { createdAt: CreateDate.toISOString() } : {}),
    ...(RoleLastUsed?.LastUsedDate ? { lastUsedAt: RoleLastUsed.LastUsedDate.toISOString() } : {}),
    tags: tagsOf(role.Tags),
    trustPolicy: decoded(AssumeRolePolicyDocument ?? ""),
    policies: [...inline, ...attached.flatMap(({ name, document }) => (document ? [{ name, document }] : []))],
    hasBoundary: PermissionsBoundary !== undefined,
    unread: attached.filter(({ document }) => !document).map(({ name }) => `policy ${name}`),
  };
}

function nameOf({ PolicyName, PolicyArn }: AttachedPolicy): string {
  return cleanText(PolicyName ?? PolicyArn ?? "", 128);
}

/** IAM answers policies URL-encoded. */
function decoded(document: string): string {
  if (!document.startsWith("%")) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
