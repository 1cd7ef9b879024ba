/**
 * What a role allows beyond what its functions need. An action that code or configuration shows is never in excess. Unneeded is a big word:
 * it is said only where all code was read and shows no such call, no setting asks for it, and IAM saw no use for long enough. Everything
 * else was not seen, and is said like that. Pure.
 */
import { actionOf, resourceTypesOf } from "../data/action-table.ts";
import { readsData } from "../data/data-reads.ts";
import { dayMs } from "../model/day.ts";
import type { Excess, ExcessAction, ExcessKind } from "../model/excess.ts";
import type { FunctionNeed, Need, RoleGrant } from "../model/permissions.ts";
import type { FunctionCalls, RoleUse } from "../model/role-use.ts";
import { gravestFirst } from "./gravest-first.ts";

export interface RoleFacts {
  readonly grant: RoleGrant;
  /** Of every function that has the role. */
  readonly needs: readonly FunctionNeed[];
  readonly use?: RoleUse;
  /** Of the functions that were asked about. */
  readonly calls: readonly FunctionCalls[];
  /** Age of the role in whole days; absent: not known. */
  readonly ageDays?: number;
  readonly now: Date;
  /** So long without use is long enough. */
  readonly windowDays: number;
}

export function excessOf(facts: RoleFacts): Excess {
  const { grant, needs, calls } = facts;
  const all = needs.flatMap((one) => one.needs);
  const needed = resourcesByAction(all);
  // AWS's own policies for event sources are open; where a setting and no code needs something, that is nobody's doing
  const named = resourcesByAction(all.filter(({ action }) => all.some((one) => one.action === action && isOfCode(one))));
  const used = new Set(calls.flatMap((one) => one.calls).flatMap(usedAction));
  const isUnneeded = unneededBy(facts);
  const found: ExcessAction[] = [];
  for (const action of grant.actions) {
    const key = action.toLowerCase();
    if (needed.has(key) || used.has(key) || isHarmless(key) || comesAlong(key, needed)) continue;
    found.push({ action, kind: kindOf(action), unneeded: isUnneeded(action) });
  }
  const actions = gravestFirst(found);
  return {
    actions,
    allowed: grant.actions.length,
    needed: grant.actions.filter((action) => needed.has(action.toLowerCase()) || used.has(action.toLowerCase())).length,
    wide: wideIn(grant, named),
    narrow: actions.every(({ action, kind }) => kind !== actions[0]?.kind || !isEverywhere(grant, action)),
    codeSpeaks: needs.some((one) => one.needs.some(isOfCode)),
    unresolved: [...new Set(needs.flatMap((one) => one.unresolved))],
  };
}

/** Some statement allows it on whatever there is. */
function isEverywhere(grant: RoleGrant, action: string): boolean {
  return grant.scopesOf(action).some(({ resources }) => resources.some(isEverything));
}

function isOfCode({ source }: Need): boolean {
  return source === "code" || source === "layer";
}

function resourcesByAction(needs: readonly Need[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { action, resources } of needs) {
    const key = action.toLowerCase();
    const named = found.get(key) ?? new Set<string>();
    for (const resource of resources) named.add(resource);
    found.set(key, named);
  }
  return found;
}

/** The action of an event in CloudTrail's history, where it has the operation's name; nearly all have. */
function usedAction({ service, operation, denied }: FunctionCalls["calls"][number]): string[] {
  return denied ? [] : [`${service}:${operation.replace(/\d{4,8}(_\d+)?(v\d+)?$/, "")}`.toLowerCase()];
}

/** What nobody can do harm with, and every policy for beginners has: its own logs, traces, numbers and durable executions. */
const harmless =
  /^(logs:(createloggroup|createlogstream|putlogevents)|xray:(put\w+|getsampling\w+)|cloudwatch:putmetricdata|lambda:(checkpointdurableexecution|getdurableexecutionstate))$/;

function isHarmless(action: string): boolean {
  return harmless.test(action);
}

/** What AWS's own policies give together with the reads of an event source: AWSLambdaKinesisExecutionRole and its like. */
const companions: readonly (readonly [read: string, more: RegExp])[] = [
  ["kinesis:getrecords", /^kinesis:(subscribetoshard|liststreams|listshards|describestream\w*)$/],
  ["dynamodb:getrecords", /^dynamodb:liststreams$/],
  ["sqs:deletemessage", /^sqs:(changemessagevisibility|getqueueurl)$/],
  ["kafka:getbootstrapbrokers", /^(kafka:(describecluster\w*|listscramsecrets)|ec2:describe\w+|kafka-cluster:\w+)$/],
];

function comesAlong(action: string, needed: ReadonlyMap<string, unknown>): boolean {
  return companions.some(([read, more]) => needed.has(read) && more.test(action));
}

/** Lending a role or taking one gives everything that it may do. */
const lending = new Set(["iam:passrole", "sts:assumerole"]);

function kindOf(action: string): ExcessKind {
  const level = actionOf(action)?.level;
  if (level === "permissions" || lending.has(action.toLowerCase())) return "permissions";
  if (readsData(action)) return "data-read";
  return level === "write" || level === "tagging" ? "write" : "read";
}

function unneededBy({ needs, use, ageDays, now, windowDays }: RoleFacts): (action: string) => boolean {
  const whole = needs.every(({ unresolved }) => unresolved.length === 0);
  if (!whole || !use || ageDays === undefined || ageDays < windowDays) return () => false;
  const recent = (at: string | undefined) => at !== undefined && now.getTime() - Date.parse(at) < windowDays * dayMs;
  const services = new Map(use.services.map((one) => [one.service, one]));
  return (action) => {
    const found = services.get(action.split(":")[0] ?? "");
    if (!found) return false;
    if (!recent(found.lastUsedAt)) return true;
    // the service is used, and IAM keeps track of this very action
    const tracked = found.actions?.find((one) => one.action.toLowerCase() === action.toLowerCase());
    return tracked !== undefined && !recent(tracked.lastUsedAt);
  };
}

function wideIn(grant: RoleGrant, needed: ReadonlyMap<string, ReadonlySet<string>>): Excess["wide"] {
  return [...needed].flatMap(([key, named]) => {
    const facts = actionOf(key);
    // where a policy must say *, or nothing is named, there is nothing to narrow
    if (!facts || facts.resources.length === 0 || isHarmless(key) || [...named].some(isEverything)) return [];
    return isEverywhere(grant, facts.name) ? [{ action: facts.name, named: [...named].toSorted() }] : [];
  });
}

/** `*`, or an ARN that names a service and perhaps a type of it, and nothing within. */
export function isEverything(pattern: string): boolean {
  if (/^\*+$/.test(pattern)) return true;
  const [arn, , service = "", , , ...rest] = pattern.split(":");
  if (arn !== "arn") return false;
  const named = rest.join(":");
  return /^[*/:]+$/.test(named) || typesOf(service).some((type) => named.startsWith(type) && /^[*/:]+$/.test(named.slice(type.length)));
}

/** What stands before the name in ARNs of a service: `table/`, `function:`. */
function typesOf(service: string): readonly string[] {
  return resourceTypesOf(service).flatMap(({ arnFormat }) => {
    const type = arnFormat.split(":").slice(5).join(":").split("${")[0] ?? "";
    return type === "" ? [] : [type];
  });
}
