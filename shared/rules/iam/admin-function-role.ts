import type { Severity } from "../../model/finding.ts";
import { resourceRule } from "../../model/rule.ts";
import { worstExposure } from "../../permissions/role-risk.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { doors } from "../doors.ts";
import { isFunctionRole, roleRemediation, unreadPolicies, usersEvidence, whoHasIt } from "../role-users.ts";
import { stackEvidence } from "../unused-resource.ts";

/** The role of a function may do everything, or give itself everything. Denials and boundaries are respected. */
export const adminFunctionRole = resourceRule({
  id: "iam/admin-function-role",
  subject: "resource",
  summary: "a function's role may do everything in the account, or give itself everything",
  why: "Whoever gets the function to run a line of his own, by its input or by a library, owns the account.",
  needs: ["functions", "iam:own"],
  weighs: doors,
  gone: ["iam"],
  holdsFromPart: true,
  types: ["AWS::IAM::Role"],
  usageBased: false,
  severities: [
    { severity: "CRITICAL", when: "a function that has it can be reached from the internet without authentication" },
    { severity: "HIGH", when: "any other function has it" },
    { severity: "MEDIUM", when: "it may so only under a condition, and no such function has it" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"],

  judge({ resource, access }) {
    if (!access || !isFunctionRole(access, resource.details?.trustedServices)) return { answer: "clear" };
    const { power, functions, grant } = access;
    if (!power) {
      const unread = unreadPolicies(access);
      return unread ? { answer: "unknown", why: unread } : { answer: "clear" };
    }
    const isOpen = worstExposure(functions) === "internet-anonymous";
    const severity: Severity = isOpen ? (power.condition ? "HIGH" : "CRITICAL") : power.condition ? "MEDIUM" : "HIGH";
    const statements = grant.scopesOf("iam:PutRolePolicy").map(({ statement }) => statement);
    return {
      answer: "hit",
      severity,
      // a boundary that was not read may hold it back
      confidence: grant.unread.some((one) => one.startsWith("boundary")) ? "low" : power.condition ? "medium" : "high",
      materialKey: `${power.kind}${power.condition ? " conditional" : ""}`,
      evidence: {
        power: power.kind,
        ...(power.condition ? { condition: power.condition } : {}),
        statements,
        ...usersEvidence(access),
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, { name }) {
    const what = evidence.power === "everything" ? "everything in the account" : "everything in IAM, and so give itself the rest";
    const condition = text(evidence.condition);
    const statements = Array.isArray(evidence.statements) ? evidence.statements.join("; ") : "";
    const only = condition ? ` It may so under a condition only: ${condition}.` : "";
    return {
      title: `Role ${name}${whoHasIt(evidence)} may do ${what}`,
      remediation: roleRemediation(
        evidence,
        `Give the function a role of its own with what its code calls, and nothing else. What allows everything now: ${statements}.${only} Switch over, watch for denials, then take this role's policies off.`,
        [
          awsCommand("iam", "list-attached-role-policies", { "role-name": name }),
          awsCommand("iam", "list-role-policies", { "role-name": name }),
        ],
      ),
    };
  },
});
