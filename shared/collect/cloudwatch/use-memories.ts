/** Which memories of use are kept for the next scan: of what is there, and of what may be there though it could not be listed. Pure. */
import type { Resource } from "../../model/graph.ts";
import type { UseMemory } from "../../usage/resource-ledger.ts";

/** What one service listed. */
export interface ListedResources {
  readonly service: string;
  readonly resources: readonly Resource[];
  /** False: there may be more of them. */
  readonly isWhole: boolean;
}

/** What is remembered of resources that are not listed, though they may be there: of some, AWS does not tell how old they are. */
export function unlisted(memories: Readonly<Record<string, UseMemory>>, listed: readonly ListedResources[]): Record<string, UseMemory> {
  const seen = new Set(listed.flatMap(({ resources }) => resources.map(({ arn }) => arn)));
  const cutShort = new Set(listed.filter(({ isWhole }) => !isWhole).map(({ service }) => service));
  const mayBeThere = ([arn, memory]: readonly [string, UseMemory]) =>
    !seen.has(arn) && (memory.listedBy === undefined ? cutShort.size > 0 : cutShort.has(memory.listedBy));
  return Object.fromEntries(Object.entries(memories).filter(mayBeThere));
}

/** The memories, each with the service that listed it. */
export function listedBy(memories: Readonly<Record<string, UseMemory>>, listed: readonly ListedResources[]): Record<string, UseMemory> {
  const services = new Map(listed.flatMap(({ service, resources }) => resources.map(({ arn }) => [arn, service] as const)));
  const named = ([arn, memory]: readonly [string, UseMemory]) => {
    const service = services.get(arn);
    return [arn, service ? { ...memory, listedBy: service } : memory] as const;
  };
  return Object.fromEntries(Object.entries(memories).map(named));
}
