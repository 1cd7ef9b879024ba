/** AppSync: GraphQL and event APIs with their data sources. Keys are not listed: the id of a key is the key. */
import {
  type Api,
  type DataSource as AppsyncDataSource,
  type GraphqlApi,
  ListApisCommand,
  ListDataSourcesCommand,
  ListGraphqlApisCommand,
} from "@aws-sdk/client-appsync";
import { pages } from "../../aws/paginate.ts";
import type { AppsyncApi, DataSource } from "../../graph/describe/appsync-api.ts";
import type { AppsyncAnswer } from "../../graph/services/appsync.ts";
import { cleanText } from "../../model/plain-text.ts";
import { functionArnOf } from "../../model/resource.ts";
import { cleanTags } from "../api-domains.ts";
import { type CollectContext, collectPart } from "../collector.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const appsyncCollector: ServiceCollector<"appsync"> = {
  name: "appsync",
  scope: "region",
  readerVersion: 1,
  actions: ["appsync:ListGraphqlApis", "appsync:ListApis", "appsync:ListDataSources"],
  reads: "AppSync APIs, how they authenticate callers, and their data sources; no keys, schemas or resolvers",
  collect(context) {
    return collectPart<AppsyncAnswer>("appsync", context.region, async (sink) => {
      const apis: AppsyncApi[] = [];
      for (const list of [listGraphqlApis, listEventApis]) {
        // one kind can be read without the other
        await list(context, apis).catch(sink.missList);
      }
      const asked = apis.map(({ id }) => ({ key: id, fingerprint: "" }));
      const sources = await context.rotation.read("appsync/data-sources", asked, (id) => readDataSources(context, id), sink.miss);
      for (const api of apis) {
        const read = sources.get(api.id);
        sink.push({ api, ...(read ? { sources: read } : {}) });
      }
    });
  },
};

async function listGraphqlApis(context: CollectContext, into: AppsyncApi[]): Promise<void> {
  const list = pages(
    (nextToken) =>
      context.clients.appsync(context.region).send(new ListGraphqlApisCommand({ maxResults: 25, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) into.push(...(page.graphqlApis ?? []).flatMap((api) => toGraphqlApi(api, context)));
}

async function listEventApis(context: CollectContext, into: AppsyncApi[]): Promise<void> {
  const list = pages(
    (nextToken) =>
      context.clients.appsync(context.region).send(new ListApisCommand({ maxResults: 25, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) into.push(...(page.apis ?? []).flatMap((api) => toEventApi(api, context)));
}

function toGraphqlApi(api: GraphqlApi, context: CollectContext): AppsyncApi[] {
  if (!api.arn || !api.apiId) return [];
  const providers = [api, ...(api.additionalAuthenticationProviders ?? [])];
  return [
    {
      arn: api.arn,
      id: api.apiId,
      name: cleanText(api.name ?? api.apiId),
      type: "AWS::AppSync::GraphQLApi",
      modes: providers.flatMap(({ authenticationType }) => authenticationType ?? []),
      isPrivate: api.visibility === "PRIVATE",
      hasFirewall: Boolean(api.wafWebAclArn),
      authorizers: providers.flatMap(({ lambdaAuthorizerConfig, userPoolConfig }) =>
        checkersOf(lambdaAuthorizerConfig?.authorizerUri, userPoolConfig, context),
      ),
      tags: cleanTags(api.tags),
    },
  ];
}

function toEventApi(api: Api, context: CollectContext): AppsyncApi[] {
  if (!api.apiArn || !api.apiId) return [];
  const { authProviders = [], connectionAuthModes = [] } = api.eventConfig ?? {};
  const connecting = connectionAuthModes.flatMap(({ authType }) => authType ?? []);
  return [
    {
      arn: api.apiArn,
      id: api.apiId,
      name: cleanText(api.name ?? api.apiId),
      type: "AWS::AppSync::Api",
      modes: connecting.length > 0 ? connecting : authProviders.flatMap(({ authType }) => authType ?? []),
      isPrivate: false,
      hasFirewall: Boolean(api.wafWebAclArn),
      authorizers: authProviders.flatMap(({ lambdaAuthorizerConfig, cognitoConfig }) =>
        checkersOf(lambdaAuthorizerConfig?.authorizerUri, cognitoConfig, context),
      ),
      ...(api.created ? { createdAt: api.created.toISOString() } : {}),
      tags: cleanTags(api.tags),
    },
  ];
}

interface Pool {
  readonly userPoolId?: string;
  readonly awsRegion?: string;
}

function checkersOf(authorizerUri: string | undefined, pool: Pool | undefined, { partition, account, region }: CollectContext): string[] {
  const checker = functionArnOf(authorizerUri ?? "");
  const poolArn = pool?.userPoolId ? `arn:${partition}:cognito-idp:${pool.awsRegion ?? region}:${account}:userpool/${pool.userPoolId}` : "";
  return [...(checker ? [checker] : []), ...(poolArn ? [poolArn] : [])];
}

async function readDataSources(context: CollectContext, apiId: string): Promise<DataSource[]> {
  const sources: DataSource[] = [];
  const list = pages(
    (nextToken) =>
      context.clients
        .appsync(context.region)
        .send(new ListDataSourcesCommand({ apiId, maxResults: 25, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) {
    for (const source of page.dataSources ?? []) {
      const target = targetOf(source, context);
      sources.push({ name: cleanText(source.name ?? "", 80), type: String(source.type ?? ""), ...(target ? { target } : {}) });
    }
  }
  return sources;
}

function targetOf(source: AppsyncDataSource, { partition, account, region }: CollectContext): string | undefined {
  const { lambdaConfig, dynamodbConfig, eventBridgeConfig, httpConfig, relationalDatabaseConfig } = source;
  if (lambdaConfig?.lambdaFunctionArn) return lambdaConfig.lambdaFunctionArn;
  if (dynamodbConfig?.tableName) {
    return `arn:${partition}:dynamodb:${dynamodbConfig.awsRegion ?? region}:${account}:table/${dynamodbConfig.tableName}`;
  }
  if (eventBridgeConfig?.eventBusArn) return eventBridgeConfig.eventBusArn;
  if (relationalDatabaseConfig?.rdsHttpEndpointConfig?.dbClusterIdentifier?.startsWith("arn:")) {
    return relationalDatabaseConfig.rdsHttpEndpointConfig.dbClusterIdentifier;
  }
  // the path of an endpoint may hold a secret: the host says enough
  const endpoint = httpConfig?.endpoint;
  return endpoint && URL.canParse(endpoint) ? `https://${new URL(endpoint).hostname.toLowerCase()}/` : undefined;
}
