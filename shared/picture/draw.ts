/** From relations of the network to a picture of at most so many boxes. Pure. */
import { moreOpen } from "../graph/exposure.ts";
import type { Network, NetworkNode } from "../graph/network.ts";
import type { Relation } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";
import { typeWord } from "../report/type-words.ts";
import { type Cluster, type Clustered, clustered } from "./clusters.ts";
import { type EdgeStyle, levelWords, type Picture, type PictureEdge, type PictureLevel, type PictureNode } from "./picture.ts";

export const mostNodes = 150;

const longestTitle = 1500;

export interface DrawRequest {
  readonly title: string;
  readonly network: Network;
  readonly relations: readonly Relation[];
  /** What was asked about. */
  readonly start?: string;
  readonly most?: number;
}

/** Draws the relations and their ends. */
export function draw({ title, network, relations, start, most = mostNodes }: DrawRequest): Picture {
  const drawn = withoutRouteOwners(relations, network, start);
  const ids = [...new Set([...(start === undefined ? [] : [start]), ...drawn.flatMap(({ from, to }) => [from, to])])];
  const boxes = clustered(ids, drawn, network, start, most);
  const alone = ids.filter((id) => boxes.boxOf.get(id) === id).flatMap((id) => network.nodes.get(id) ?? []);
  return {
    title: cleanText(title, 300),
    nodes: [...alone.map((node) => nodeOf(node, network, node.id === start)), ...boxes.clusters.map(clusterNode)],
    edges: edgesOf(drawn, boxes),
    notes: boxes.left.length > 0 ? [`${boxes.left.length.toLocaleString("en-US")} resources further away are not drawn`] : [],
  };
}

/** An API and its routes are one thing seen twice: where the routes are drawn, the API's own doors say nothing more. */
function withoutRouteOwners(relations: readonly Relation[], { nodes }: Network, start: string | undefined): readonly Relation[] {
  const owners = new Set(
    relations
      .flatMap(({ from, to }) => [from, to])
      .flatMap((id) => {
        const api = nodes.get(id)?.resource?.details?.api;
        return typeof api === "string" && api !== start ? api : [];
      }),
  );
  const leading = new Set(relations.map(({ from }) => from));
  return relations.filter(({ to }) => !owners.has(to) || leading.has(to));
}

function nodeOf(node: NetworkNode, { nodes }: Network, isStart: boolean): PictureNode {
  const { id, name, type, resource } = node;
  const level = levelOf(node);
  const api = nodes.get(String(resource?.details?.api ?? ""));
  const what = [typeWord(type), ...(api ? [`of ${cleanText(api.name, 24)}`] : [])].join(" ");
  const open = resource && level !== "internal" && level !== "none" ? [levelWords[level]] : [];
  return {
    id,
    label: middleCut(cleanText(name, 300) || id, 34),
    detail: level === "outside" ? levelWords.outside : [what, ...open].join(" · "),
    title: cleanText(id, longestTitle),
    level,
    isStart,
  };
}

function levelOf({ type, resource }: NetworkNode): PictureLevel {
  if (type === "outside") return "outside";
  if (!resource) return "none";
  const { level, indirectLevel } = resource.exposure;
  return indirectLevel ? moreOpen(level, indirectLevel) : level;
}

function clusterNode({ id, label, members }: Cluster): PictureNode {
  const names = members.map(({ name }) => cleanText(name, 100)).join(", ");
  const open = members.map(levelOf).find((level) => level.startsWith("internet") || level === "cross-account");
  const detail = open ? `${levelWords.several}, ${levelWords[open]}` : levelWords.several;
  return { id, label, detail, title: cleanText(names, longestTitle), level: open ?? "several", isStart: false };
}

/** Beginnings and ends of names tell most. */
function middleCut(text: string, most: number): string {
  const signs = [...text];
  if (signs.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${signs.slice(0, most - 1 - end).join("")}…${signs.slice(-end).join("")}`;
}

/** One edge between two boxes, whatever number of relations it stands for. */
function edgesOf(relations: readonly Relation[], { boxOf }: Clustered): PictureEdge[] {
  const edges = new Map<string, Relation[]>();
  for (const relation of relations) {
    const [from, to] = [boxOf.get(relation.from), boxOf.get(relation.to)];
    if (from === undefined || to === undefined) continue;
    const key = `${from}\n${to}`;
    edges.set(key, [...(edges.get(key) ?? []), relation]);
  }
  return [...edges.values()].flatMap((between) => {
    const [first] = between;
    if (!first) return [];
    const [from, to] = [boxOf.get(first.from) ?? "", boxOf.get(first.to) ?? ""];
    return { from, to, label: [...new Set(between.map(edgeText))].slice(0, 3).join(", "), style: strongest(between.map(styleOf)) };
  });
}

function edgeText({ kind, auth }: Relation): string {
  // within the account a service's or a role's own way says nothing new
  return auth === "service" || auth === "iam" ? kind : auth === "none" ? `${kind}, no authentication` : `${kind}, ${auth}`;
}

function styleOf({ kind, enabled, inferred }: Relation): EdgeStyle {
  if (!enabled) return "off";
  if (inferred) return "inferred";
  return kind.startsWith("may-") ? "grant" : "does";
}

function strongest(styles: readonly EdgeStyle[]): EdgeStyle {
  return (["does", "grant", "inferred"] as const).find((style) => styles.includes(style)) ?? "off";
}
