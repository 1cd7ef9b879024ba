/** HTTP and WebSocket APIs (API Gateway v2) and custom domains. Routes, integrations, stages and authorizers are read per API on the rotation. */
import {
  type Api,
  GetApisCommand,
  GetAuthorizersCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  type Integration,
  type Route,
} from "@aws-sdk/client-apigatewayv2";
import { integrationReferences, withoutSecrets } from "../../aws/integration-references.ts";
import { pages } from "../../aws/paginate.ts";
import {
  type ApiListed,
  type ApiRead,
  type AuthorizerRead,
  type IntegrationRead,
  type RouteRead,
  stageVariablesIn,
} from "../../describe/api-reads.ts";
import type { ApiAnswer } from "../../describe/services/apis.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector, ServiceContext } from "../contract/service-collector.ts";
import { cleanTags, readApiDomains } from "./api-domains.ts";

export const httpApisCollector: ServiceCollector<"http-apis"> = {
  name: "http-apis",
  scope: "region",
  readerVersion: 2,
  // every read of API Gateway is this one action
  actions: ["apigateway:GET", "apigateway:ListRoutingRules"],
  reads: "HTTP and WebSocket APIs with routes, integrations, stages and authorizers; custom domains and what they lead to",

  collect: (context) =>
    collectPart<ApiAnswer>("http-apis", context.region, async (sink) => {
      const listed = await listApis(context);
      const asked = listed.map((api) => ({ key: api.id, fingerprint: JSON.stringify([api.name, api.defaultEndpointOff]) }));
      const reads = await context.rotation.read("http-apis", asked, (id) => readApi(context, id), sink.miss);
      const domains = await readApiDomains("http-apis", context, sink);
      for (const api of listed) {
        const own = domains?.filter(({ apiIds }) => apiIds.includes(api.id));
        sink.push({ api, read: reads.get(api.id), domains: own, vpcLinks: {} });
      }
      for (const domain of domains ?? []) sink.push({ domain });
    }),
};

/** All items of a list operation of API Gateway v2. */
async function all<Item>(
  send: (paging: { MaxResults: string; NextToken?: string }) => Promise<{ Items?: Item[] | undefined; NextToken?: string | undefined }>,
): Promise<Item[]> {
  const items: Item[] = [];
  const list = pages(
    (NextToken) => send({ MaxResults: "500", ...(NextToken ? { NextToken } : {}) }),
    (page) => page.NextToken,
  );
  for await (const page of list) items.push(...(page.Items ?? []));
  return items;
}

async function listApis({ clients, region }: ServiceContext): Promise<ApiListed[]> {
  const apis = await all<Api>((paging) => clients.apisV2(region).send(new GetApisCommand(paging)));
  return apis.flatMap((api) => (api.ApiId ? [toListed(api.ApiId, api)] : []));
}

function toListed(id: string, api: Api): ApiListed {
  return {
    id,
    name: api.Name ?? id,
    protocol: api.ProtocolType === "WEBSOCKET" ? "WEBSOCKET" : "HTTP",
    ...(api.CreatedDate ? { createdAt: api.CreatedDate.toISOString() } : {}),
    tags: cleanTags(api.Tags),
    isPrivate: false,
    endpointTypes: ["REGIONAL"],
    defaultEndpointOff: api.DisableExecuteApiEndpoint === true,
  };
}

async function readApi({ clients, region }: CollectContext, ApiId: string): Promise<ApiRead> {
  const client = clients.apisV2(region);
  const integrations = await all((paging) => client.send(new GetIntegrationsCommand({ ApiId, ...paging })));
  const byId = new Map(integrations.map((one) => [one.IntegrationId, toIntegration(one)]));
  const routes = (await all<Route>((paging) => client.send(new GetRoutesCommand({ ApiId, ...paging })))).map((route) =>
    toRoute(route, byId),
  );
  const used = new Set(stageVariablesIn(JSON.stringify(routes)));
  const stages = await all((paging) => client.send(new GetStagesCommand({ ApiId, ...paging })));
  const authorizers = await all((paging) => client.send(new GetAuthorizersCommand({ ApiId, ...paging })));
  return {
    routes,
    stages: stages.map(({ StageName = "", StageVariables = {} }) => ({
      name: StageName,
      variables: Object.fromEntries(Object.entries(StageVariables).filter(([name]) => used.has(name))),
    })),
    authorizers: authorizers.map(
      ({ AuthorizerId = "", Name = "", AuthorizerType = "", AuthorizerUri, JwtConfiguration }): AuthorizerRead => ({
        id: AuthorizerId,
        name: cleanText(Name),
        type: AuthorizerType,
        ...(AuthorizerUri ? { functionUri: AuthorizerUri } : {}),
        userPoolArns: [],
        ...(JwtConfiguration?.Issuer ? { issuer: withoutQuery(JwtConfiguration.Issuer) } : {}),
      }),
    ),
  };
}

/** `GET /orders`, `ANY /{proxy+}`, `$default`, `$connect` or a WebSocket's own key. */
function toRoute(route: Route, integrations: ReadonlyMap<string | undefined, IntegrationRead>): RouteRead {
  const { RouteId = "", RouteKey = "", AuthorizationType = "NONE", AuthorizerId, ApiKeyRequired = false, Target } = route;
  const [, verb, path] = /^([A-Z]+) (\/.*)$/.exec(RouteKey) ?? [];
  const integration = integrations.get(Target?.split("/").at(-1));
  return {
    ...(verb ? { verb } : {}),
    path: path ?? RouteKey,
    id: RouteId,
    authorization: AuthorizationType,
    ...(AuthorizerId ? { authorizerId: AuthorizerId } : {}),
    apiKeyRequired: ApiKeyRequired,
    ...(integration ? { integration } : {}),
  };
}

function toIntegration(integration: Integration): IntegrationRead {
  const { IntegrationType = "MOCK", IntegrationUri, IntegrationSubtype, ConnectionType, CredentialsArn, TimeoutInMillis } = integration;
  return {
    type: IntegrationType,
    ...(IntegrationUri ? { uri: withoutSecrets(IntegrationUri) } : {}),
    ...(IntegrationSubtype ? { subtype: IntegrationSubtype } : {}),
    // the URI itself is the ARN of a listener or of a Cloud Map service
    throughVpcLink: ConnectionType === "VPC_LINK",
    ...(CredentialsArn ? { credentialsArn: CredentialsArn } : {}),
    ...(TimeoutInMillis ? { timeoutMs: TimeoutInMillis } : {}),
    ...integrationReferences(integration.RequestParameters, integration.RequestTemplates, IntegrationUri),
  };
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/)[0] ?? "";
}
