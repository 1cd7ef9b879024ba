/** Cognito: user pools with the functions they start, identity pools with the roles they hand out. No users are read. */
import {
  DescribeIdentityPoolCommand,
  GetIdentityPoolRolesCommand,
  type IdentityPoolShortDescription,
  ListIdentityPoolsCommand,
} from "@aws-sdk/client-cognito-identity";
import {
  DescribeUserPoolCommand,
  type LambdaConfigType,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  type UserPoolDescriptionType,
} from "@aws-sdk/client-cognito-identity-provider";
import { pages } from "../../aws/paginate.ts";
import type { IdentityPoolRoles, IdentityPoolSettings, UserPoolRead } from "../../describe/cognito.ts";
import type { CognitoAnswer } from "../../describe/services/cognito.ts";
import { cleanText } from "../../model/plain-text.ts";
import { cleanTags } from "../apigateway/api-domains.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const cognitoCollector: ServiceCollector<"cognito"> = {
  name: "cognito",
  scope: "region",
  readerVersion: 1,
  actions: [
    "cognito-idp:ListUserPools",
    "cognito-idp:DescribeUserPool",
    "cognito-idp:ListUserPoolClients",
    "cognito-identity:ListIdentityPools",
    "cognito-identity:DescribeIdentityPool",
    "cognito-identity:GetIdentityPoolRoles",
  ],
  reads: "user pools with their triggers, sign-up settings and ids of clients, identity pools with their roles; no users",
  collect(context) {
    return collectPart<CognitoAnswer>("cognito", context.region, async (sink) => {
      // either can be read without the other
      await readUserPools(context, sink).catch(sink.missList);
      await readIdentityPools(context, sink).catch(sink.missList);
    });
  },
};

async function readUserPools(context: CollectContext, sink: Sink<CognitoAnswer>): Promise<void> {
  const { clients, region, partition, account, rotation } = context;
  const pools: UserPoolDescriptionType[] = [];
  const list = pages(
    (NextToken) => clients.userPools(region).send(new ListUserPoolsCommand({ MaxResults: 60, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) pools.push(...(page.UserPools ?? []));
  const asked = pools.flatMap(({ Id, LastModifiedDate }) => (Id ? [{ key: Id, fingerprint: LastModifiedDate?.toISOString() ?? "" }] : []));
  const answers = await rotation.read("cognito/user-pools", asked, (id) => readUserPool(context, id), sink.miss);
  const clientIds = await rotation.read("cognito/user-pool-clients", asked, (id) => readClients(context, id), sink.miss);
  for (const { Id, Name, CreationDate } of pools) {
    if (!Id) continue;
    const arn = `arn:${partition}:cognito-idp:${region}:${account}:userpool/${Id}`;
    const userPool = { arn, name: cleanText(Name ?? Id, 128), ...(CreationDate ? { createdAt: CreationDate.toISOString() } : {}) };
    sink.push({ userPool, read: answers.get(Id)?.value, clientIds: clientIds.get(Id)?.value });
  }
}

/** Ids only: sign-ins are counted by client. */
async function readClients({ clients, region }: CollectContext, UserPoolId: string): Promise<string[]> {
  const ids: string[] = [];
  const list = pages(
    (NextToken) =>
      clients.userPools(region).send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) ids.push(...(page.UserPoolClients ?? []).flatMap(({ ClientId }) => ClientId ?? []));
  return ids;
}

async function readUserPool({ clients, region }: CollectContext, UserPoolId: string): Promise<UserPoolRead> {
  const { UserPool: pool } = await clients.userPools(region).send(new DescribeUserPoolCommand({ UserPoolId }));
  return {
    triggers: triggersOf(pool?.LambdaConfig),
    openSignUp: pool?.AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true,
    mfa: pool?.MfaConfiguration ?? "OFF",
    hasDomain: Boolean(pool?.Domain ?? pool?.CustomDomain),
    deletionProtection: pool?.DeletionProtection === "ACTIVE",
    tags: cleanTags(pool?.UserPoolTags),
  };
}

/** Triggers are ARNs by name, or objects with one; triggers that AWS adds later are read too. */
function triggersOf(config: LambdaConfigType | undefined): Record<string, string> {
  const all = Object.entries(config ?? {}).flatMap(([trigger, value]: [string, unknown]): (readonly [string, string])[] => {
    const arn = typeof value === "string" ? value : (value as { LambdaArn?: unknown } | undefined)?.LambdaArn;
    return typeof arn === "string" && arn.includes(":lambda:") ? [[cleanText(trigger, 64), arn]] : [];
  });
  return Object.fromEntries(all);
}

async function readIdentityPools(context: CollectContext, sink: Sink<CognitoAnswer>): Promise<void> {
  const { clients, region, rotation } = context;
  const pools: IdentityPoolShortDescription[] = [];
  const list = pages(
    (NextToken) =>
      clients.identityPools(region).send(new ListIdentityPoolsCommand({ MaxResults: 60, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) pools.push(...(page.IdentityPools ?? []));
  const asked = pools.flatMap(({ IdentityPoolId }) => (IdentityPoolId ? [{ key: IdentityPoolId, fingerprint: "" }] : []));
  const settings = await rotation.read("cognito/identity-pools", asked, (id) => readIdentityPool(context, id), sink.miss);
  const roles = await rotation.read("cognito/identity-pool-roles", asked, (id) => readRoles(context, id), sink.miss);
  for (const { IdentityPoolId: id, IdentityPoolName } of pools) {
    if (!id) continue;
    const identityPool = { id, name: cleanText(IdentityPoolName ?? id, 128) };
    sink.push({ identityPool, settings: settings.get(id)?.value, roles: roles.get(id)?.value });
  }
}

async function readIdentityPool({ clients, region }: CollectContext, IdentityPoolId: string): Promise<IdentityPoolSettings> {
  const pool = await clients.identityPools(region).send(new DescribeIdentityPoolCommand({ IdentityPoolId }));
  return {
    unauthenticated: pool.AllowUnauthenticatedIdentities === true,
    classicFlow: pool.AllowClassicFlow === true,
    userPools: (pool.CognitoIdentityProviders ?? []).flatMap(({ ProviderName }) => ProviderName ?? []),
  };
}

async function readRoles({ clients, region }: CollectContext, IdentityPoolId: string): Promise<IdentityPoolRoles> {
  const { Roles } = await clients.identityPools(region).send(new GetIdentityPoolRolesCommand({ IdentityPoolId }));
  return {
    ...(Roles?.authenticated ? { authenticated: Roles.authenticated } : {}),
    ...(Roles?.unauthenticated ? { unauthenticated: Roles.unauthenticated } : {}),
  };
}
