/**
 * REST APIs of API Gateway. GetRestApis tells the resource policy and the endpoint; methods, stages and authorizers are read
 * per API on the rotation. The list tells nothing of a changed method, so the fingerprint is what it tells of the API itself.
 */
import {
  GetAuthorizersCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  GetVpcLinksCommand,
  type Integration,
  type RestApi,
  type Stage,
} from "@aws-sdk/client-api-gateway";
import { integrationReferences, withoutSecrets } from "../../aws/integration-references.ts";
import { pages } from "../../aws/paginate.ts";
import {
  type ApiDomain,
  type ApiListed,
  type ApiRead,
  type AuthorizerRead,
  type IntegrationRead,
  type RouteRead,
  type StageRead,
  stageVariablesIn,
} from "../../describe/api-reads.ts";
import type { ApiSurroundings } from "../../describe/apis.ts";
import type { ApiAnswer } from "../../describe/services/apis.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector, ServiceContext } from "../contract/service-collector.ts";
import { cleanTags, readApiDomains } from "./api-domains.ts";

export const restApisCollector: ServiceCollector<"rest-apis"> = {
  name: "rest-apis",
  scope: "region",
  readerVersion: 2,
  // every read of API Gateway is this one action
  actions: ["apigateway:GET", "apigateway:ListRoutingRules"],
  reads: "REST APIs with resource policies, methods, integrations, stages and authorizers; the load balancers of their VPC links",

  collect: (context) =>
    collectPart<ApiAnswer>("rest-apis", context.region, async (sink) => {
      const listed = await listApis(context);
      const asked = listed.map((api) => ({ key: api.id, fingerprint: fingerprintOf(api) }));
      const reads = await context.rotation.read("rest-apis", asked, (id) => readApi(context, id), sink.miss);
      const { domains, vpcLinks } = await surroundings(
        context,
        sink,
        listed,
        [...reads.values()].map(({ value }) => value),
      );
      for (const api of listed) {
        const read = reads.get(api.id);
        sink.push({ api, read, domains: domainsOf(api, domains), vpcLinks: linksOf(read?.value, vpcLinks) });
      }
    }),
};

function domainsOf({ id }: ApiListed, domains: readonly ApiDomain[] | undefined): readonly ApiDomain[] | undefined {
  return domains?.filter(({ apiIds }) => apiIds.includes(id));
}

function linksOf(read: ApiRead | undefined, links: ReadonlyMap<string, readonly string[]>): Record<string, readonly string[]> {
  const used = new Set(read?.routes.flatMap(({ integration }) => integration?.vpcLinkId ?? []));
  return Object.fromEntries([...links].filter(([id]) => used.has(id)));
}

async function listApis({ clients, region }: ServiceContext): Promise<ApiListed[]> {
  const apis: ApiListed[] = [];
  const list = pages(
    (position) => clients.apis(region).send(new GetRestApisCommand({ limit: 500, ...(position ? { position } : {}) })),
    (page) => page.position,
  );
  for await (const page of list) for (const api of page.items ?? []) if (api.id) apis.push(toListed(api.id, api));
  return apis;
}

function toListed(id: string, api: RestApi): ApiListed {
  const endpointTypes = api.endpointConfiguration?.types ?? [];
  return {
    id,
    name: api.name ?? id,
    protocol: "REST",
    ...(api.createdDate ? { createdAt: api.createdDate.toISOString() } : {}),
    tags: cleanTags(api.tags),
    ...(api.policy ? { policy: api.policy } : {}),
    isPrivate: endpointTypes.includes("PRIVATE"),
    endpointTypes,
    defaultEndpointOff: api.disableExecuteApiEndpoint === true,
  };
}

function fingerprintOf({ name, policy, endpointTypes, defaultEndpointOff }: ApiListed): string {
  return JSON.stringify([name, policy?.length ?? 0, endpointTypes, defaultEndpointOff]);
}

async function readApi({ clients, region }: CollectContext, restApiId: string): Promise<ApiRead> {
  const client = clients.apis(region);
  const routes: RouteRead[] = [];
  const resources = pages(
    (position) => client.send(new GetResourcesCommand({ restApiId, limit: 500, embed: ["methods"], ...(position ? { position } : {}) })),
    (page) => page.position,
  );
  for await (const page of resources) {
    for (const { id = "", path = "", resourceMethods = {} } of page.items ?? []) {
      for (const [verb, method] of Object.entries(resourceMethods)) {
        const { authorizationType = "NONE", authorizerId, apiKeyRequired = false, methodIntegration } = method;
        routes.push({
          verb,
          path,
          id,
          authorization: authorizationType,
          ...(authorizerId ? { authorizerId } : {}),
          apiKeyRequired,
          ...(methodIntegration ? { integration: toIntegration(methodIntegration) } : {}),
        });
      }
    }
  }
  const used = new Set(stageVariablesIn(JSON.stringify(routes)));
  const stages = (await client.send(new GetStagesCommand({ restApiId }))).item ?? [];
  return {
    routes,
    stages: stages.map((stage) => ({
      name: stage.stageName ?? "",
      variables: Object.fromEntries(Object.entries(stage.variables ?? {}).filter(([name]) => used.has(name))),
      ...(stage.webAclArn ? { webAclArn: stage.webAclArn } : {}),
      ...cacheOf(stage),
    })),
    authorizers: await readAuthorizers(client, restApiId),
  };
}

/** What a method's settings say counts where the stage has a cache at all; one method in plain is enough. */
function cacheOf({ cacheClusterEnabled, methodSettings = {} }: Stage): Pick<StageRead, "cache"> {
  const caching = Object.values(methodSettings).filter(({ cachingEnabled }) => cachingEnabled);
  if (!cacheClusterEnabled || caching.length === 0) return {};
  return { cache: caching.every(({ cacheDataEncrypted }) => cacheDataEncrypted) ? "encrypted" : "plain" };
}

async function readAuthorizers(client: ReturnType<CollectContext["clients"]["apis"]>, restApiId: string): Promise<AuthorizerRead[]> {
  const found: AuthorizerRead[] = [];
  const list = pages(
    (position) => client.send(new GetAuthorizersCommand({ restApiId, limit: 500, ...(position ? { position } : {}) })),
    (page) => page.position,
  );
  for await (const page of list) {
    for (const { id = "", name = "", type = "", authorizerUri, providerARNs = [] } of page.items ?? []) {
      found.push({ id, name: cleanText(name), type, ...(authorizerUri ? { functionUri: authorizerUri } : {}), userPoolArns: providerARNs });
    }
  }
  return found;
}

function toIntegration(integration: Integration): IntegrationRead {
  const { type = "MOCK", uri, connectionType, connectionId, integrationTarget, credentials, timeoutInMillis } = integration;
  return {
    type,
    ...(uri ? { uri: withoutSecrets(uri) } : {}),
    throughVpcLink: connectionType === "VPC_LINK",
    ...(connectionId ? { vpcLinkId: connectionId } : {}),
    ...(integrationTarget ? { targetArn: integrationTarget } : {}),
    ...(credentials ? { credentialsArn: credentials } : {}),
    ...(timeoutInMillis ? { timeoutMs: timeoutInMillis } : {}),
    ...integrationReferences(integration.requestParameters, integration.requestTemplates, uri),
  };
}

/** Custom domains and VPC links, each only where an API needs it. */
async function surroundings(
  context: ServiceContext,
  sink: Sink<unknown>,
  listed: readonly ApiListed[],
  reads: readonly ApiRead[],
): Promise<ApiSurroundings> {
  const needsDomains = listed.some(({ defaultEndpointOff }) => defaultEndpointOff);
  const needsLinks = reads.some(({ routes }) => routes.some(({ integration }) => integration?.vpcLinkId && !integration.targetArn));
  return {
    domains: needsDomains ? await readApiDomains("rest-apis", context, sink) : [],
    vpcLinks: needsLinks ? await readVpcLinks(context, sink) : new Map(),
  };
}

async function readVpcLinks({ clients, region }: ServiceContext, sink: Sink<unknown>): Promise<Map<string, readonly string[]>> {
  const links = new Map<string, readonly string[]>();
  try {
    const list = pages(
      (position) => clients.apis(region).send(new GetVpcLinksCommand({ limit: 500, ...(position ? { position } : {}) })),
      (page) => page.position,
    );
    for await (const page of list) for (const { id, targetArns } of page.items ?? []) if (id) links.set(id, targetArns ?? []);
  } catch (error) {
    sink.miss(error);
  }
  return links;
}
