/** Walks the graph against its direction, from what starts a resource up to where that begins. Pure. */

import { functionArnOf, serviceOf } from "../model/arn.ts";
import type { Pace } from "../model/document.ts";
import type { Relation, Resource } from "../model/graph.ts";
import { isForIotRule, isPermission, isShownElsewhere, isStart } from "./start-kinds.ts";
import { type Origin, originOf, ownPace } from "./start-pace.ts";

/** The part of a graph that the answer is made of. */
export interface Surroundings {
  readonly resources: ReadonlyMap<string, Resource>;
  into(arn: string): readonly Relation[];
  outOf(arn: string): readonly Relation[];
}

/** Hops from what starts the resource to where it begins. */
const longestChain = 6;
/** Things looked at for one answer: in a graph where everything leads to everything the nearest decide. */
const mostNodes = 400;

/** A place where something rare begins explains more than a place where something often does. */
const order: readonly Pace[] = ["rare", "once", "scheduled", "unknown", "routine", "ended"];

/** What starts a resource itself, permissions that are shown elsewhere left out. */
export function leadingTo(arn: string, graph: Surroundings, resourceOf: (arn: string) => Resource | undefined): Relation[] {
  const all = graph.into(arn).filter(isStart);
  const into = all.filter((one) => !(isPermission(one) && (isShownElsewhere(one, resourceOf) || isForIotRule(one, all))));
  // services that may write to it and say so nowhere else
  const publishers = listIn(resourceOf(arn)?.details, "publishers").map(
    (service): Relation => ({
      from: `service:${service}`,
      to: arn,
      kind: "publishes-to",
      auth: "service",
      enabled: true,
      evidence: "policy",
    }),
  );
  // an API asks it who may come in: that is a call, too
  const asked = graph
    .outOf(arn)
    .filter(({ kind }) => kind === "authorizes")
    .map((one): Relation => ({ ...one, from: one.to, to: arn }));
  return [...into, ...publishers, ...asked];
}

/** Where what comes by `relation` may begin. Breadth first, each thing once. */
export function originsBehind(relation: Relation, graph: Surroundings, now: Date): Origin[] {
  const resourceOf = (arn: string) => graph.resources.get(arn);
  const found: Origin[] = [ownPace(resourceOf(relation.from), relation.from, relation.enabled)];
  const seen = new Set([relation.to, relation.from]);
  let frontier = [relation.from];
  for (let hop = 0; hop < longestChain && frontier.length > 0 && seen.size < mostNodes; hop += 1) {
    const next: string[] = [];
    for (const node of frontier) {
      if (!passesOn(node)) continue;
      for (const one of leadingTo(node, graph, resourceOf).slice(0, mostNodes)) {
        const origin = originOf(one, resourceOf(one.from), now);
        if (origin) found.push(origin);
        else if (!seen.has(one.from)) next.push(one.from);
        seen.add(one.from);
      }
    }
    frontier = next;
  }
  return found;
}

const handingOn: ReadonlySet<string> = new Set(["sqs", "sns", "states", "kinesis", "firehose", "pipes"]);

/** What only hands on. An API, a bucket, a table, a pool, a bus: whoever comes there comes when they like. */
function passesOn(arn: string): boolean {
  return functionArnOf(arn) !== undefined || handingOn.has(serviceOf(arn) ?? "");
}

/** The one that explains most. */
export function strongest(origins: readonly Origin[]): Origin {
  const live = origins.filter(({ enabled, pace }) => enabled && pace !== "ended");
  const ranked = (live.length > 0 ? live : origins).toSorted(
    (a, b) => order.indexOf(a.pace) - order.indexOf(b.pace) || (b.periodDays ?? 0) - (a.periodDays ?? 0) || (a.arn < b.arn ? -1 : 1),
  );
  return ranked[0] as Origin;
}

/** A detail that is a list; empty where it is none. */
export function listIn(details: Resource["details"], name: string): readonly string[] {
  const value = details?.[name];
  return Array.isArray(value) ? value : [];
}
