/** What of the inventory a role's grants reach. Pure. */
import type { Resource } from "../model/graph.ts";
import { matches } from "../policies/match.ts";
import type { Graph } from "./graph.ts";

/** @returns by a role's ARN: the resources that it may read or write. Many roles have the same patterns: each is looked for once. */
export function reachedIn(graph: Graph): (arn: string) => readonly Resource[] {
  const byPattern = new Map<string, readonly Resource[]>();
  const found = (pattern: string): readonly Resource[] => {
    const one = graph.resources.get(pattern);
    if (one) return [one];
    let all = byPattern.get(pattern);
    if (!all) {
      all = pattern.includes("*") ? [...graph.resources.values()].filter(({ arn }) => matches(pattern, arn)) : [];
      byPattern.set(pattern, all);
    }
    return all;
  };
  return (arn) => [...new Set(graph.outOf(arn).flatMap(({ kind, to }) => (kind === "may-read" || kind === "may-write" ? found(to) : [])))];
}
