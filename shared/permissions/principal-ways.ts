/** Ways that lead over roles, users, groups and their policies. Pure. */
import { accountOf } from "../model/arn.ts";
import { all, any, type Verdict } from "../policies/operators.ts";
import type { Grant } from "./grant.ts";
import { may, together } from "./reach.ts";
import { factsAbout, type Targets } from "./targets.ts";
import { each, type Finder, others, type Way } from "./ways.ts";

/** Roles that the caller may take, and those that they may take in turn, the nearest first. */
export const assumed: Finder = function* (own, _, targets) {
  const left = new Set(others(own, targets.roles));
  const steps: { readonly holder: Grant; readonly so: Verdict; readonly by: string }[] = [{ holder: own, so: true, by: "" }];
  for (const { holder, so, by } of steps) {
    if (left.size === 0) return;
    for (const { role, verdict: taking } of targets.taken(holder)) {
      if (!left.delete(role)) continue;
      const verdict = all([so, taking]);
      const way = strongerWay(own, role, verdict, targets);
      if (way) yield { ...way, target: `${way.target}${by}` };
      steps.push({ holder: role, so: verdict, by: ` by ${nameOf(role)}` });
    }
  }
};

export const retrusted: Finder = (own, _, targets) =>
  each(others(own, targets.roles), (role) => strongerWay(own, role, changes(own, "iam:UpdateAssumeRolePolicy", role, targets), targets));

/** The caller itself is given more: `kind` of principal that it has to be. A role that may raise users raises whoever is one. */
export const raisedSelf =
  (kind: "user" | undefined): Finder =>
  (own, { permissions: [action = ""] }, targets) => {
    if (own.principal.kind === kind) return each([own], () => raisedWay(own, own, changes(own, action, own, targets), targets));
    if (kind !== "user" || own.principal.kind !== undefined) return [];
    if (!targets.knowsUsers) return [supposed(own, [action], targets)];
    return each(targets.users, (user) => perhaps(raisedWay(own, user, changes(own, action, user, targets), targets)));
  };

export const raisedGroup: Finder = (own, { permissions: [action = ""] }, targets) => {
  const isUser = own.principal.kind === "user";
  if (!targets.knowsUsers) return isUser ? [] : [supposed(own, [action], targets, "group")];
  const groups = isUser ? targets.groups.filter(({ principal }) => own.principal.groups?.includes(principal.arn)) : targets.groups;
  return each(groups, (group) => {
    const way = raisedWay(own, isUser ? own : group, changes(own, action, group, targets), targets);
    return isUser ? way && { ...way, target: nameOf(group) } : perhaps(way);
  });
};

export const joinedGroup: Finder = (own, { permissions: [action = ""] }, targets) => {
  const isUser = own.principal.kind === "user";
  if (!targets.knowsUsers) return isUser ? [] : [supposed(own, [action], targets, "group")];
  const groups = targets.groups.filter(({ principal }) => !own.principal.groups?.includes(principal.arn));
  return each(groups, (group) => {
    const way = strongerWay(own, group, may(own, action, group.principal.arn), targets);
    return isUser ? way : perhaps(way);
  });
};

export const strongerUser: Finder = (own, { permissions }, targets) => {
  if (!targets.knowsUsers) return [supposed(own, permissions, targets)];
  const verdict = (user: Grant) => all(permissions.map((action) => changes(own, action, user, targets)));
  return each(others(own, targets.users), (user) => strongerWay(own, user, verdict(user), targets));
};

export const raisedUser: Finder = (own, { permissions }, targets) => {
  if (!targets.knowsUsers) return [supposed(own, permissions, targets)];
  const verdict = (user: Grant) => all(permissions.map((action) => changes(own, action, user, targets)));
  return each(others(own, targets.users), (user) => raisedWay(own, user, verdict(user), targets));
};

/** A role is raised, then taken: by `taken`. */
export const raisedRole =
  (taken: "assumable" | "retrusted"): Finder =>
  (own, { permissions: [action = ""] }, targets) =>
    each(others(own, targets.roles), (role) => {
      const raising = changes(own, action, role, targets);
      const verdict = raising === false ? raising : all([raising, isTaken(own, role, taken, targets)]);
      return raisedWay(own, role, verdict, targets);
    });

/** A policy that `whose` has gets another text. */
export const rewritten =
  (whose: "own" | "assumable" | "retrusted"): Finder =>
  (own, _, targets) =>
    each(whose === "own" ? [own] : others(own, targets.roles), (holder) => {
      const writing = any(ownPolicies(holder).map(({ arn = "" }) => may(own, "iam:CreatePolicyVersion", arn)));
      const verdict = writing === false || whose === "own" ? writing : all([writing, isTaken(own, holder, whose, targets)]);
      return raisedWay(own, holder, verdict, targets);
    });

export const putInForce: Finder = (own, _, targets) => {
  const versions = ownPolicies(own).flatMap(({ arn = "", name, otherVersions = [] }) =>
    otherVersions.map((one) => ({ ...one, arn, name })),
  );
  return each(versions, ({ arn, name, version, document }) => {
    const verdict = may(own, "iam:SetDefaultPolicyVersion", arn);
    const gain = verdict === false ? undefined : targets.gain(targets.withText(own, arn, document), own);
    return gain && { target: `version ${version} of policy ${name}`, gain, verdict };
  });
};

/** What `who` may do beyond `own`, where the way is open. */
function strongerWay(own: Grant, who: Grant, verdict: Verdict, targets: Targets): Way | undefined {
  const gain = verdict === false ? undefined : targets.gain(who, own);
  return gain && { target: nameOf(who), gain, verdict };
}

/** What `who` would do beyond `own` with everything added. */
function raisedWay(own: Grant, who: Grant, verdict: Verdict, targets: Targets): Way | undefined {
  const gain = verdict === false ? undefined : targets.gain(targets.raised(who), own);
  return gain && { target: who === own ? "itself" : nameOf(who), gain, verdict };
}

/** Somebody has to hold what is raised. */
function perhaps(way: Way | undefined): Way | undefined {
  return way && { ...way, supposed: true };
}

function nameOf({ principal: { kind, name } }: Grant): string {
  return `${kind ?? "role"} ${name}`;
}

function isTaken(own: Grant, role: Grant, how: "assumable" | "retrusted", targets: Targets): Verdict {
  return how === "assumable" ? targets.mayAssume(own, role) : changes(own, "iam:UpdateAssumeRolePolicy", role, targets);
}

/** Whether `own` may change a principal by `action`; attaching a policy may be limited to some. */
function changes(own: Grant, action: string, who: Grant, targets: Targets): Verdict {
  const { arn } = who.principal;
  if (!/:Attach/.test(action)) return may(own, action, arn, factsAbout(who));
  const attaching = (policy: string) => may(own, action, arn, { ...factsAbout(who), "iam:policyarn": [policy] });
  const everything = attaching(targets.everything);
  // another policy may be attached where this one may not only if the statements tell policies apart
  if (everything === true || !own.asksFor(action, "iam:policyarn")) return everything;
  return any([everything, ...targets.policies(who, own).map(attaching)]);
}

/** Managed policies of the account itself that it has. */
function ownPolicies({ principal }: Grant): Grant["principal"]["policies"] {
  return principal.policies.filter(({ arn }) => arn !== undefined && accountOf(arn) !== "aws");
}

/** Users and groups are not in the sweep: what the statements name decides whether there could be one. */
function supposed(own: Grant, actions: readonly string[], { partition, place }: Targets, kind = "user"): Way {
  const verdict = together(own, actions, `arn:${partition}:iam::${place.account}:${kind}/*`);
  return { target: `a ${kind} of the account`, gain: "more", verdict, supposed: true };
}
