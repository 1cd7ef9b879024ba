/** What is drawn: nodes and edges with their words, before anybody decides where they stand. Pure. */
import type { ExposureLevel } from "../model/graph.ts";

/** The world outside; several alike in one box; else how open a resource is. */
export type PictureLevel = ExposureLevel | "outside" | "several";

export interface PictureNode {
  readonly id: string;
  readonly label: string;
  /** Second line: what it is, and how open. */
  readonly detail: string;
  /** The whole ARN, or the names that are in the box. */
  readonly title: string;
  readonly level: PictureLevel;
  /** The one that was asked about. */
  readonly isStart: boolean;
}

/** `grant`: may, not does. `inferred`: from a name or value. `off`: switched off. */
export type EdgeStyle = "does" | "grant" | "inferred" | "off";

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly style: EdgeStyle;
}

export interface Picture {
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** What is not in it, and why. */
  readonly notes: readonly string[];
}

/** How each level reads. */
export const levelWords: Readonly<Record<PictureLevel, string>> = {
  "internet-anonymous": "open to anybody",
  "internet-authenticated": "open to who signs in",
  "cross-account": "open to other accounts",
  internal: "reached from inside",
  none: "no way in seen",
  unknown: "exposure unknown",
  outside: "outside the account",
  several: "several alike",
};
