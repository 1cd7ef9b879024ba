/**
 * What may start a resource, how rarely, and how we know: the one answer behind triggers, activity, thresholds and the rules about
 * unused things. Walks the graph against its direction, from what starts the resource itself up to where that begins: an alarm behind
 * a topic, a yearly schedule behind a state machine, a queue that only gets what others could not deliver. Pure.
 */

import { functionArnOf } from "../model/arn.ts";
import type { Trigger } from "../model/document.ts";
import type { LastUse, Relation, Resource } from "../model/graph.ts";
import { leadingTo, listIn, originsBehind, type Surroundings, strongest } from "./origins.ts";
import { isPermission, kindOf } from "./start-kinds.ts";
import { dueSince, nameOf, originOf } from "./start-pace.ts";

/** One thing that starts the resource itself. */
export interface Start {
  readonly trigger: Trigger;
  readonly relation: Relation;
  /** Runs in a day on which its own schedule runs. */
  readonly runsPerDay?: number;
  /** Its input marks the calls as ones that only keep the function warm. */
  readonly warms: boolean;
  /** Days for which its schedule has been due. */
  readonly dueDays: number;
  /** Messages that wait in the queue that feeds it. */
  readonly messages?: number;
  /** When that, or what else was said of the other end, was read, if not now. */
  readonly readAt?: string;
  /** When the rule last passed something on. */
  readonly lastUse?: LastUse;
  /** Whether its policy lets the rule call it; absent where that is not asked, or was not read. */
  readonly permitted?: boolean;
}

export interface Starts {
  readonly starts: readonly Start[];
  /** What could hide another start: answers about silence are "could not tell". */
  readonly unread?: string;
}

export type StartsOf = (arn: string) => Starts;

/** Answers for any resource of the graph. */
export function startsIn(graph: Surroundings, now: Date): StartsOf {
  const resourceOf = (arn: string) => graph.resources.get(arn);
  const destinationsUnread = [...graph.resources.values()].find(
    ({ type, details }) => type === "AWS::Lambda::Function" && listIn(details, "unread").includes("destinations"),
  );
  const answers = new Map<string, Starts>();
  const answer = (arn: string): Starts => {
    const resource = resourceOf(arn);
    const relations = leadingTo(arn, graph, resourceOf);
    const starts = relations.map((relation) => startBy(relation, graph, now));
    const unread = unreadOf(resource, destinationsUnread);
    return { starts: distinct(starts), ...(unread ? { unread } : {}) };
  };
  return (arn) => {
    const known = answers.get(arn) ?? answer(arn);
    answers.set(arn, known);
    return known;
  };
}

/** What is not read of the resource itself, or of others whose failures may go to it. */
function unreadOf(resource: Resource | undefined, destinationsUnread: Resource | undefined): string | undefined {
  const own = listIn(resource?.details, "unread").find((one) => one.startsWith("policy"));
  if (own) return `${own} of ${resource?.name} could not be read`;
  return destinationsUnread ? `where calls of ${destinationsUnread.name} go that fail could not be read` : undefined;
}

function startBy(relation: Relation, graph: Surroundings, now: Date): Start {
  const from = graph.resources.get(relation.from);
  const own = relation.kind === "authorizes" ? undefined : originOf(relation, from, now);
  const origin = own ?? strongest(originsBehind(relation, graph, now));
  const { pace, why, enabled } = origin;
  const days = pace === "scheduled" && origin.periodDays !== undefined ? { periodDays: rounded(origin.periodDays) } : {};
  const through = own || origin.arn === relation.from ? "" : `, through ${from?.name ?? nameOf(relation.from)}`;
  const messages = from?.type === "AWS::SQS::Queue" ? from.details?.messages : undefined;
  return {
    trigger: {
      kind: kindOf(relation, from),
      arn: relation.from,
      // a disabled origin further up does not switch off what it leads to: others may
      enabled: own ? enabled : relation.enabled,
      pace,
      why: `${why}${through}`,
      ...(enabled ? days : {}),
    },
    relation,
    ...(own?.runsPerDay === undefined ? {} : { runsPerDay: own.runsPerDay }),
    warms: listIn(from?.details, "warms").includes(relation.to),
    dueDays: from?.details ? dueSince(from.details, now) : Number.POSITIVE_INFINITY,
    ...(typeof messages === "number" ? { messages } : {}),
    ...(from?.readAt ? { readAt: from.readAt } : {}),
    ...(from?.type === "AWS::Events::Rule" ? { ...(from.lastUsed ? { lastUse: from.lastUsed } : {}), ...permission(relation, graph) } : {}),
  };
}

/** Rules call functions by the function's policy. */
function permission({ from, to }: Relation, graph: Surroundings): Pick<Start, "permitted"> {
  const { details } = graph.resources.get(to) ?? {};
  const isRead =
    functionArnOf(to) !== undefined && details?.publicStatements !== undefined && !listIn(details, "unread").includes("policy");
  if (!isRead) return {};
  const permitted = graph.into(to).some((one) => isPermission(one) && (one.from.startsWith("service:events.") || covers(one.from, from)));
  return { permitted };
}

function covers(pattern: string, arn: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  return rest.length === 0 ? pattern === arn : arn.startsWith(start) && arn.endsWith(rest.at(-1) ?? "");
}

/** One trigger a thing: a permission beside the configuration, or a second target of the same rule, says nothing new. */
function distinct(starts: readonly Start[]): Start[] {
  const byThing = new Map<string, Start>();
  for (const start of starts) {
    const key = `${start.trigger.kind} ${start.trigger.arn}`;
    const known = byThing.get(key);
    if (!known || (start.trigger.enabled && !known.trigger.enabled)) byThing.set(key, start);
  }
  return [...byThing.values()];
}

function rounded(days: number): number {
  return Math.round(days * 100) / 100;
}
