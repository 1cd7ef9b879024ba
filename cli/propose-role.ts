/** The role of one function, proposed from the last scan's snapshot. */
import { rolesPerAccount } from "../shared/data/role-limits.ts";
import { graphOf } from "../shared/graph/graph.ts";
import type { RoleProposal } from "../shared/model/proposal.ts";
import type { FunctionConfiguration, Snapshot } from "../shared/model/snapshot.ts";
import { needOf } from "../shared/permissions/need.ts";
import { seenNeeds } from "../shared/permissions/need-seen.ts";
import { proposalOf } from "../shared/permissions/proposal.ts";
import { roleNameFor } from "../shared/permissions/role-name.ts";
import type { RoleSubject } from "../shared/report/role-subject.ts";
import { UsageError } from "./usage-error.ts";

export interface Proposed {
  readonly proposal: RoleProposal;
  readonly subject: RoleSubject;
  /** What a person should know before using it. */
  readonly notes: readonly string[];
}

/** @throws UsageError where the function or its role is not in the snapshot */
export function proposeRole(snapshot: Snapshot, functionArn: string, stack: string | undefined): Proposed {
  const region = snapshot.regions.find(({ functions }) => functions.items.some(({ arn }) => arn === functionArn));
  const configuration = region?.functions.items.find(({ arn }) => arn === functionArn);
  if (!region || !configuration) throw new UsageError(`the last scan did not list the function ${functionArn}`);
  const graph = graphOf(snapshot);
  const roles = graph.principals.filter(({ kind }) => kind === undefined);
  const role = roles.find(({ arn }) => arn === configuration.roleArn);
  if (!role)
    throw new UsageError(
      `the last scan did not read the role of this function (${configuration.roleArn || "none"}): scan again with the permission iam:GetAccountAuthorizationDetails`,
    );
  const code = snapshot.codeOf?.(functionArn) ?? {
    unread: "the last scan did not read code",
    layers: configuration.layers.map((arn) => ({ arn, unread: "the last scan did not read code" })),
  };
  const calls = region.services["function-calls"]?.items.find((row) => row.functionCalls?.functionArn === functionArn)?.functionCalls;
  const seen = seenNeeds(calls, role.arn, new Date(snapshot.at));
  const need = needOf(configuration, region.eventSourceMappings.items, code, graph, seen);
  const used = graph.roleUses.find(({ roleArn }) => roleArn === role.arn);
  const proposal = proposalOf({
    role,
    need,
    ...(used ? { use: used } : {}),
    roleName: roleNameFor(configuration.name, configuration.region, stack, new Set(roles.map(({ name }) => name))),
    place: { account: snapshot.account, now: new Date(snapshot.at) },
  });
  return { proposal, subject: subjectOf(configuration, stack, role, snapshot), notes: quotaNotes(roles.length) };
}

function subjectOf(
  f: FunctionConfiguration,
  stack: string | undefined,
  role: { readonly arn: string; readonly name: string; readonly policies: readonly { readonly name: string; readonly arn?: string }[] },
  snapshot: Snapshot,
): RoleSubject {
  const others = snapshot.regions.flatMap(({ functions }) =>
    functions.items.filter(({ arn, roleArn }) => roleArn === f.roleArn && arn !== f.arn),
  );
  return {
    functionName: f.name,
    functionArn: f.arn,
    region: f.region,
    logGroup: f.logGroup ?? `/aws/lambda/${f.name}`,
    ...(stack ? { stack } : {}),
    oldRole: {
      arn: role.arn,
      name: role.name,
      inline: role.policies.flatMap(({ name, arn }) => (arn ? [] : [name])),
      managed: role.policies.flatMap(({ arn }) => arn ?? []),
      sharedWith: others.map(({ name, region }) => (region === f.region ? name : `${name} in ${region}`)).toSorted(),
    },
  };
}

/** An account has room for so many roles, unless more was asked for; others need theirs too. */
function quotaNotes(roles: number): readonly string[] {
  if (roles < rolesPerAccount * 0.9) return [];
  return [
    `the account has ${roles} roles, and ${rolesPerAccount} are allowed unless more were asked for: look at the quota "Roles per account" (service iam, L-FE177D64) before making one more`,
  ];
}
