/** Many nodes that look the same become one box: `37 more queues`. Pure. */
import type { Network, NetworkNode } from "../graph/network.ts";
import type { Relation } from "../model/graph.ts";
import { typePlural, typeWord } from "../report/type-words.ts";

export interface Cluster {
  readonly id: string;
  readonly label: string;
  readonly members: readonly NetworkNode[];
}

export interface Clustered {
  /** Node -> the box that it is drawn in: itself, or a cluster's. */
  readonly boxOf: ReadonlyMap<string, string>;
  readonly clusters: readonly Cluster[];
  /** Nodes that there is no room for at all. */
  readonly left: readonly string[];
}

/** More boxes than this are hard to read: alike ones are put together before that. */
const comfortable = 60;

/** How many alike are drawn each for themselves, tried in this order, and how many boxes there may be then. */
function roomFor(most: number): (readonly [shown: number, boxes: number])[] {
  const few = Math.min(comfortable, most);
  return [
    [8, few],
    [4, few],
    [2, most],
    [0, most],
  ];
}

/**
 * Puts the nodes into at most `most` boxes. Alike are nodes of one type and exposure with the same relations to the same others.
 * @param start never clustered, never left out
 */
export function clustered(
  ids: readonly string[],
  relations: readonly Relation[],
  network: Network,
  start: string | undefined,
  most: number,
): Clustered {
  const groups = alike(ids, relations, network, start);
  for (const [shown, room] of roomFor(most)) {
    const boxes = boxed(groups, shown);
    if (new Set(boxes.boxOf.values()).size <= room) return boxes;
  }
  return nearest(boxed(groups, 0), relations, start ?? ids[0] ?? "", most);
}

function alike(ids: readonly string[], relations: readonly Relation[], { nodes }: Network, start: string | undefined): NetworkNode[][] {
  const ends = new Map<string, string[]>();
  const note = (id: string, end: string) => ends.set(id, [...(ends.get(id) ?? []), end]);
  for (const { from, to, kind, auth, enabled } of relations) {
    note(from, `${kind} ${auth} ${enabled} > ${to}`);
    note(to, `${from} > ${kind} ${auth} ${enabled}`);
  }
  const groups = new Map<string, NetworkNode[]>();
  for (const id of ids) {
    const node = nodes.get(id);
    if (!node) continue;
    const key = id === start ? id : [node.type, node.resource?.exposure.level ?? "", ...(ends.get(id) ?? []).sort()].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()];
}

function boxed(groups: readonly (readonly NetworkNode[])[], shown: number): Clustered {
  const boxOf = new Map<string, string>();
  const clusters: Cluster[] = [];
  for (const group of groups) {
    // one in a box takes as much room as by itself
    const alone = group.length <= shown + 1 ? group : group.slice(0, shown);
    const members = group.slice(alone.length);
    for (const { id } of alone) boxOf.set(id, id);
    if (members.length === 0) continue;
    const id = `several ${clusters.length}`;
    for (const member of members) boxOf.set(member.id, id);
    const type = members[0]?.type ?? "";
    const words = members.length === 1 ? typeWord(type) : typePlural(type);
    clusters.push({ id, label: `${members.length.toLocaleString("en-US")} ${shown > 0 ? "more " : ""}${words}`, members });
  }
  return { boxOf, clusters, left: [] };
}

/** Only the boxes nearest to the start. */
function nearest({ boxOf, clusters }: Clustered, relations: readonly Relation[], start: string, most: number): Clustered {
  const neighbours = new Map<string, Set<string>>();
  const join = (a: string, b: string) => neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
  for (const { from, to } of relations) {
    const [a, b] = [boxOf.get(from) ?? from, boxOf.get(to) ?? to];
    join(a, b);
    join(b, a);
  }
  const kept = new Set([boxOf.get(start) ?? start]);
  // a Set may grow while it is walked: this is breadth first
  for (const box of kept) for (const next of neighbours.get(box) ?? []) if (kept.size < most) kept.add(next);
  for (const box of boxOf.values()) if (kept.size < most) kept.add(box);
  return {
    boxOf: new Map([...boxOf].filter(([, box]) => kept.has(box))),
    clusters: clusters.filter(({ id }) => kept.has(id)),
    left: [...boxOf].filter(([, box]) => !kept.has(box)).map(([id]) => id),
  };
}
