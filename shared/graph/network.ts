/** A scan's document as a network: every end of a relation is a node with a type and a name, listed as a resource or not. Pure. */
import type { DocumentResource, ScanDocument } from "../model/document.ts";
import type { Relation } from "../model/graph.ts";
import { type NodeWords, nodeWords } from "./node-words.ts";

export interface NetworkNode extends NodeWords {
  /** ARN, or what stands in relations for what has none. */
  readonly id: string;
  /** Absent where only a relation speaks of it. */
  readonly resource?: DocumentResource;
}

export interface Network {
  readonly nodes: ReadonlyMap<string, NetworkNode>;
  readonly relations: readonly Relation[];
  into(id: string): readonly Relation[];
  outOf(id: string): readonly Relation[];
}

/** Builds the network of `document`. */
export function networkOf({ resources, relations }: Pick<ScanDocument, "resources" | "relations">): Network {
  const nodes = new Map<string, NetworkNode>();
  for (const resource of resources) {
    const { arn, type, name, region } = resource;
    nodes.set(arn, { id: arn, type, name, region, resource });
  }
  const into = new Map<string, Relation[]>();
  const outOf = new Map<string, Relation[]>();
  for (const relation of relations) {
    for (const id of [relation.from, relation.to]) if (!nodes.has(id)) nodes.set(id, { id, ...nodeWords(id) });
    listIn(into, relation.to).push(relation);
    listIn(outOf, relation.from).push(relation);
  }
  return { nodes, relations, into: (id) => into.get(id) ?? [], outOf: (id) => outOf.get(id) ?? [] };
}

/** Nodes that `text` may mean: the one of that ARN, else all of that name, else all of that name whatever the case. */
export function findNodes({ nodes }: Network, text: string): NetworkNode[] {
  const exact = nodes.get(text);
  if (exact) return [exact];
  const all = [...nodes.values()];
  const named = all.filter(({ name }) => name === text);
  return named.length > 0 ? named : all.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
}

function listIn(lists: Map<string, Relation[]>, key: string): Relation[] {
  const known = lists.get(key);
  if (known) return known;
  const list: Relation[] = [];
  lists.set(key, list);
  return list;
}
