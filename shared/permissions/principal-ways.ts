/** Ways that lead over roles, users, groups and their policies. Pure. */
import { all, any, type Verdict } from "../policies/operators.ts";
import type { Grant } from "./grant.ts";
import { may, together } from "./reach.ts";
import { factsAbout, type Targets } from "./targets.ts";
import { type Finder, others, type Way } from "./ways.ts";

export const assumed: Finder = (own, _, targets) =>
  others(own, targets.roles).flatMap((role) => {
    const verdict = targets.mayAssume(own, role);
    const gain = verdict === false ? undefined : targets.gain(role, own);
    return gain ? [{ target: `role ${role.principal.name}`, gain, verdict }] : [];
  });

export const retrusted: Finder = (own, _, targets) =>
  others(own, targets.roles).flatMap((role) => {
    const verdict = changes(own, "iam:UpdateAssumeRolePolicy", role, targets);
    const gain = verdict === false ? undefined : targets.gain(role, own);
    return gain ? [{ target: `role ${role.principal.name}`, gain, verdict }] : [];
  });

/** The caller itself is given more: `kind` of principal that it has to be. */
export const raisedSelf =
  (kind: "user" | undefined): Finder =>
  (own, { permissions: [action = ""] }, targets) =>
    own.principal.kind === kind
      ? raisedWays(own, own, "itself", changes(own, action, own, targets), targets)
      : whoeverIsUser(own, action, kind, targets);

/** A role that may raise users raises whoever is one. */
function whoeverIsUser(own: Grant, action: string, kind: "user" | undefined, targets: Targets): readonly Way[] {
  if (kind !== "user" || own.principal.kind !== undefined) return [];
  if (!targets.knowsUsers) return [supposedUser(own, [action], targets)];
  return targets.users.flatMap((user) =>
    raisedWays(own, user, `user ${user.principal.name}`, changes(own, action, user, targets), targets).map((way) => ({
      ...way,
      supposed: true,
    })),
  );
}

export const raisedGroup: Finder = (own, { permissions: [action = ""] }, targets) => {
  const isUser = own.principal.kind === "user";
  if (!targets.knowsUsers) return isUser ? [] : [supposedUser(own, [action], targets, "group")];
  const groups = isUser ? targets.groups.filter(({ principal }) => own.principal.groups?.includes(principal.arn)) : targets.groups;
  return groups.flatMap((group) =>
    raisedWays(own, isUser ? own : group, `group ${group.principal.name}`, changes(own, action, group, targets), targets).map((way) =>
      isUser ? way : { ...way, supposed: true },
    ),
  );
};

export const joinedGroup: Finder = (own, { permissions: [action = ""] }, targets) => {
  const isUser = own.principal.kind === "user";
  if (!targets.knowsUsers) return isUser ? [] : [supposedUser(own, [action], targets, "group")];
  return targets.groups.flatMap((group) => {
    if (own.principal.groups?.includes(group.principal.arn)) return [];
    const verdict = may(own, action, group.principal.arn);
    const gain = verdict === false ? undefined : targets.gain(group, own);
    return gain ? [{ target: `group ${group.principal.name}`, gain, verdict, supposed: !isUser }] : [];
  });
};

export const strongerUser: Finder = (own, { permissions }, targets) => {
  if (!targets.knowsUsers) return [supposedUser(own, permissions, targets)];
  return others(own, targets.users).flatMap((user) => {
    const verdict = all(permissions.map((action) => changes(own, action, user, targets)));
    const gain = verdict === false ? undefined : targets.gain(user, own);
    return gain ? [{ target: `user ${user.principal.name}`, gain, verdict }] : [];
  });
};

export const raisedUser: Finder = (own, { permissions }, targets) => {
  if (!targets.knowsUsers) return [supposedUser(own, permissions, targets)];
  return others(own, targets.users).flatMap((user) => {
    const verdict = all(permissions.map((action) => changes(own, action, user, targets)));
    return raisedWays(own, user, `user ${user.principal.name}`, verdict, targets);
  });
};

/** A role is raised, then taken: by `taken`. */
export const raisedRole =
  (taken: "assumable" | "retrusted"): Finder =>
  (own, { permissions: [action = ""] }, targets) =>
    others(own, targets.roles).flatMap((role) => {
      const raising = changes(own, action, role, targets);
      const verdict = raising === false ? raising : all([raising, isTaken(own, role, taken, targets)]);
      return raisedWays(own, role, `role ${role.principal.name}`, verdict, targets);
    });

/** A policy that `whose` has gets another text. */
export const rewritten =
  (whose: "own" | "assumable" | "retrusted"): Finder =>
  (own, _, targets) =>
    (whose === "own" ? [own] : others(own, targets.roles)).flatMap((holder) => {
      const writing = any(ownPolicies(holder).map(({ arn = "" }) => may(own, "iam:CreatePolicyVersion", arn)));
      const taken = writing === false || whose === "own" ? writing : all([writing, isTaken(own, holder, whose, targets)]);
      const target = whose === "own" ? "itself" : `role ${holder.principal.name}`;
      return raisedWays(own, holder, target, taken, targets);
    });

export const putInForce: Finder = (own, _, targets) =>
  ownPolicies(own).flatMap(({ arn = "", name, otherVersions = [] }) => {
    const verdict = may(own, "iam:SetDefaultPolicyVersion", arn);
    if (verdict === false) return [];
    return otherVersions.flatMap(({ version, document }) => {
      const gain = targets.gain(targets.withText(own, arn, document), own);
      return gain ? [{ target: `version ${version} of policy ${name}`, gain, verdict }] : [];
    });
  });

function raisedWays(own: Grant, who: Grant, target: string, verdict: Verdict, targets: Targets): Way[] {
  if (verdict === false) return [];
  const gain = targets.gain(targets.raised(who), own);
  return gain ? [{ target, gain, verdict }] : [];
}

function isTaken(own: Grant, role: Grant, how: "assumable" | "retrusted", targets: Targets): Verdict {
  return how === "assumable" ? targets.mayAssume(own, role) : changes(own, "iam:UpdateAssumeRolePolicy", role, targets);
}

/** Whether `own` may change a principal by `action`; attaching a policy may be limited to some. */
function changes(own: Grant, action: string, who: Grant, targets: Targets): Verdict {
  const { arn } = who.principal;
  if (!/:Attach/.test(action)) return may(own, action, arn, factsAbout(who));
  return any(targets.policies(who, own).map((policy) => may(own, action, arn, { ...factsAbout(who), "iam:policyarn": [policy] })));
}

/** Managed policies of the account itself that it has. */
function ownPolicies({ principal }: Grant): Grant["principal"]["policies"] {
  return principal.policies.filter(({ arn }) => arn !== undefined && arn.split(":")[4] !== "aws");
}

/** Users and groups are not in the sweep: what the statements name decides whether there could be one. */
function supposedUser(own: Grant, actions: readonly string[], { partition, place }: Targets, kind = "user"): Way {
  const verdict = together(own, actions, `arn:${partition}:iam::${place.account}:${kind}/*`);
  return { target: `a ${kind} of the account`, gain: "more", verdict, supposed: true };
}
