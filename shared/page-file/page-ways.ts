/** The ways in from outside, as they lie in the page. */
import type { ExposureLevel, HopAuth, RelationKind } from "../model/graph.ts";

export interface PageExposure {
  readonly level: ExposureLevel;
  readonly indirectLevel?: ExposureLevel;
  /** The more open of the two. */
  readonly open: ExposureLevel;
  /** Places in `PageWays.paths`. */
  readonly paths: readonly number[];
}

/** A resource, or the world outside, where a path passes. */
export interface PageNode {
  readonly id: string;
  readonly name: string;
  /** CloudFormation type, `outside`, `address` or `service`. */
  readonly type: string;
  /** Name of the API that a route belongs to. */
  readonly of?: string;
}

/** One step of a path: places in `PageWays.nodes`. */
export interface PageHop {
  readonly to: number;
  /** Absent where the path is known and the relation is not. */
  readonly auth?: HopAuth;
  readonly kind?: RelationKind;
  readonly evidence?: string;
  readonly inferred?: true;
}

/** From outside to the resource itself. */
export interface PagePath {
  readonly from: number;
  readonly hops: readonly PageHop[];
}

/** A resource that can be reached from outside. */
export interface PageReached extends PageExposure {
  readonly node: number;
  readonly region: string;
  readonly team?: string;
}

/** The ways in from outside: nodes and paths are listed once and known by their places. */
export interface PageWays {
  readonly nodes: readonly PageNode[];
  readonly paths: readonly PagePath[];
  readonly reached: readonly PageReached[];
}
