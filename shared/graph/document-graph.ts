/** The graph as the document lists it. Pure. */
import type { DocumentExposure, DocumentResource, FunctionFacts } from "../model/document.ts";
import type { Exposure, Relation } from "../model/graph.ts";
import { type OwnerSources, ownerOf } from "../owners/owners.ts";
import type { Graph } from "./graph.ts";

export interface DocumentGraph {
  readonly functions: readonly FunctionFacts[];
  readonly resources: readonly DocumentResource[];
  readonly relations: readonly Relation[];
}

/** Completes functions by their exposure, and lists the resources with theirs. */
export function documentGraph(graph: Graph, functions: readonly FunctionFacts[], sources: OwnerSources): DocumentGraph {
  const owners = new Map(functions.map((one) => [one.arn, one.owner]));
  return {
    functions: functions.map((one) => ({ ...one, exposure: shortExposure(graph.exposure(one.arn)) })),
    resources: [...graph.resources.values()].map(
      (resource): DocumentResource => ({
        ...resource,
        owner: owners.get(resource.arn) ?? ownerOf(resource, sources),
        exposure: shortExposure(graph.exposure(resource.arn)),
      }),
    ),
    relations: graph.relations,
  };
}

function shortExposure({ level, indirectLevel, paths }: Exposure): DocumentExposure {
  const nodes = paths.map((path) => [path[0]?.from ?? "", ...path.map(({ to }) => to)]);
  return { level, ...(indirectLevel ? { indirectLevel } : {}), paths: nodes };
}
