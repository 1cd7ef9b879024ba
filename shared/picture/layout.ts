/** Where boxes and arrows stand, left to right as data flow. Pure. */
import { Graph, layout } from "@dagrejs/dagre";
import stringWidth from "string-width";
import type { Picture, PictureEdge, PictureNode } from "./picture.ts";

export interface Placed<T> {
  readonly of: T;
  /** Centre. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly of: PictureEdge;
  readonly points: readonly Point[];
  /** Centre of its label. */
  readonly label: Point;
  readonly labelWidth: number;
}

export interface Layout {
  readonly nodes: readonly Placed<PictureNode>[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

/** Widths of an average character of the fonts that svg.ts names, generously. */
export const labelSign = 7.6;
export const detailSign = 6.1;
const edgeSign = 5.2;
const boxHeight = 46;
const padding = 12;

/** Lays the picture out; the same picture gives the same layout. */
export function layOut({ nodes, edges }: Pick<Picture, "nodes" | "edges">): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 46, edgesep: 8, marginx: 0, marginy: 0 });
  // ids are hostile: dagre gets numbers
  const numbers = new Map(nodes.map(({ id }, i) => [id, String(i)]));
  for (const node of nodes) {
    const text = Math.max(stringWidth(node.label) * labelSign, stringWidth(node.detail) * detailSign);
    graph.setNode(numbers.get(node.id) ?? "", { width: Math.max(110, Math.ceil(text) + 2 * padding), height: boxHeight });
  }
  const drawn = edges.filter(({ from, to }) => from !== to && numbers.has(from) && numbers.has(to));
  for (const { from, to, label } of drawn) {
    const width = Math.ceil(stringWidth(label) * edgeSign) + 8;
    graph.setEdge(numbers.get(from) ?? "", numbers.get(to) ?? "", { width, height: 14, labelpos: "c" });
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    nodes: nodes.map((of) => {
      const { x = 0, y = 0, width = 0, height = 0 } = graph.node(numbers.get(of.id) ?? "");
      return { of, x, y, width, height };
    }),
    edges: drawn.map((of) => {
      const { points = [], x = 0, y = 0, width: labelWidth = 0 } = graph.edge(numbers.get(of.from) ?? "", numbers.get(of.to) ?? "");
      const [from, to] = [of.from, of.to].map((id) => graph.node(numbers.get(id) ?? ""));
      return { of, points: fromSideToSide(points, from, to), label: { x, y }, labelWidth };
    }),
    width: Number.isFinite(width) ? Math.max(0, width) : 0,
    height: Number.isFinite(height) ? Math.max(0, height) : 0,
  };
}

interface Box {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
}

/** The layout lets lines end anywhere on a box: here they leave in the middle of the side that they go to. */
function fromSideToSide(points: readonly Point[], from: Box | undefined, to: Box | undefined): Point[] {
  const middle = points.slice(1, -1);
  const side = ({ x = 0, y = 0, width = 0 }: Box, towards: number): Point => ({ x: towards < x ? x - width / 2 : x + width / 2, y });
  const [first, last] = [middle[0] ?? points.at(-1), middle.at(-1) ?? points[0]];
  if (!from || !to || !first || !last) return [...points];
  return [side(from, first.x), ...middle, side(to, last.x)];
}
