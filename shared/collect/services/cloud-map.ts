/** Cloud Map: names under which services find each other. Its look-ups leave no trace, so nothing here is ever called unused. */
import { ListNamespacesCommand, ListServicesCommand } from "@aws-sdk/client-servicediscovery";
import { pages } from "../../aws/paginate.ts";
import type { GraphRow } from "../../model/graph.ts";
import { type CollectContext, collectPart, type Sink } from "../collector.ts";
import type { ServiceCollector } from "./service-collector.ts";

const namespaceTypes: Readonly<Record<string, string>> = {
  HTTP: "AWS::ServiceDiscovery::HttpNamespace",
  DNS_PRIVATE: "AWS::ServiceDiscovery::PrivateDnsNamespace",
  DNS_PUBLIC: "AWS::ServiceDiscovery::PublicDnsNamespace",
};

export const cloudMapCollector: ServiceCollector = {
  name: "cloud-map",
  scope: "region",
  actions: ["servicediscovery:ListNamespaces", "servicediscovery:ListServices"],
  reads: "namespaces and services of Cloud Map, and how many instances they list",
  collect(context) {
    return collectPart("cloud-map", context.region, async (sink) => {
      // without a namespace there is no service
      if (await namespaces(context, sink)) await services(context, sink);
    });
  },
};

async function namespaces({ clients, region }: CollectContext, sink: Sink<GraphRow>): Promise<boolean> {
  let any = false;
  const list = pages(
    (NextToken) => clients.cloudMap(region).send(new ListNamespacesCommand({ MaxResults: 100, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const { Arn, Name, Type, ServiceCount, CreateDate } of page.Namespaces ?? []) {
      if (!Arn) continue;
      any = true;
      const type = namespaceTypes[Type ?? "HTTP"] ?? "AWS::ServiceDiscovery::HttpNamespace";
      sink.push(row(Arn, type, Name, region, CreateDate, { services: ServiceCount ?? 0, public: Type === "DNS_PUBLIC" }));
    }
  }
  return any;
}

async function services({ clients, region }: CollectContext, sink: Sink<GraphRow>): Promise<void> {
  const list = pages(
    (NextToken) => clients.cloudMap(region).send(new ListServicesCommand({ MaxResults: 100, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const { Arn, Name, InstanceCount, CreateDate } of page.Services ?? []) {
      if (Arn) sink.push(row(Arn, "AWS::ServiceDiscovery::Service", Name, region, CreateDate, { instances: InstanceCount ?? 0 }));
    }
  }
}

function row(
  arn: string,
  type: string,
  name: string | undefined,
  region: string,
  createdAt: Date | undefined,
  details: Record<string, number | boolean>,
): GraphRow {
  const created = createdAt ? { createdAt: createdAt.toISOString() } : {};
  return { resource: { arn, type, name: name ?? arn, region, ...created, details }, relations: [] };
}
