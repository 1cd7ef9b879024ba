/** Custom domains of API Gateway and the APIs behind them, by mapping or by routing rule; both versions of the API share them. Read on the rotation. */
import { GetApiMappingsCommand, GetDomainNamesCommand, ListRoutingRulesCommand } from "@aws-sdk/client-apigatewayv2";
import { pages } from "../../aws/paginate.ts";
import type { ApiDomain } from "../../describe/api-reads.ts";
import type { ServiceName } from "../../model/graph.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { CollectContext, Sink } from "../contract/collector.ts";

/** undefined when the list was refused; a domain whose mappings could not be read makes the whole unknown too. */
export async function readApiDomains(service: ServiceName, context: CollectContext, sink: Sink<unknown>): Promise<ApiDomain[] | undefined> {
  const { clients, region, partition, rotation } = context;
  const listed: (Omit<ApiDomain, "apiIds"> & { readonly routing: string })[] = [];
  try {
    const list = pages(
      (NextToken) => clients.apisV2(region).send(new GetDomainNamesCommand({ MaxResults: "500", ...(NextToken ? { NextToken } : {}) })),
      (page) => page.NextToken,
    );
    for await (const page of list) {
      for (const { DomainName = "", DomainNameArn, MutualTlsAuthentication, DomainNameConfigurations, RoutingMode, Tags } of page.Items ??
        []) {
        listed.push({
          arn: DomainNameArn ?? `arn:${partition}:apigateway:${region}::/domainnames/${DomainName}`,
          name: DomainName,
          mutualTls: Boolean(MutualTlsAuthentication?.TruststoreUri),
          endpointTypes: (DomainNameConfigurations ?? []).flatMap(({ EndpointType }) => EndpointType ?? []),
          tags: cleanTags(Tags),
          routing: RoutingMode ?? "API_MAPPING_ONLY",
        });
      }
    }
  } catch (error) {
    sink.miss(error);
    return undefined;
  }
  let failed = false;
  const routingOf = new Map(listed.map(({ name, routing }) => [name, routing]));
  // a domain that is all mappings, as nearly all are, keeps the fingerprint that it had before there were rules
  const asked = listed.map(({ name, mutualTls, routing }) => ({
    key: name,
    fingerprint: routing === "API_MAPPING_ONLY" ? `${mutualTls}` : `${mutualTls}|${routing}`,
  }));
  const mappings = await rotation.read(
    `${service}-domains`,
    asked,
    (name) => apisBehind(context, name, routingOf.get(name) ?? ""),
    (error) => {
      failed = true;
      sink.miss(error);
    },
  );
  const known = listed.flatMap(({ routing: _, ...domain }) => {
    const answer = mappings.get(domain.name);
    return answer ? [{ ...domain, apiIds: answer.value }] : [];
  });
  return failed && known.length < listed.length ? undefined : known;
}

async function apisBehind(context: CollectContext, domain: string, routing: string): Promise<string[]> {
  const mapped = routing === "ROUTING_RULE_ONLY" ? [] : await mappedApis(context, domain);
  const routed = routing.startsWith("ROUTING_RULE") ? await routedApis(context, domain) : [];
  return [...new Set([...mapped, ...routed])];
}

/** APIs that rules on headers and paths lead to. */
async function routedApis({ clients, region }: CollectContext, DomainName: string): Promise<string[]> {
  const list = pages(
    (NextToken) =>
      clients.apisV2(region).send(new ListRoutingRulesCommand({ DomainName, MaxResults: 100, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  const apis: string[] = [];
  for await (const page of list) {
    for (const { Actions = [] } of page.RoutingRules ?? []) apis.push(...Actions.flatMap(({ InvokeApi }) => InvokeApi?.ApiId ?? []));
  }
  return apis;
}

async function mappedApis({ clients, region }: CollectContext, DomainName: string): Promise<string[]> {
  const apis = new Set<string>();
  const list = pages(
    (NextToken) =>
      clients.apisV2(region).send(new GetApiMappingsCommand({ DomainName, MaxResults: "500", ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) for (const { ApiId } of page.Items ?? []) if (ApiId) apis.add(ApiId);
  return [...apis];
}

/** Tags as API Gateway gives them. */
export function cleanTags(tags: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [cleanText(key, 128), cleanText(value, 256)]));
}
