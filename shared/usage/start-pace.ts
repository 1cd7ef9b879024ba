/** How rarely one thing starts what hangs on it, judged by itself alone, and in which words that is said. Pure. */

import { parseArn } from "../model/arn.ts";
import { dayMs } from "../model/day.ts";
import type { Pace } from "../model/document.ts";
import type { Relation, Resource } from "../model/graph.ts";
import { proofOf } from "../model/proof.ts";
import { type Period, periodOf } from "./schedule-period.ts";
import { isOutside, isPermission } from "./start-kinds.ts";

/** One reason to be quiet, or to be busy. */
export interface Origin {
  readonly pace: Pace;
  /** In words: `rule nightly waits for aws.guardduty`. */
  readonly why: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly periodDays?: number;
  readonly runsPerDay?: number;
}

/** A name that says what a queue is for, where who sends to it could not be seen. */
const deadLetterName = /(^|[-_.])(dlq|dead[-_]?letters?)([-_.]|$)/i;

/** Where nothing further need be asked: what this thing does depends on nothing that leads to it. undefined: see what leads to it. */
export function originOf(relation: Relation, from: Resource | undefined, now: Date): Origin | undefined {
  const { from: arn, kind, enabled } = relation;
  const proof = proofOf(relation);
  const name = from?.name ?? nameOf(arn);
  if (kind === "dead-letters-to") return { pace: "rare", why: `takes what ${name} could not deliver`, arn, enabled };
  if (/:sqs:/.test(arn) && deadLetterName.test(name)) return { pace: "rare", why: `works off dead-letter queue ${name}`, arn, enabled };
  if (proof?.by === "destination" && proof.on === "OnFailure") return { pace: "rare", why: `runs when ${name} failed`, arn, enabled };
  if (isOutside(arn)) return outsider(relation);
  if (arn.startsWith("service:")) return byPolicyOnly(relation);
  if (from?.type === "AWS::Events::Rule" || from?.type === "AWS::Scheduler::Schedule") return ofRule(relation, from, now);
  if (/:cloudwatch:[^:]*:\d*:alarm:/.test(arn)) return { pace: "rare", why: `action of alarm ${name}`, arn, enabled };
  if (/:cloudformation:/.test(arn)) return { pace: "rare", why: `hears when stack ${name} changes`, arn, enabled };
  if (from?.type === "AWS::SecretsManager::Secret") return rotation(relation, from);
  return isPermission(relation) ? byPolicyOnly(relation) : undefined;
}

/** Somebody elsewhere may call it: whether, and how rarely, cannot be seen from here. The internet comes when it comes. */
function outsider({ from, enabled }: Relation): Origin {
  const [kind, id] = from.split(":");
  if (id === undefined) return { pace: "routine", why: "the internet", arn: from, enabled };
  return { pace: "unknown", why: `${kind} ${id} may call it`, arn: from, enabled };
}

/** A topic that a service may publish to is there for it; of a function it is only known that the service may call it. */
function byPolicyOnly({ from, kind, enabled }: Relation): Origin {
  const who = from.startsWith("service:") ? from.slice("service:".length) : from;
  return kind === "publishes-to"
    ? { pace: "rare", why: `${who} writes to it`, arn: from, enabled }
    : { pace: "unknown", why: `${who} may call it, by its policy`, arn: from, enabled };
}

function ofRule({ from: arn, enabled: linked }: Relation, { name, type, details = {} }: Resource, now: Date): Origin {
  const enabled = linked && details.enabled !== false;
  const what = type === "AWS::Events::Rule" ? "rule" : "schedule";
  if (typeof details.schedule === "string") return ofSchedule(`${what} ${name}`, arn, enabled, periodIn(details, now));
  const waitsFor = typeof details.waitsFor === "string" ? details.waitsFor : "something";
  const pace = details.pace === "routine" || details.pace === "rare" ? details.pace : "unknown";
  // a schedule whose own settings were not read may come once a year
  return { pace, why: `${what} ${name} waits for ${waitsFor}`, arn, enabled };
}

function ofSchedule(named: string, arn: string, enabled: boolean, period: Period): Origin {
  if (period.kind === "ended") return { pace: "ended", why: `${named} has ended`, arn, enabled: false };
  if (period.kind === "once") return { pace: "once", why: `${named} is still to come`, arn, enabled };
  if (period.kind === "unknown") return { pace: "unknown", why: `when ${named} runs cannot be told`, arn, enabled };
  const { longestGapDays, runsPerDay, begins } = period;
  if (begins) return { pace: "once", why: `${named} is still to begin`, arn, enabled };
  return { pace: "scheduled", why: named, arn, enabled, periodDays: longestGapDays, runsPerDay };
}

/** The period of a rule's or a schedule's own expression. */
export function periodIn(details: NonNullable<Resource["details"]>, now: Date): Period {
  const textOf = (name: string) => (typeof details[name] === "string" ? details[name] : undefined);
  const timing = { timezone: textOf("timezone"), startsAt: textOf("startsAt"), endsAt: textOf("endsAt") };
  return periodOf({ expression: textOf("schedule") ?? "", ...timing }, now);
}

function rotation({ from: arn, enabled }: Relation, { name, details = {} }: Resource): Origin {
  const days = details.rotationDays;
  const why = `rotates secret ${name}`;
  return typeof days === "number" && enabled
    ? { pace: "scheduled", why, arn, enabled, periodDays: days, runsPerDay: 1 / days }
    : { pace: "rare", why: `${why} when it is told to`, arn, enabled };
}

/** A state machine in use whose branch was not taken says little about the branch. */
export function ownPace(node: Resource | undefined, arn: string, enabled: boolean): Origin {
  const { lastUsed, name = nameOf(arn) } = node ?? {};
  const isMachine = /:states:[^:]*:\d*:stateMachine:/.test(arn);
  const inUse = lastUsed?.state === "used" && (lastUsed.quietDays ?? 0) < branchQuietDays;
  if (isMachine && inUse) return { pace: "unknown", why: `state machine ${name} runs, and may not have come to it`, arn, enabled };
  return { pace: "routine", why: name, arn, enabled };
}

const branchQuietDays = 90;

/** Days since which a schedule's run is due; of those that begin later, none. */
export function dueSince(details: NonNullable<Resource["details"]>, now: Date): number {
  const startsAt = typeof details.startsAt === "string" ? Date.parse(details.startsAt) : Number.NaN;
  return Number.isNaN(startsAt) ? Number.POSITIVE_INFINITY : Math.max(0, (now.getTime() - startsAt) / dayMs);
}

export function nameOf(arn: string): string {
  const { resource = arn } = parseArn(arn) ?? {};
  return resource.replace(/^(function|alarm|stateMachine|rule|schedule|userpool|stack):?\/?/, "") || arn;
}
