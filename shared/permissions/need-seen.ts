/** What a function was seen to ask for, and what AWS refused to it, as needs. Pure. */
import { actionOf } from "../data/action-table.ts";
import { dayMs } from "../model/day.ts";
import type { Need } from "../model/permissions.ts";
import type { FunctionCalls } from "../model/role-use.ts";

/** A refusal that is older may have been mended since. */
export const refusedWithinDays = 30;

export interface Refusal {
  readonly action: string;
  readonly resource?: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What AWS refused to the function by the role that it has now, newest first, each action once; what it was allowed later is mended. */
export function refusalsIn(calls: FunctionCalls | undefined, roleArn: string, now: Date): Refusal[] {
  const own = (calls?.calls ?? []).filter((call) => call.roleArn === roleArn);
  const allowedAt = new Map<string, string>();
  for (const { service, operation, at, denied } of own) if (!denied) allowedAt.set(`${service}:${operation}`.toLowerCase(), at);
  const found = new Map<string, Refusal>();
  for (const { at, denied, service, operation } of own) {
    if (!denied || now.getTime() - Date.parse(at) > refusedWithinDays * dayMs) continue;
    if ((allowedAt.get(`${service}:${operation}`.toLowerCase()) ?? "") > at) continue;
    if (at > (found.get(denied.action)?.at ?? "")) found.set(denied.action, { ...denied, at });
  }
  return [...found.values()].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

/** Of both kinds; what was asked for by another role that it had before counts as well, but for refusals. */
export function seenNeeds(calls: FunctionCalls | undefined, roleArn: string, now: Date): Need[] {
  const used = (calls?.calls ?? []).flatMap(({ service, operation, at, denied }): Need[] => {
    const action = denied ? undefined : actionOf(`${service}:${operation}`)?.name;
    return action ? [{ action, resources: ["*"], source: "use", confidence: "high", why: `it asked for it on ${at.slice(0, 10)}` }] : [];
  });
  const refused = refusalsIn(calls, roleArn, now).flatMap(({ action, resource = "*", at }): Need[] => {
    const name = actionOf(action)?.name;
    return name
      ? [{ action: name, resources: [resource], source: "denied", confidence: "high", why: `AWS refused it on ${at.slice(0, 10)}` }]
      : [];
  });
  return [...used, ...refused];
}
