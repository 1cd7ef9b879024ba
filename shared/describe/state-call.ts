/** What a state machine calls, and where it runs. */
import type { RelationKind } from "../model/graph.ts";

/** One call. */
export interface StateCall {
  /** Name of the state. */
  readonly state: string;
  readonly to: string;
  readonly kind: Extract<RelationKind, "invokes" | "publishes-to" | "may-read" | "may-write">;
  /** It waits until somebody returns the task's token. */
  readonly waitsForToken: boolean;
}

export interface MachinePlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}
