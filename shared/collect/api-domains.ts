/** Custom domains of API Gateway and the APIs behind them; both versions of the API share them. Their mappings are read on the rotation. */
import { GetApiMappingsCommand, GetDomainNamesCommand } from "@aws-sdk/client-apigatewayv2";
import { pages } from "../aws/paginate.ts";
import type { ApiDomain } from "../describe/api-reads.ts";
import type { ServiceName } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";
import type { CollectContext, Sink } from "./collector.ts";

/** undefined when the list was refused; a domain whose mappings could not be read makes the whole unknown too. */
export async function readApiDomains(service: ServiceName, context: CollectContext, sink: Sink<unknown>): Promise<ApiDomain[] | undefined> {
  const { clients, region, partition, rotation } = context;
  const listed: Omit<ApiDomain, "apiIds">[] = [];
  try {
    const list = pages(
      (NextToken) => clients.apisV2(region).send(new GetDomainNamesCommand({ MaxResults: "500", ...(NextToken ? { NextToken } : {}) })),
      (page) => page.NextToken,
    );
    for await (const page of list) {
      for (const { DomainName = "", DomainNameArn, MutualTlsAuthentication, DomainNameConfigurations, Tags } of page.Items ?? []) {
        listed.push({
          arn: DomainNameArn ?? `arn:${partition}:apigateway:${region}::/domainnames/${DomainName}`,
          name: DomainName,
          mutualTls: Boolean(MutualTlsAuthentication?.TruststoreUri),
          endpointTypes: (DomainNameConfigurations ?? []).flatMap(({ EndpointType }) => EndpointType ?? []),
          tags: cleanTags(Tags),
        });
      }
    }
  } catch (error) {
    sink.miss(error);
    return undefined;
  }
  let failed = false;
  const asked = listed.map(({ name, mutualTls }) => ({ key: name, fingerprint: `${mutualTls}` }));
  const mappings = await rotation.read(
    `${service}-domains`,
    asked,
    (name) => mappedApis(context, name),
    (error) => {
      failed = true;
      sink.miss(error);
    },
  );
  const known = listed.flatMap((domain) => {
    const answer = mappings.get(domain.name);
    return answer ? [{ ...domain, apiIds: answer.value }] : [];
  });
  return failed && known.length < listed.length ? undefined : known;
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
