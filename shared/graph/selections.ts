/** Parts of a network that answer a question: what is around one resource, and what is reachable from the internet. Pure. */
import { outside, type Relation } from "../model/graph.ts";
import { flowKinds, isOutside, levelOf } from "./exposure.ts";
import type { Network } from "./network.ts";

/** As long as the paths that exposure goes by. */
const longestChain = 6;

/**
 * Relations within `depth` steps of `start`, in either direction. The walk ends at what everything has in common: the
 * internet, other accounts, networks, roles, layers, images; else two steps from a function would be half the account.
 */
export function relationsAround(network: Network, start: string, depth: number): Relation[] {
  const found = new Set<Relation>();
  const seen = new Set([start]);
  let frontier = [start];
  for (let step = 0; step < depth && frontier.length > 0; step += 1) {
    const next: string[] = [];
    for (const id of frontier) {
      for (const relation of [...network.into(id), ...network.outOf(id)]) {
        found.add(relation);
        const other = relation.from === id ? relation.to : relation.from;
        if (seen.has(other)) continue;
        seen.add(other);
        if (!isCommonGround(network, other)) next.push(other);
      }
    }
    frontier = next;
  }
  return [...found];
}

const commonTypes = /^AWS::(IAM::|EC2::|ECR::|Lambda::LayerVersion|Events::EventBus|CloudFormation::)/;

function isCommonGround({ nodes }: Network, id: string): boolean {
  const node = nodes.get(id);
  const isPattern = id.includes("*") && !node?.resource;
  return isOutside(id) || id.startsWith("service:") || isPattern || commonTypes.test(node?.type ?? "");
}

/** Relations that anybody on the internet travels on, from the doors inwards; with `to`, only those on a way to that resource. */
export function relationsFromInternet(network: Network, to?: string): Relation[] {
  const reached = walk([outside.internet], (id) => network.outOf(id).filter(isOpen), "to");
  if (to === undefined) return reached;
  const leading = new Set(walk([to], (id) => network.into(id).filter(isOpen), "from"));
  return reached.filter((relation) => leading.has(relation));
}

function walk(start: readonly string[], hopsAt: (id: string) => readonly Relation[], end: "from" | "to"): Relation[] {
  const found = new Set<Relation>();
  const seen = new Set(start);
  let frontier = [...start];
  for (let step = 0; step < longestChain && frontier.length > 0; step += 1) {
    const hops = frontier.flatMap(hopsAt);
    for (const hop of hops) found.add(hop);
    frontier = [...new Set(hops.map((hop) => hop[end]))].filter((id) => !seen.has(id) && !isOutside(id));
    for (const id of frontier) seen.add(id);
  }
  return [...found];
}

/** A hop that lets a call from the internet through, authenticated or not. */
function isOpen({ from, to, kind, auth, enabled, evidence }: Relation): boolean {
  if (!enabled || !flowKinds.has(kind)) return false;
  return levelOf([{ from: isOutside(from) ? from : outside.internet, to, auth, evidence }]).startsWith("internet");
}
