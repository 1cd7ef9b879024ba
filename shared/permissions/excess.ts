/**
 * What a role allows beyond what its functions need. An action that code or configuration shows is never in excess. Unneeded is a big word:
 * it is said only where all code was read and shows no such call, no setting asks for it, and IAM saw no use for long enough. Everything
 * else was not seen, and is said like that. Pure.
 */
import { actionOf } from "../data/action-table.ts";
import { readsData } from "../data/data-reads.ts";
import { type Excess, type ExcessAction, type ExcessKind, excessKinds } from "../model/excess.ts";
import type { FunctionNeed, RoleGrant } from "../model/permissions.ts";
import type { FunctionCalls, RoleUse } from "../model/role-use.ts";

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

const dayMs = 86_400_000;

export function excessOf(facts: RoleFacts): Excess {
  const { grant, needs, calls } = facts;
  const needed = new Map<string, Set<string>>();
  for (const { action, resources } of needs.flatMap((one) => one.needs)) {
    const key = action.toLowerCase();
    const named = needed.get(key) ?? new Set<string>();
    for (const resource of resources) named.add(resource);
    needed.set(key, named);
  }
  const used = new Set(calls.flatMap((one) => one.calls).flatMap(usedAction));
  const isUnneeded = unneededBy(facts);
  const actions: ExcessAction[] = [];
  for (const action of grant.actions) {
    const key = action.toLowerCase();
    if (needed.has(key) || used.has(key) || isHarmless(key)) continue;
    actions.push({ action, kind: kindOf(action), unneeded: isUnneeded(action) });
  }
  const rank = new Map(excessKinds.map((kind, index) => [kind, index]));
  actions.sort((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0) || (a.action < b.action ? -1 : 1));
  return {
    actions,
    allowed: grant.actions.length,
    needed: grant.actions.filter((action) => needed.has(action.toLowerCase()) || used.has(action.toLowerCase())).length,
    wide: wideIn(grant, needed),
    codeSpeaks: needs.some((one) => one.needs.some(({ source }) => source === "code" || source === "layer")),
    unresolved: [...new Set(needs.flatMap((one) => one.unresolved))],
  };
}

/** The action of an event in CloudTrail's history, where it has the operation's name; nearly all have. */
function usedAction({ service, operation, denied }: FunctionCalls["calls"][number]): string[] {
  return denied ? [] : [`${service}:${operation.replace(/\d{4,8}(_\d+)?(v\d+)?$/, "")}`.toLowerCase()];
}

/** What nobody can do harm with, and every policy for beginners has: its own logs, traces and numbers. */
const harmless = /^(logs:(createloggroup|createlogstream|putlogevents)|xray:(put\w+|getsampling\w+)|cloudwatch:putmetricdata)$/;

function isHarmless(action: string): boolean {
  return harmless.test(action);
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
    const everywhere = grant.scopesOf(facts.name).some(({ resources }) => resources.some(isEverything));
    return everywhere ? [{ action: facts.name, named: [...named].toSorted() }] : [];
  });
}

/** `*`, or an ARN that names a service and perhaps a type, and nothing within it. */
export function isEverything(pattern: string): boolean {
  if (/^\*+$/.test(pattern)) return true;
  const [arn, , service, , , ...rest] = pattern.split(":");
  // a bucket's name stands where other services have a type
  const within = service === "s3" ? /^[*/]+$/ : /^(?:[a-z-]+[:/])?[*/]+$/;
  return arn === "arn" && within.test(rest.join(":"));
}
