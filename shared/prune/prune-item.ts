/** A thing that goes with a function, and the stack that made it. Pure. */
import type { Surroundings } from "./surroundings.ts";

export type PruneKind =
  | "event-source-mapping"
  | "rule"
  | "schedule"
  | "permission"
  | "alarm"
  | "function"
  | "url"
  | "layer"
  | "log-group"
  | "queue"
  | "role";

/** Exists for the function only. */
export interface PruneItem {
  readonly kind: PruneKind;
  /** ARN, or what stands for it in relations; the UUID of a mapping, the statement of a permission. */
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** Switched on, where it can be switched. */
  readonly enabled: boolean;
  /** From tags. `likely`: it has no tags to see, but the function is of this stack. */
  readonly stack?: { readonly name: string; readonly logicalId?: string; readonly likely: boolean };
  /** To know before it goes. */
  readonly note?: string;
}

/** The node `id` of the graph as a thing of this kind; `more` says what the graph does not. */
export function itemOf({ network, subject }: Surroundings, kind: PruneKind, id: string, more: Partial<PruneItem> = {}): PruneItem {
  const node = network.nodes.get(id);
  const tags = node?.resource?.tags;
  const [stack, logicalId] = [tags?.["aws:cloudformation:stack-name"], tags?.["aws:cloudformation:logical-id"]];
  const ofStack = stack ? { name: stack, ...(logicalId ? { logicalId } : {}), likely: false } : undefined;
  const likely = !tags && subject.stack ? { name: subject.stack.name, likely: true } : undefined;
  const own = id === subject.arn && subject.stack ? { ...subject.stack, likely: false } : undefined;
  const belongs = own ?? ofStack ?? likely;
  return {
    kind,
    id,
    name: node?.name ?? id,
    region: node?.region ?? subject.region,
    enabled: true,
    ...(belongs ? { stack: belongs } : {}),
    ...more,
  };
}
