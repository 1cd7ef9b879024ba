/** Cloud Map: names under which services find each other. Its look-ups leave no trace, so nothing here is ever called unused. */
import { ListNamespacesCommand, ListServicesCommand } from "@aws-sdk/client-servicediscovery";
import { pages } from "../../aws/paginate.ts";
import type { CloudMapAnswer } from "../../describe/services/cloud-map.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const cloudMapCollector: ServiceCollector<"cloud-map"> = {
  name: "cloud-map",
  scope: "region",
  readerVersion: 1,
  actions: ["servicediscovery:ListNamespaces", "servicediscovery:ListServices"],
  reads: "namespaces and services of Cloud Map, and how many instances they list",
  collect(context) {
    return collectPart<CloudMapAnswer>("cloud-map", context.region, async (sink) => {
      // without a namespace there is no service
      if (await namespaces(context, sink)) await services(context, sink);
    });
  },
};

async function namespaces({ clients, region }: CollectContext, sink: Sink<CloudMapAnswer>): Promise<boolean> {
  let any = false;
  const list = pages(
    (NextToken) => clients.cloudMap(region).send(new ListNamespacesCommand({ MaxResults: 100, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const { Arn, Name, Type, ServiceCount, CreateDate } of page.Namespaces ?? []) {
      if (!Arn) continue;
      any = true;
      sink.push({ arn: Arn, name: Name, createdAt: CreateDate?.toISOString(), namespaceType: Type ?? "HTTP", holds: ServiceCount ?? 0 });
    }
  }
  return any;
}

async function services({ clients, region }: CollectContext, sink: Sink<CloudMapAnswer>): Promise<void> {
  const list = pages(
    (NextToken) => clients.cloudMap(region).send(new ListServicesCommand({ MaxResults: 100, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const { Arn, Name, InstanceCount, CreateDate } of page.Services ?? []) {
      if (Arn) sink.push({ arn: Arn, name: Name, createdAt: CreateDate?.toISOString(), holds: InstanceCount ?? 0 });
    }
  }
}
