/** For every known path an account in which it is one, made after what the path is aimed at, with the knobs that make it none. */
import { type EscalationPath, escalationPaths } from "../../shared/data/escalation-paths.ts";
import type { Escalation } from "../../shared/model/permissions.ts";
import type { PolicyText, Principal } from "../../shared/model/principal.ts";
import { escalationsOf } from "../../shared/permissions/escalations.ts";
import { type AccountAccess, Targets } from "../../shared/permissions/targets.ts";
import { account, allow, aRole, aUser, documentOf, now, trusting } from "./a-principal.ts";

export interface Knobs {
  /** Statements of the one who climbs, given what he needs. */
  readonly statements?: (needs: readonly string[]) => readonly unknown[];
  /** Statements of what is reached; default: everything. */
  readonly target?: readonly unknown[];
  readonly own?: Partial<Principal>;
  /** Without what is aimed at. */
  readonly nobody?: boolean;
  /** Trust of a role that is reached. */
  readonly trustPolicy?: string;
}

export const own = `arn:aws:iam::${account}:policy/own`;
const theirs = `arn:aws:iam::${account}:policy/theirs`;
const managed = (arn: string, document: string, more: Partial<PolicyText> = {}) => ({
  name: arn.split("/")[1] ?? "",
  arn,
  document,
  ...more,
});

/** Who climbs is a user where the path is one of users, else a role of functions. */
export function climb(path: EscalationPath, knobs: Knobs = {}): Escalation[] {
  const { statements = (needs) => [allow([...needs])], target = [allow("*")], nobody = false } = knobs;
  const written = documentOf(...statements(path.permissions));
  const isUser = ["own-user", "own-group", "group"].includes(path.kind);
  const group = `arn:aws:iam::${account}:group/crew`;
  const policies = [
    managed(
      own,
      written,
      path.kind === "own-policy-version" && !nobody ? { otherVersions: [{ version: "v1", document: documentOf(...target) }] } : {},
    ),
  ];
  const groups = path.kind === "own-group" && !nobody ? { groups: [group] } : {};
  const climber = (isUser ? aUser : aRole)("climber", [], { policies, ...groups, ...knobs.own });
  const bystander = { ...aUser("empty", []), kind: "group" as const, arn: `arn:aws:iam::${account}:group/empty` };
  const others = nobody ? [bystander] : reached(path, climber, target, knobs.trustPolicy, group);
  const functions = [
    { name: "orders", arn: `arn:aws:lambda:eu-west-1:${account}:function:orders`, roleArn: `arn:aws:iam::${account}:role/target` },
  ];
  return climbIn({ partition: "aws", principals: [climber, ...others], functions }, climber);
}

export function climbIn(access: AccountAccess, climber: Principal): Escalation[] {
  const targets = new Targets(access, { account, now });
  const grant = targets.grantOf(climber.arn);
  if (!grant) throw new Error("who climbs is not in the account");
  return escalationsOf(grant, targets);
}

function reached(
  path: EscalationPath,
  { arn }: Principal,
  target: readonly unknown[],
  trustPolicy: string | undefined,
  group: string,
): Principal[] {
  const { kind, service = "lambda.amazonaws.com" } = path;
  const role = (trust: unknown) => aRole("target", target, { trustPolicy: trustPolicy ?? trusting(trust) });
  const has = [managed(theirs, documentOf(...target))];
  switch (kind) {
    case "pass":
    case "existing":
    case "function":
      return [role({ Service: service })];
    case "assume":
    case "assumable-role":
      return [role({ AWS: account })];
    case "retrust":
    case "retrusted-role":
      return [role({ Service: "ec2.amazonaws.com" })];
    case "policy-of-assumable":
      return [{ ...role({ AWS: arn }), policies: has }];
    case "policy-of-retrusted":
      return [{ ...role({ Service: "ec2.amazonaws.com" }), policies: has }];
    case "user":
    case "raised-user":
      return [aUser("target", target)];
    case "own-group":
    case "group":
      return [{ ...aUser("crew", target), kind: "group", arn: group }];
    default:
      return [];
  }
}

export const byId = (id: string): EscalationPath => {
  const path = escalationPaths.find((one) => one.id === id);
  if (!path) throw new Error(`there is no path ${id}`);
  return path;
};
