/** Runs the service collectors of one scope, a few at a time. */
import { forEachAtMost } from "../aws/paginate.ts";
import { Description } from "../describe/services/describe-part.ts";
import { isListed, type Part } from "../model/coverage.ts";
import type { Resource, ServiceAnswer, ServiceName } from "../model/graph.ts";
import type { AskedPlace } from "../model/snapshot.ts";
import { collectResourceUsage, resourceUsageCollector } from "./cloudwatch/resource-usage.ts";
import type { ListedResources } from "./cloudwatch/use-memories.ts";
import { type CollectContext, contextOf, notingLeft } from "./contract/collector.ts";
import type { Inventory, ServiceCollector, ServiceContext, ServiceParts } from "./contract/service-collector.ts";

/** Services have budgets of their own, so that several can be asked at once. */
const servicesAtOnce = 4;

/** Who is asked where and when. */
export function askedPlace({ account, partition, region, now }: CollectContext): AskedPlace {
  return { account, partition, region, at: now.toISOString() };
}

export async function collectServices(
  services: readonly ServiceCollector[],
  scope: ServiceCollector["scope"],
  context: ServiceContext,
): Promise<Inventory> {
  const asked = services.filter((service) => service.scope === scope);
  const answers = new Map<ServiceName, Part<ServiceAnswer>>();
  await forEachAtMost(asked, servicesAtOnce, async (service) => {
    answers.set(service.name, notingLeft(context, await service.collect(contextOf(service, context))));
  });
  // in the order of the list, whichever answered first: the same account gives the same document
  const parts: ServiceParts = Object.fromEntries(asked.map(({ name }) => [name, answers.get(name)]));
  const listed = Object.entries(parts).map(([name, part]) => listedIn(name as ServiceName, part, askedPlace(context)));
  // what is used can be told only when it is known what there is
  const used = await collectResourceUsage(contextOf(resourceUsageCollector, context), listed);
  const resources = listed.flatMap((service) => service.resources);
  return { parts: { ...parts, "resource-usage": notingLeft(context, used) }, resources };
}

/** True when there is nothing that these services could not list. */
export function areAllListed(parts: ServiceParts): boolean {
  return Object.values(parts).every(isListed);
}

/** Described one answer at a time: the relations of all of them are not needed here, and would be many. */
function listedIn(service: ServiceName, part: Part<ServiceAnswer>, place: AskedPlace): ListedResources {
  const description = new Description(service, place);
  const resources: Resource[] = [];
  for (const answer of part.items) for (const { resource } of description.rowsOf([answer])) if (resource) resources.push(resource);
  return { service, resources, isWhole: isListed(part) };
}
