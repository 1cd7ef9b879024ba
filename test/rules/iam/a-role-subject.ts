/** Roles as rules see them: with their policies, the functions that have them, and the rest of the account. */
import type { Exposure } from "../../../shared/model/graph.ts";
import type { Principal } from "../../../shared/model/principal.ts";
import type { RoleUser } from "../../../shared/model/role-access.ts";
import type { Judgements } from "../../../shared/model/rule.ts";
import type { SettingValue } from "../../../shared/model/rule-settings.ts";
import { type AccountSeen, accessIn } from "../../../shared/permissions/role-access.ts";
import { account } from "../../permissions/a-principal.ts";
import { aResource, resourceRule, resourceSubject } from "../a-resource-subject.ts";
import { aSubject, contextOf, now } from "../a-subject.ts";

/** Code that was read, with `needs` found in it and in settings. */
export function needing(...needs: readonly (readonly [action: string, ...resources: string[]])[]): Pick<RoleUser, "code" | "need"> {
  return {
    code: { code: { language: "javascript", calls: [], unresolved: [], unread: [], files: 1 }, layers: [] },
    need: {
      needs: needs.map(([action, ...resources]) => ({
        action,
        resources: resources.length > 0 ? resources : ["*"],
        source: "code",
        confidence: "high",
        why: `${action} at index.mjs:7`,
      })),
      unresolved: [],
    },
  };
}

/** A function that has the role. */
export function aUserOf(
  role: Principal,
  name = "orders",
  more: { level?: Exposure["level"]; region?: string; deployTime?: string; stack?: string } & Pick<
    RoleUser,
    "code" | "need" | "calls"
  > = {},
): RoleUser {
  const { level = "internal", region = "eu-west-1", deployTime, stack, code, need, calls } = more;
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  const { facts, configuration } = aSubject({ arn, name, region, roleArn: role.arn, ...(stack ? { stack: { name: stack } } : {}) });
  return { facts, configuration, exposure: { level, paths: [] }, code, need, calls, ...(deployTime ? { deployTime } : {}) };
}

export function judgeRole(
  id: string,
  principals: readonly Principal[],
  users: readonly RoleUser[],
  seen: Partial<AccountSeen> & { at?: Date; settings?: Record<string, SettingValue> } = {},
): Judgements {
  const { at = now, settings = {}, ...more } = seen;
  const [principal] = principals;
  if (!principal) throw new Error("there is no role to judge");
  const rule = resourceRule(id);
  const access = accessIn(
    { account, partition: "aws", principals, users, useOf: () => undefined, reachedBy: () => [], ...more },
    at,
  )(principal.arn);
  const trusted = principal.trustPolicy.includes("lambda.amazonaws.com") ? ["lambda.amazonaws.com"] : [];
  const resource = aResource(principal.kind === "user" ? "AWS::IAM::User" : "AWS::IAM::Role", {
    arn: principal.arn,
    name: principal.name,
    region: "global",
    details: { trustedServices: trusted },
    tags: principal.tags,
    ...(principal.createdAt ? { createdAt: principal.createdAt } : {}),
  });
  return rule.judge({ ...resourceSubject(resource), access }, { ...contextOf(rule, settings), now: at });
}

/** Judges the function that has the role. */
export function judgeUser(id: string, principal: Principal, user: RoleUser): Judgements {
  const rule = resourceRule(id);
  const seen = { account, partition: "aws", principals: [principal], users: [user], useOf: () => undefined, reachedBy: () => [] };
  const access = accessIn(seen, now)(principal.arn);
  const { arn, name } = user.facts;
  return rule.judge({ ...resourceSubject(aResource("AWS::Lambda::Function", { arn, name })), access, user }, contextOf(rule));
}

/** Words of the first hit. */
export function wordedRole(id: string, principals: readonly Principal[], users: readonly RoleUser[]) {
  const judgements = judgeRole(id, principals, users);
  const [hit] = "answer" in judgements ? [judgements] : judgements;
  if (hit?.answer !== "hit") throw new Error(`${id} says ${hit?.answer}`);
  const { arn = "", name = "" } = principals[0] ?? {};
  return resourceRule(id).word(hit.evidence, { arn, name, type: "AWS::IAM::Role", region: "global", account });
}
