/** AppSync: GraphQL and event APIs with their data sources. Keys are not listed: the id of a key is the key. */
import {
  type Api,
  type DataSource as AppsyncDataSource,
  type AuthMode,
  type GraphqlApi,
  ListApisCommand,
  ListChannelNamespacesCommand,
  ListDataSourcesCommand,
  ListGraphqlApisCommand,
} from "@aws-sdk/client-appsync";
import { pages } from "../../aws/paginate.ts";
import type { AppsyncApi, ChannelModes, DataSource } from "../../describe/appsync-api.ts";
import type { AppsyncAnswer } from "../../describe/services/appsync.ts";
import { functionArnOf } from "../../model/arn.ts";
import { cleanText } from "../../model/plain-text.ts";
import { cleanTags } from "../apigateway/api-domains.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const appsyncCollector: ServiceCollector<"appsync"> = {
  name: "appsync",
  scope: "region",
  readerVersion: 2,
  actions: ["appsync:ListGraphqlApis", "appsync:ListApis", "appsync:ListDataSources", "appsync:ListChannelNamespaces"],
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
      const events = apis.filter(({ channels }) => channels);
      const namespaces = await context.rotation.read(
        "appsync/channel-namespaces",
        events.map(({ id, channels }) => ({ key: id, fingerprint: JSON.stringify(channels) })),
        (id) => readNamespaces(context, id, events.find((api) => api.id === id)?.channels),
        sink.miss,
      );
      for (const api of apis) {
        const read = { sources: sources.get(api.id), namespaces: namespaces.get(api.id) };
        sink.push({ api, ...(read.sources ? { sources: read.sources } : {}), ...(read.namespaces ? { namespaces: read.namespaces } : {}) });
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
  const { authProviders = [], connectionAuthModes, defaultPublishAuthModes, defaultSubscribeAuthModes } = api.eventConfig ?? {};
  const every = authProviders.flatMap(({ authType }) => authType ?? []);
  const orEvery = (modes: readonly AuthMode[] | undefined) => (modes?.length ? typesOf(modes) : every);
  return [
    {
      arn: api.apiArn,
      id: api.apiId,
      name: cleanText(api.name ?? api.apiId),
      type: "AWS::AppSync::Api",
      modes: orEvery(connectionAuthModes),
      channels: { publish: orEvery(defaultPublishAuthModes), subscribe: orEvery(defaultSubscribeAuthModes) },
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

function typesOf(modes: readonly AuthMode[]): string[] {
  return modes.flatMap(({ authType }) => authType ?? []);
}

/** @param modes of the API, for what a namespace leaves open */
async function readNamespaces(context: CollectContext, apiId: string, modes: ChannelModes | undefined): Promise<ChannelModes[]> {
  const found: ChannelModes[] = [];
  const list = pages(
    (nextToken) =>
      context.clients
        .appsync(context.region)
        .send(new ListChannelNamespacesCommand({ apiId, maxResults: 25, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) {
    for (const { publishAuthModes = [], subscribeAuthModes = [] } of page.channelNamespaces ?? []) {
      found.push({
        publish: publishAuthModes.length > 0 ? typesOf(publishAuthModes) : (modes?.publish ?? []),
        subscribe: subscribeAuthModes.length > 0 ? typesOf(subscribeAuthModes) : (modes?.subscribe ?? []),
      });
    }
  }
  return found;
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
