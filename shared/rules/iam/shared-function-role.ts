import type { Confidence, Severity } from "../../model/finding.ts";
import type { RoleUser } from "../../model/role-access.ts";
import { resourceRule } from "../../model/rule.ts";
import { worstExposure } from "../../permissions/role-risk.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { doors } from "../doors.ts";
import { roleRemediation, usersEvidence } from "../role-users.ts";
import { stackEvidence } from "../unused-resource.ts";

/** Several functions have one role. */
export const sharedFunctionRole = resourceRule({
  id: "iam/shared-function-role",
  subject: "resource",
  summary: "several functions have the same role",
  why: "Each of them may do what any of them needs: the one that is broken into has the permissions of all, and nobody can tell any more which may go.",
  needs: ["functions", "iam:own"],
  weighs: doors,
  gone: ["iam"],
  holdsFromPart: true,
  types: ["AWS::IAM::Role"],
  usageBased: false,
  severities: [
    {
      severity: "HIGH",
      when: "one of them can be reached from the internet without authentication, and the role may do more than write logs",
    },
    { severity: "MEDIUM", when: "any other functions share it" },
    {
      severity: "LOW",
      when: "helpers of one stack that run during deployments only, one function in several Regions, or a role that may only write logs and traces",
    },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"],

  judge({ resource, access }) {
    if (!access) return { answer: "clear" };
    const { functions, grant } = access;
    if (!functions) return { answer: "unknown", why: "which functions there are was not given" };
    if (functions.length < 2) return { answer: "clear" };
    const why =
      onPurpose(functions) ??
      (grant.unread.length === 0 && grant.actions.every(isEveryones) ? "it may only write logs and traces" : undefined);
    const severity: Severity = why ? "LOW" : worstExposure(functions) === "internet-anonymous" ? "HIGH" : "MEDIUM";
    const confidence: Confidence = "high";
    return {
      answer: "hit",
      severity,
      confidence,
      materialKey: functions
        .map(({ facts }) => facts.arn)
        .sort()
        .join("|"),
      evidence: { ...usersEvidence(access), count: functions.length, ...(why ? { mild: why } : {}), ...stackEvidence(resource.tags ?? {}) },
    };
  },

  word(evidence, { name, arn }) {
    const names = Array.isArray(evidence.functions) ? evidence.functions : [];
    const mild = text(evidence.mild);
    const shown = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
    return {
      title: `Role ${name} is shared by ${text(evidence.count)} functions: ${shown}`,
      remediation: roleRemediation(
        evidence,
        `${mild ? `It matters less here: ${mild}. ` : ""}Give each function a role of its own, one at a time: create the role, switch one function over, watch for denials, go on with the next. Begin with the one that is reachable from outside.`,
        [
          `aws lambda list-functions --query "Functions[?Role=='${arn}'].FunctionName"`,
          awsCommand("iam", "get-role", { "role-name": name }),
        ],
      ),
    };
  },
});

function isEveryones(action: string): boolean {
  return /^(logs:(Create|Put|Describe)|xray:|cloudwatch:PutMetricData)/.test(action);
}

/** Why functions share a role that were meant to. */
function onPurpose(functions: readonly RoleUser[]): string | undefined {
  const [first, ...rest] = functions;
  if (first && rest.every(({ facts }) => facts.name === first.facts.name)) return "it is one function in several Regions";
  const stacks = new Set(functions.map(({ facts }) => facts.stack?.name));
  if (functions.every(({ deployTime }) => deployTime !== undefined) && stacks.size === 1 && !stacks.has(undefined))
    return "all are helpers of one stack that run only while it is deployed";
  return undefined;
}
