/** Roles as rules see them: with their policies, the functions that have them, and the rest of the account. */
import type { Exposure } from "../../../shared/model/graph.ts";
import type { RoleUser } from "../../../shared/model/permissions.ts";
import type { Principal } from "../../../shared/model/principal.ts";
import type { Judgements } from "../../../shared/model/rule.ts";
import { type AccountSeen, accessIn } from "../../../shared/permissions/role-access.ts";
import { account } from "../../permissions/a-principal.ts";
import { aResource, resourceRule, resourceSubject } from "../a-resource-subject.ts";
import { aSubject, contextOf, now } from "../a-subject.ts";

/** A function that has the role. */
export function aUserOf(
  role: Principal,
  name = "orders",
  more: { level?: Exposure["level"]; region?: string; deployTime?: string; stack?: string } = {},
): RoleUser {
  const { level = "internal", region = "eu-west-1", deployTime, stack } = more;
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  const { facts, configuration } = aSubject({ arn, name, region, roleArn: role.arn, ...(stack ? { stack: { name: stack } } : {}) });
  return { facts, configuration, exposure: { level, paths: [] }, ...(deployTime ? { deployTime } : {}) };
}

export function judgeRole(
  id: string,
  principals: readonly Principal[],
  users: readonly RoleUser[],
  seen: Partial<AccountSeen> & { at?: Date } = {},
): Judgements {
  const { at = now, ...more } = seen;
  const [principal] = principals;
  if (!principal) throw new Error("there is no role to judge");
  const rule = resourceRule(id);
  const access = accessIn({ account, partition: "aws", principals, users, ...more }, at)(principal.arn);
  const trusted = principal.trustPolicy.includes("lambda.amazonaws.com") ? ["lambda.amazonaws.com"] : [];
  const resource = aResource(principal.kind === "user" ? "AWS::IAM::User" : "AWS::IAM::Role", {
    arn: principal.arn,
    name: principal.name,
    region: "global",
    details: { trustedServices: trusted },
    tags: principal.tags,
  });
  return rule.judge({ ...resourceSubject(resource), access }, { ...contextOf(rule), now: at });
}

/** Words of the first hit. */
export function wordedRole(id: string, principals: readonly Principal[], users: readonly RoleUser[]) {
  const judgements = judgeRole(id, principals, users);
  const [hit] = "answer" in judgements ? [judgements] : judgements;
  if (hit?.answer !== "hit") throw new Error(`${id} says ${hit?.answer}`);
  const { arn = "", name = "" } = principals[0] ?? {};
  return resourceRule(id).word(hit.evidence, { arn, name, type: "AWS::IAM::Role", region: "global", account });
}
