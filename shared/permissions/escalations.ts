/**
 * By which known ways a principal gets to do more: asked of all its policies together, of the resources that they name, of the conditions that
 * can be told, and of what the account has to take over. Pure.
 */
import { type EscalationKind, type EscalationPath, escalationPaths } from "../data/escalation-paths.ts";
import type { Escalation } from "../model/permissions.ts";
import { all } from "../policies/operators.ts";
import type { Grant } from "./grant.ts";
import {
  assumed,
  joinedGroup,
  putInForce,
  raisedGroup,
  raisedRole,
  raisedSelf,
  raisedUser,
  retrusted,
  rewritten,
  strongerUser,
} from "./principal-ways.ts";
import { may, mayMake } from "./reach.ts";
import { mayDoEverything } from "./strength.ts";
import { factsAbout, isOfAws, type Targets } from "./targets.ts";
import { each, type Finder, others, type Way } from "./ways.ts";

/** More than a handful say nothing that the first do not. */
const namedAtMost = 5;

/** Every way up, in the order of the list of paths; none for who may do everything already. */
export function escalationsOf(own: Grant, targets: Targets): Escalation[] {
  if (mayDoEverything(own) || (own.principal.kind === undefined && isOfAws(own.principal))) return [];
  return escalationPaths.flatMap((path) => {
    // most principals have none of it; a trust that names the caller needs no permission of his
    if (path.permissions.some((name) => name !== "sts:AssumeRole" && own.allows(name, "*") === "none")) return [];
    const ways = enoughOf(finders[path.kind](own, path, targets));
    return ways.length > 0 ? [escalation(own, path, ways)] : [];
  });
}

/** The first ones, until so many are certain: the most powerful come first. */
function enoughOf(ways: Iterable<Way>): Way[] {
  const found: Way[] = [];
  let certain = 0;
  for (const way of ways) {
    if (way.verdict === false) continue;
    found.push(way);
    if (way.verdict === true) certain += 1;
    if (certain >= namedAtMost) break;
  }
  return found;
}

function escalation(own: Grant, path: EscalationPath, ways: readonly Way[]): Escalation {
  const sorted = ways.toSorted((a, b) => rank(a) - rank(b));
  const [best] = sorted;
  const statements = path.permissions.flatMap((name) => own.sourcesOf(name));
  return {
    path: path.id,
    permissions: path.permissions,
    targets: [...new Set(sorted.map(({ target }) => target))].slice(0, namedAtMost),
    gain: best?.gain ?? "more",
    confidence: best?.supposed ? "low" : best?.verdict === true ? "high" : "medium",
    statements: [...new Set(statements)],
  };
}

function rank({ gain, verdict, supposed }: Way): number {
  return (supposed ? 4 : 0) + (verdict === true ? 0 : 2) + (gain === "administrator" ? 0 : 1);
}

const passing: Finder = (own, { permissions, service = "", on }, targets) => {
  const calls = permissions.filter((name) => name !== "iam:PassRole");
  const made = mayMake(own, calls, on ? { on } : {});
  if (made === false) return [];
  return each(others(own, targets.trusting(service)), (role) => {
    const facts = { ...factsAbout(role), "iam:passedtoservice": [service] };
    const verdict = all([made, may(own, "iam:PassRole", role.principal.arn, facts)]);
    const gain = verdict === false ? undefined : targets.gain(role, own);
    return gain && { target: `role ${role.principal.name}`, gain, verdict };
  });
};

const existing: Finder = (own, { permissions, service = "", on }, targets) => {
  const verdict = mayMake(own, permissions, on ? { on } : {});
  if (verdict === false) return [];
  // what runs with the role is in no answer of IAM
  return each(others(own, targets.trusting(service)), (role) => {
    const gain = targets.gain(role, own);
    return gain && { target: `what runs with role ${role.principal.name}`, gain, verdict, supposed: true };
  });
};

const takenFunction: Finder = (own, path, targets) => {
  const { functions } = targets;
  if (!functions) return existing(own, { ...path, service: "lambda.amazonaws.com" }, targets);
  return each(functions, ({ arn, name, role }) => {
    const verdict = all(path.permissions.map((action) => may(own, action, arn)));
    const gain = verdict === false ? undefined : targets.gain(role, own);
    return gain && { target: `function ${name} (role ${role.principal.name})`, gain, verdict };
  });
};

const finders: Readonly<Record<EscalationKind, Finder>> = {
  pass: passing,
  existing,
  function: takenFunction,
  assume: assumed,
  retrust: retrusted,
  "own-role": raisedSelf(undefined),
  "own-user": raisedSelf("user"),
  "own-group": raisedGroup,
  "assumable-role": raisedRole("assumable"),
  "retrusted-role": raisedRole("retrusted"),
  "own-policy": rewritten("own"),
  "own-policy-version": putInForce,
  "policy-of-assumable": rewritten("assumable"),
  "policy-of-retrusted": rewritten("retrusted"),
  user: strongerUser,
  "raised-user": raisedUser,
  group: joinedGroup,
};
