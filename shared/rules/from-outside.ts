/** What the rules about doors and encryption share. */
import { isOutside } from "../graph/exposure.ts";
import type { DetailValue, Relation, Resource } from "../model/graph.ts";
import type { Unknown } from "../model/rule.ts";

/** A list among the details; empty where there is none. */
export function listDetail(resource: Resource, name: string): readonly string[] {
  const value: DetailValue | undefined = resource.details?.[name];
  return Array.isArray(value) ? value : [];
}

/** "Could not tell", where one of `parts` of the resource could not be read. */
export function unknownWithout(resource: Resource, parts: readonly string[]): Unknown | undefined {
  const unread = listDetail(resource, "unread").filter((part) => parts.includes(part));
  return unread.length === 0 ? undefined : { answer: "unknown", why: `${unread.join(", ")} could not be read` };
}

/** "Could not tell", where a policy asks for condition keys whose values nobody here knows. */
export function unknownWhere(resource: Resource): Unknown | undefined {
  const untold = listDetail(resource, "untold");
  return untold.length === 0 ? undefined : { answer: "unknown", why: `whom the policy lets in depends on ${untold.join("; ")}` };
}

/** True when somebody outside the account gets in. The account's own programs use the SDKs, and these speak TLS. */
export function isReachedFromOutside(incoming: readonly Relation[]): boolean {
  return incoming.some(({ from, enabled, throughOwnEndpoint }) => enabled && !throughOwnEndpoint && isOutside(from));
}
