import type { Need } from "../../model/permissions.ts";
import type { RoleAccess, RoleUser } from "../../model/role-access.ts";
import { resourceRule } from "../../model/rule.ts";
import { type Refusal, refusalsIn, refusedWithinDays } from "../../permissions/need-seen.ts";
import { isHelperOfTool } from "../../usage/deploy-time.ts";
import { awsCommand, shellQuote } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { roleRemediation, unreadPolicies } from "../role-users.ts";
import { stackEvidence } from "../unused-resource.ts";

const namedAtMost = 10;

/** What policies of resources usually allow to roles of their account, which then need not allow it. Source: IAM user guide, policy evaluation logic. */
const byResourcePolicy =
  /^(s3:(GetObject|PutObject|DeleteObject|ListBucket)|sqs:(Send|Receive|Delete)Message|sns:Publish|kms:\w+|lambda:InvokeFunction\w*|secretsmanager:GetSecretValue|events:PutEvents|execute-api:\w+|sts:AssumeRole|ecr:\w+)$/i;

/**
 * What a function's code or settings need, and its role does not allow: the call fails, or will when it comes to it. HIGH where AWS refused it
 * lately. Said of code only where the call stands in the function's own code, plainly, and nothing else can allow it; and not of the helpers that
 * deployment tools add to stacks: their code can do more than a template asks of it, the tool grants what it asks, often in the policy of a
 * bucket, and where that is too little the deployment fails and says so.
 */
export const missingPermission = resourceRule({
  id: "iam/missing-permission",
  subject: "resource",
  summary: "a function needs something that its role does not allow",
  why: "The call is refused: now, or on the day when the code first comes to it, which for error paths is the worst day.",
  needs: ["iam:own", "eventSourceMappings", "function-calls:own"],
  gone: ["functions:listed"],
  types: ["AWS::Lambda::Function"],
  usageBased: false,
  severities: [
    { severity: "HIGH", when: `AWS refused it within ${refusedWithinDays} days` },
    { severity: "MEDIUM", when: "its code or a setting needs it" },
    { severity: "LOW", when: "it is only its own log that it may not write: the function runs, and nobody will see why it failed" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"],

  judge({ resource, user, access }, { now }) {
    if (!user || !access) return { answer: "unknown", why: "its role could not be read" };
    const refused = refusalsIn(user.calls, user.facts.roleArn, now);
    const unread = unreadPolicies(access);
    const helper = isHelperOfTool(user.configuration, resource.tags?.["aws:cloudformation:logical-id"]);
    const missing = unread
      ? []
      : (user.need?.needs ?? []).filter((need) => isMissing(need, user, access) && !(helper && need.source === "code"));
    const actions = [...new Set([...refused.map(({ action }) => action), ...missing.map(({ action }) => action)])].toSorted();
    if (actions.length === 0) return unread ? { answer: "unknown", why: unread } : { answer: "clear" };
    const first = refused[0];
    const onlyLogs = !first && actions.every((action) => action.startsWith("logs:"));
    return {
      answer: "hit",
      severity: first ? "HIGH" : onlyLogs ? "LOW" : "MEDIUM",
      confidence: first ? "high" : missing.some(({ action }) => byResourcePolicy.test(action)) ? "low" : "medium",
      materialKey: `${first ? "refused" : "needed"}|${actions.join("|")}`,
      evidence: {
        role: access.principal.name,
        actions,
        refused: refused.slice(0, namedAtMost).map(({ action, resource: on }) => `${action}${on ? ` on ${on}` : ""}`),
        lastRefusedAt: first?.at ?? null,
        because: missing.slice(0, namedAtMost).map(({ action, why }) => `${action}: ${why}`),
        onlyLogs,
        maybeElsewhere: first === undefined && missing.some(({ action }) => byResourcePolicy.test(action)),
        statement: JSON.stringify(statementFor(refused, missing)),
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, { name }) {
    const actions = Array.isArray(evidence.actions) ? evidence.actions : [];
    const because = Array.isArray(evidence.because) ? evidence.because : [];
    const refused = Array.isArray(evidence.refused) ? evidence.refused : [];
    const shown = actions.length > 3 ? `${actions.slice(0, 3).join(", ")} and ${actions.length - 3} more` : actions.join(", ");
    const document = `{"Version":"2012-10-17","Statement":[${text(evidence.statement)}]}`;
    const role = { "role-name": text(evidence.role), "policy-name": "missing-permissions" };
    const grant = `${awsCommand("iam", "put-role-policy", role)} --policy-document ${shellQuote(document)}`;
    const how = refused.length > 0 ? `AWS refused: ${refused.join("; ")}. ` : "";
    const needs = because.length > 0 ? `Needed: ${because.join("; ")}. ` : "";
    return {
      title:
        refused.length > 0 ? `AWS refuses ${name} what it asks for: ${shown}` : `${name} needs ${shown}, which its role does not allow`,
      remediation: roleRemediation(
        evidence,
        `${how}${needs}${evidence.maybeElsewhere ? "A policy of the resource itself may allow it, which is not looked at here. " : ""}Where the function is meant to do it, the first command allows just that, and the second takes it back. Where it is not, the code that asks is what should go.`,
        [grant, awsCommand("iam", "delete-role-policy", role)],
      ),
    };
  },
});

function isMissing({ action, resources, source, confidence }: Need, { need, calls }: RoleUser, { grant }: RoleAccess): boolean {
  // where the log group is there already, nobody has to make it
  if (action === "logs:CreateLogGroup") return false;
  // what is not always asked is kept in proposals, and missed by nobody
  if (confidence !== "high" || (source !== "configuration" && source !== "code")) return false;
  const own = (calls?.calls ?? []).some(
    (call) => !call.denied && `${call.service}:${call.operation}`.toLowerCase() === action.toLowerCase(),
  );
  // the call may be made by another role that the code takes
  const takesRoles = need?.needs.some((one) => one.action === "sts:AssumeRole") === true;
  if (own || (takesRoles && source === "code")) return false;
  return resources.every((resource) => grant.allows(action, resource) === "none");
}

function statementFor(refused: readonly Refusal[], missing: readonly Need[]) {
  const Action = [...new Set([...refused.map(({ action }) => action), ...missing.map(({ action }) => action)])].toSorted();
  const named = [...refused.map(({ resource = "*" }) => resource), ...missing.flatMap(({ resources }) => resources)];
  const Resource = named.includes("*") ? ["*"] : [...new Set(named)].toSorted();
  return { Effect: "Allow", Action, Resource };
}
