/** Functions as users of roles: with what their code and settings need, and what they asked of AWS. Pure; needs are worked out when asked for. */

import { functionArnOf } from "../model/arn.ts";
import type { FunctionNeed } from "../model/permissions.ts";
import type { RoleUser } from "../model/role-access.ts";
import type { FunctionSubject } from "../model/rule-subject.ts";
import type { RegionSnapshot, Snapshot } from "../model/snapshot.ts";
import { needOf, type Surroundings } from "./need.ts";
import { seenNeeds } from "./need-seen.ts";

/** The graph, as far as it is asked here. */
interface Account extends Surroundings {
  exposure(arn: string): RoleUser["exposure"];
}

export type MakeUser = (subject: Pick<FunctionSubject, "facts" | "configuration" | "deployTime">) => RoleUser;

/** @returns what makes users of the functions of one Region */
export function usersIn(
  { eventSourceMappings, services }: RegionSnapshot,
  codeOf: Snapshot["codeOf"],
  account: Account,
  now: Date,
): MakeUser {
  const mappings = Map.groupBy(eventSourceMappings.items, ({ functionArn }) => functionArnOf(functionArn) ?? functionArn);
  const calls = new Map(
    (services["function-calls"]?.items ?? []).flatMap(({ functionCalls }) =>
      functionCalls ? [[functionCalls.functionArn, functionCalls] as const] : [],
    ),
  );
  return ({ facts, configuration, deployTime }) => {
    const { arn } = facts;
    let need: FunctionNeed | undefined;
    return {
      facts,
      configuration,
      // only roles that stand out ask
      get exposure() {
        return account.exposure(arn);
      },
      ...(deployTime ? { deployTime } : {}),
      get code() {
        return codeOf?.(arn);
      },
      get need() {
        const code = codeOf?.(arn);
        if (!code) return undefined;
        need ??= needOf(configuration, mappings.get(arn) ?? [], code, account, seenNeeds(calls.get(arn), facts.roleArn, now));
        return need;
      },
      calls: calls.get(arn),
    };
  };
}
