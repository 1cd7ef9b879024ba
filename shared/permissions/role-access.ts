/** What rules judge of a role: what it may do, who has it, where it leads. Worked out when a rule first asks. Pure. */

import { accountOf, functionArnOf } from "../model/arn.ts";
import { dayOf } from "../model/day.ts";
import type { Excess } from "../model/excess.ts";
import type { Resource } from "../model/graph.ts";
import type { FunctionNeed } from "../model/permissions.ts";
import type { Principal } from "../model/principal.ts";
import type { RoleAccess, RoleUser } from "../model/role-access.ts";
import type { RoleUse } from "../model/role-use.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { escalationsOf } from "./escalations.ts";
import { excessOf } from "./excess.ts";
import type { Grant } from "./grant.ts";
import { absentVariable, statementsIn } from "./statements.ts";
import { isAdministrator, mayDoEverything, raisesItself } from "./strength.ts";
import { isOfAws, Targets } from "./targets.ts";

/** The account as it is judged. */
export interface AccountSeen extends Pick<Snapshot, "account" | "partition" | "dump"> {
  readonly principals: readonly Principal[];
  readonly users: readonly RoleUser[];
  /** What a role was used for, by its ARN. */
  useOf(arn: string): RoleUse | undefined;
  /** What of the inventory a role may read or write, by its ARN. */
  reachedBy(arn: string): readonly Resource[];
}

/** @returns the access of a role or user by ARN; undefined for roles that AWS made for itself, and for what was not read */
export function accessIn(seen: AccountSeen, now: Date): (arn: string) => RoleAccess | undefined {
  const { account, partition, dump, principals, users } = seen;
  const known = dump === undefined || dump.hasFunctions;
  // a file says nothing of who may call
  const all = dump ? users.map((user): RoleUser => ({ ...user, exposure: { level: "unknown", paths: [] } })) : users;
  const byRole = Map.groupBy(all, ({ facts }) => facts.roleArn);
  let made: Targets | undefined;
  const targets = () => {
    const functions = known ? { functions: users.map(({ facts: { arn, name, roleArn } }) => ({ arn, name, roleArn })) } : {};
    made ??= new Targets({ partition, principals, ...functions }, { account, now });
    return made;
  };
  const remembered = new Map<string, RoleAccess | undefined>();
  return (arn) => {
    if (remembered.has(arn)) return remembered.get(arn);
    const grant = principals.length > 0 ? targets().grantOf(arn) : undefined;
    const isJudged = grant !== undefined && grant.principal.kind !== "group" && !isOfAws(grant.principal);
    const access = isJudged ? accessOf(grant, targets(), seen, now, known ? onePerFunction(byRole.get(arn) ?? []) : undefined) : undefined;
    remembered.set(arn, access);
    return access;
  };
}

const notRead: FunctionNeed = { needs: [], unresolved: ["its code was not read"] };

function accessOf(
  grant: Grant,
  targets: Targets,
  { dump, useOf, reachedBy }: AccountSeen,
  now: Date,
  functions: readonly RoleUser[] | undefined,
): RoleAccess {
  const { arn, createdAt } = grant.principal;
  const use = useOf(arn);
  const excess = new Map<number, Excess>();
  let escalations: ReturnType<typeof escalationsOf> | undefined;
  return {
    principal: grant.principal,
    grant,
    broken: grant.broken,
    get power() {
      return powerOf(grant);
    },
    ...(functions ? { functions } : {}),
    wholeAccount: dump !== undefined,
    ...(use ? { use } : {}),
    excess(unusedDays) {
      const known = excess.get(unusedDays);
      if (known) return known;
      const made = excessOf({
        grant,
        needs: (functions ?? []).map(({ need }) => need ?? notRead),
        calls: (functions ?? []).flatMap(({ calls }) => calls ?? []),
        ...(use ? { use } : {}),
        ...(createdAt ? { ageDays: dayOf(now) - dayOf(createdAt) } : {}),
        now,
        windowDays: unusedDays,
      });
      excess.set(unusedDays, made);
      return made;
    },
    reached: () => reachedBy(arn),
    writtenActions: () => writtenActions(grant),
    escalations() {
      escalations ??= escalationsOf(grant, targets);
      return escalations;
    },
  };
}

/** Published versions of a function are that function. */
function onePerFunction(users: readonly RoleUser[]): RoleUser[] {
  const byFunction = new Map(users.map((user) => [functionArnOf(user.facts.arn) ?? user.facts.arn, user]));
  return [...byFunction.values()];
}

function powerOf(grant: Grant): RoleAccess["power"] {
  if (mayDoEverything(grant)) return { kind: "everything" };
  if (isAdministrator(grant)) return { kind: "iam" };
  if (raisesItself(grant) !== "conditional") return undefined;
  // the same under a condition of one statement
  const conditional = grant.statements.find(
    ({ allow, conditionText, where }) => allow && conditionText !== undefined && isAdministrator(grant.sure(where)),
  );
  if (conditional?.conditionText === undefined) return undefined;
  const sure = grant.sure(conditional.where);
  return { kind: mayDoEverything(sure) ? "everything" : "iam", condition: conditional.conditionText };
}

function writtenActions({ principal }: Grant): ReturnType<RoleAccess["writtenActions"]> {
  const own = principal.policies.filter(({ arn }) => arn === undefined || accountOf(arn) !== "aws");
  const { statements } = statementsIn(own, () => absentVariable);
  return statements.flatMap(({ written, allow, where }) => written.map((action) => ({ action, allow, statement: where })));
}
