/**
 * What a state machine calls, from its definition in the Amazon States Language: every Task of every nesting (Map, distributed
 * Map with its reader and writer, Parallel), in JSONPath and JSONata. Only ARNs and names are taken out; values stay behind.
 * Source: Step Functions developer guide, "Integrating services". Pure.
 */
import type { MachinePlace, StateCall } from "./state-call.ts";
import { taskTarget } from "./task-target.ts";

export interface StateCalls {
  readonly calls: readonly StateCall[];
  /** Tasks whose target is only known when they run: `STATE RESOURCE`. */
  readonly dynamic: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** @throws when the definition is no JSON */
export function callsOf(definition: string, place: MachinePlace): StateCalls {
  const calls = new Map<string, StateCall>();
  const dynamic = new Set<string>();
  const visit = (value: unknown, state: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, state);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as Json;
    if (typeof node.Resource === "string") take(node.Resource, node, state);
    for (const [key, member] of Object.entries(node)) {
      if (key === "States") for (const [name, inner] of Object.entries((member ?? {}) as Json)) visit(inner, name);
      // what a task is given is data, not structure
      else if (key !== "Parameters" && key !== "Arguments" && key !== "ResultSelector" && key !== "Result") visit(member, state);
    }
  };
  const take = (resource: string, node: Json, state: string) => {
    const targets = taskTarget(resource, { ...asObject(node.Parameters), ...asObject(node.Arguments) }, place);
    const waitsForToken = resource.endsWith(".waitForTaskToken");
    if (targets === "dynamic") dynamic.add(`${state} ${resource}`);
    else for (const { to, kind } of targets) calls.set(`${to} ${kind}`, { state, to, kind, waitsForToken });
  };
  visit(JSON.parse(definition), "");
  return { calls: [...calls.values()], dynamic: [...dynamic] };
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
