/** The ways in from outside, each hop with its authentication; nodes and paths are listed once and known by their places. Pure. */
import { moreOpen } from "../graph/exposure.ts";
import type { Network } from "../graph/network.ts";
import { nodeWords } from "../graph/node-words.ts";
import type { DocumentExposure, DocumentResource } from "../model/document.ts";
import type { Relation } from "../model/graph.ts";
import type { PageExposure, PageHop, PageNode, PagePath, PageReached } from "./page-ways.ts";

/** Levels that come from outside the account. */
const fromOutside = new Set(["internet-anonymous", "internet-authenticated", "cross-account"]);

/** Collects nodes and paths while exposures are asked of it. */
export class PathList {
  readonly nodes: PageNode[] = [];
  readonly paths: PagePath[] = [];
  readonly #network: Network;
  readonly #places = new Map<string, number>();

  constructor(network: Network) {
    this.#network = network;
  }

  /** The exposure with its paths as places in the lists. */
  exposure({ level, indirectLevel, paths }: DocumentExposure): PageExposure {
    const open = indirectLevel ? moreOpen(level, indirectLevel) : level;
    return { level, ...(indirectLevel ? { indirectLevel } : {}), open, paths: distinct(paths).flatMap((path) => this.#path(path)) };
  }

  /** A place among the nodes. */
  node(id: string): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const node = this.#network.nodes.get(id);
    const { name, type } = node ?? nodeWords(id);
    const api = this.#network.nodes.get(String(node?.resource?.details?.api ?? ""));
    this.#places.set(id, this.nodes.length);
    return this.nodes.push({ id, name, type, ...(api ? { of: api.name } : {}) }) - 1;
  }

  #path([first, ...rest]: readonly string[]): number[] {
    if (first === undefined || rest.length === 0) return [];
    let before = first;
    const hops = rest.map((to): PageHop => {
      const from = before;
      const relation = mostOpen(this.#network.into(to).filter((one) => one.from === from && one.enabled));
      before = to;
      return { to: this.node(to), ...wordsOf(relation) };
    });
    return [this.paths.push({ from: this.node(first), hops }) - 1];
  }
}

/** Two relations of one kind between the same ends are two ways to the graph, and one to a reader. */
function distinct(paths: DocumentExposure["paths"]): DocumentExposure["paths"] {
  return [...new Map(paths.map((path) => [path.join("\n"), path])).values()];
}

function wordsOf(relation: Relation | undefined): Omit<PageHop, "to"> {
  if (!relation) return {};
  const { auth, kind, evidence, inferred } = relation;
  return { auth, kind, evidence, ...(inferred ? { inferred } : {}) };
}

/** Of several relations between two nodes, the one that lets most in. */
function mostOpen(relations: readonly Relation[]): Relation | undefined {
  const asks = ({ auth }: Relation) => (auth === "none" ? 0 : auth === "api-key" ? 1 : auth === "service" ? 2 : 3);
  return relations.toSorted((a, b) => asks(a) - asks(b))[0];
}

/** Resources that somebody outside the account reaches, the most open first. */
export function reachedFromOutside(resources: readonly DocumentResource[], list: PathList): PageReached[] {
  const openness = ({ exposure: { level, indirectLevel } }: DocumentResource) => (indirectLevel ? moreOpen(level, indirectLevel) : level);
  const order = [...fromOutside];
  return resources
    .filter((resource) => fromOutside.has(openness(resource)))
    .toSorted((a, b) => order.indexOf(openness(a)) - order.indexOf(openness(b)) || (a.name < b.name ? -1 : 1))
    .map((resource) => ({
      node: list.node(resource.arn),
      region: resource.region,
      ...(resource.owner.team ? { team: resource.owner.team } : {}),
      ...list.exposure(resource.exposure),
    }));
}
