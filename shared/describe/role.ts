/**
 * Roles of IAM: who may assume them, and what of the inventory they may reach. Grants are added up per kind and ARN pattern;
 * wildcards stay, so that a role that may reach everything looks like one. Denials, boundaries and conditions are not weighed:
 * what a role really can do is never more than this. Pure.
 */
import { dataActions, type GrantKind } from "../data/data-actions.ts";
import { accountOf, bucketArnOf, parseArn, tableArnOf } from "../model/arn.ts";
import { type GraphRow, outside, type Relation } from "../model/graph.ts";
import type { Principal } from "../model/principal.ts";
import { listOf, type Statement } from "../policies/conditions.ts";
import { statementsOf } from "../policies/document.ts";
import { matches } from "../policies/match.ts";
import { grantsOf } from "../policies/policy.ts";

interface Place {
  readonly account: string;
  readonly partition: string;
  readonly now: Date;
}

/** Services that assume roles to work for the inventory; what people and servers may do is no relation of it. */
const serverless =
  /^(lambda|edgelambda|apigateway|appsync|cognito-idp|events|firehose|iot|pipes|scheduler|states|sns|dynamodb|s3|vpc-lattice)\./;

/** Users and groups come from dumps of accounts only: they are there, with their policies; what they may reach is no relation. */
export function describePrincipal(principal: Principal, place: Place): GraphRow {
  const { kind, arn, name, createdAt, tags, policies } = principal;
  if (kind === undefined) return describeRole(principal, place);
  const type = kind === "user" ? "AWS::IAM::User" : "AWS::IAM::Group";
  const details = { policies: policies.map((policy) => policy.name) };
  return { resource: { arn, type, name, region: "global", ...(createdAt ? { createdAt } : {}), tags, details }, relations: [], principal };
}

export function describeRole(role: Principal, place: Place): GraphRow {
  const { arn, name, createdAt, lastUsedAt, tags, policies, hasBoundary, unread } = role;
  const trust = trustOf(role, place);
  const concerned =
    trust.services.some((service) => serverless.test(service)) ||
    trust.federations.some(isCognito) ||
    trust.outside.includes(outside.internet);
  const assumed = trust.outside.map(
    (from): Relation => ({
      from,
      to: arn,
      kind: "assumes",
      auth: "cross-account",
      enabled: true,
      evidence: "iam:GetAccountAuthorizationDetails, trust policy",
    }),
  );
  return {
    resource: {
      arn,
      type: "AWS::IAM::Role",
      name,
      region: "global",
      ...(createdAt ? { createdAt } : {}),
      tags,
      details: {
        path: role.path,
        trustedServices: trust.services,
        trustedFederations: trust.federations,
        trustedOutside: trust.outside,
        trustsOwnAccount: trust.ownAccount,
        policies: policies.map((policy) => policy.name),
        hasBoundary,
        lastUsedAt: lastUsedAt ?? null,
        ...(unread.length > 0 ? { unread } : {}),
      },
    },
    relations: [...assumed, ...(concerned ? grantRelations(role, place) : [])],
    principal: role,
  };
}

function isCognito(federation: string): boolean {
  return federation.startsWith("cognito-identity.");
}

interface Trust {
  readonly services: readonly string[];
  readonly federations: readonly string[];
  /** `account:ID`, `organization:ID`, or `internet` where any AWS account is trusted. */
  readonly outside: readonly string[];
  /** People or roles of the account itself may take it. */
  readonly ownAccount: boolean;
}

function trustOf({ trustPolicy }: Principal, place: Place): Trust {
  const grants = grantsOf(trustPolicy, { ...place, signedOnly: true }, { action: "sts:AssumeRole" });
  const federations = statementsOf(trustPolicy).flatMap(({ Effect, Principal }) =>
    Effect === "Allow" ? listOf((Principal as { Federated?: unknown } | undefined)?.Federated) : [],
  );
  const who = [...new Set(grants.map((grant) => grant.who))];
  const principals = statementsOf(trustPolicy).flatMap(({ Effect, Principal }) =>
    Effect === "Allow" && typeof Principal === "object" ? listOf((Principal as { AWS?: unknown } | null)?.AWS) : [],
  );
  return {
    services: who.filter((one) => one.startsWith("service:")).map((one) => one.slice("service:".length)),
    federations: [...new Set(federations)],
    outside: who.filter((one) => one === outside.internet || !one.startsWith("service:")),
    ownAccount: principals.some((one) => one === place.account || accountOf(one) === place.account),
  };
}

function grantRelations(role: Principal, { partition }: Place): Relation[] {
  const found = new Map<string, Relation>();
  for (const { name, document } of role.policies) {
    for (const statement of statementsOf(document)) {
      if (statement.Effect !== "Allow") continue;
      const evidence = `iam:GetAccountAuthorizationDetails, policy ${name}`;
      for (const { kind, to } of reachOf(statement, partition)) {
        const key = `${kind} ${to}`;
        if (!found.has(key)) found.set(key, { from: role.arn, to, kind, auth: "iam", enabled: true, evidence });
      }
    }
  }
  return [...found.values()];
}

/** Kinds and ARN patterns that a statement opens. NotAction and NotResource open everything but little: they count as everything. */
function reachOf(statement: Statement, partition: string): { readonly kind: GrantKind; readonly to: string }[] {
  const actions = statement.NotAction === undefined ? listOf(statement.Action).map((action) => action.toLowerCase()) : ["*"];
  const resources = statement.Resource === undefined ? ["*"] : listOf(statement.Resource);
  const everything = actions.includes("*") && resources.includes("*");
  return Object.entries(dataActions).flatMap(([service, kinds]) =>
    Object.entries(kinds).flatMap(([kind, members]) => {
      const covered = members.some((member) => actions.some((action) => matches(action, `${service}:${member}`.toLowerCase())));
      if (!covered) return [];
      return resources.flatMap((resource) => {
        const to = everything ? "*" : targetPattern(resource, service, partition);
        return to ? [{ kind: kind as GrantKind, to }] : [];
      });
    }),
  );
}

/** The pattern of the resource that the inventory knows: the bucket of an object, the table of an index, the function of an alias. */
function targetPattern(resource: string, service: string, partition: string): string | undefined {
  if (resource === "*") return `arn:${partition}:${service}:*`;
  const parts = parseArn(resource);
  if (!parts) return undefined;
  if (!matches(parts.service, service)) return undefined;
  if (service === "s3") return bucketArnOf(resource);
  if (service === "dynamodb") return tableArnOf(resource);
  if (service === "lambda") return resource.split(":").slice(0, 7).join(":");
  return resource;
}
