/** Runs the service collectors of one scope, a few at a time. */
import { forEachAtMost } from "../aws/paginate.ts";
import type { Part } from "../model/coverage.ts";
import type { GraphRow, Resource, ServiceName } from "../model/graph.ts";
import { collectResourceUsage } from "./resource-usage.ts";
import type { ServiceCollector, ServiceContext } from "./services/service-collector.ts";

/** Services have budgets of their own, so that several can be asked at once. */
const servicesAtOnce = 4;

export type ServiceParts = { readonly [Name in ServiceName]?: Part<GraphRow> };

/** Everything that the services listed. */
export function resourcesOf(parts: ServiceParts): Resource[] {
  return Object.values(parts).flatMap(({ items }) => items.flatMap(({ resource }) => resource ?? []));
}

export async function collectServices(
  services: readonly ServiceCollector[],
  scope: ServiceCollector["scope"],
  context: ServiceContext,
): Promise<ServiceParts> {
  const asked = services.filter((service) => service.scope === scope);
  const answers = new Map<ServiceName, Part<GraphRow>>();
  await forEachAtMost(asked, servicesAtOnce, async (service) => {
    answers.set(service.name, await service.collect(context));
  });
  // in the order of the list, whichever answered first: the same account gives the same document
  const parts: ServiceParts = Object.fromEntries(asked.map(({ name }) => [name, answers.get(name)]));
  // what is used can be told only when it is known what there is
  const rows = Object.values(parts).flatMap(({ items }) => items);
  return { ...parts, "resource-usage": await collectResourceUsage(context, rows) };
}
