import { type Confidence, type Severity, severities, severityRank } from "../../model/finding.ts";
import type { Escalation } from "../../model/permissions.ts";
import type { RoleAccess } from "../../model/role-access.ts";
import { resourceRule } from "../../model/rule.ts";
import { worstExposure } from "../../permissions/role-risk.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { doors } from "../doors.ts";
import { isFunctionRole, roleRemediation, unreadPolicies, usersEvidence, whoHasIt } from "../role-users.ts";
import { stackEvidence } from "../unused-resource.ts";

/** Services that assume roles to work for what is serverless; what people and servers may do is no matter of a scan. */
const serverless = /^(lambda|edgelambda|apigateway|appsync|events|firehose|iot|pipes|scheduler|states)\./;

/** The most powerful come first in every way. */
const targetsAtMost = 10;

/** A role may do little, and get at much. */
export const privilegeEscalation = resourceRule({
  id: "iam/privilege-escalation",
  subject: "resource",
  summary: "a role can get itself more than it was given, by a known way",
  why: "What a policy says is not all that its holder can reach: passing a stronger role on, changing a stronger function's code or its own policy makes a small role a large one.",
  needs: ["functions", "iam"],
  weighs: doors,
  gone: ["iam"],
  holdsFromPart: true,
  types: ["AWS::IAM::Role", "AWS::IAM::User"],
  usageBased: false,
  severities: [
    {
      severity: "CRITICAL",
      when: "it leads to an administrator, and a function with the role can be reached from the internet without authentication",
    },
    { severity: "HIGH", when: "it leads to an administrator" },
    {
      severity: "MEDIUM",
      when: "it leads to something that matters and the role may not do; or to an administrator, if what is aimed at is there",
    },
    { severity: "LOW", when: "it leads to something that matters, if what is aimed at is there" },
  ],
  settings: {},
  references: ["https://pathfinding.cloud", "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"],

  judge({ resource, access }) {
    if (!access || !isLookedAt(access, resource.details?.trustedServices)) return { answer: "clear" };
    const found = access.escalations();
    if (found.length === 0) {
      const unread = unreadPolicies(access);
      return unread ? { answer: "unknown", why: unread } : { answer: "clear" };
    }
    const isOpen = worstExposure(access.functions) === "internet-anonymous";
    const graded = found.map((one) => ({ one, severity: severityOf(one, isOpen) }));
    const severity = graded.map((each) => each.severity).toSorted((a, b) => severityRank(a) - severityRank(b))[0] ?? "LOW";
    const least = (confidence: Confidence) => found.some((one) => one.confidence === confidence);
    const perhaps = found.filter(({ confidence }) => confidence === "low").map(({ path }) => path);
    const conditional = found.filter(({ confidence }) => confidence === "medium").map(({ path }) => path);
    return {
      answer: "hit",
      severity,
      confidence: least("high") ? "high" : least("medium") ? "medium" : "low",
      materialKey: found.map(({ path, gain }) => `${path} ${gain}`).join("|"),
      evidence: {
        paths: found.map(({ path }) => path),
        ways: found.map(wayText),
        targets: [...new Set(found.flatMap(({ targets }) => targets))].slice(0, targetsAtMost),
        statements: [...new Set(found.flatMap(({ statements }) => statements))],
        gain: found.some(({ gain }) => gain === "administrator") ? "administrator" : "more",
        ...(conditional.length > 0 ? { conditional } : {}),
        ...(perhaps.length > 0 ? { ifThere: perhaps } : {}),
        ...usersEvidence(access),
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, { name, type }) {
    const ways = Array.isArray(evidence.ways) ? evidence.ways : [];
    const statements = Array.isArray(evidence.statements) ? evidence.statements.join("; ") : "";
    const isUser = type === "AWS::IAM::User";
    const end = evidence.gain === "administrator" ? "an administrator" : "more than it was given";
    const perhaps = Array.isArray(evidence.ifThere) ? ` Only if what they aim at is there: ${evidence.ifThere.join(", ")}.` : "";
    const conditional = Array.isArray(evidence.conditional) ? ` Under a condition: ${evidence.conditional.join(", ")}.` : "";
    return {
      title: `${isUser ? "User" : "Role"} ${name}${whoHasIt(evidence)} can become ${end}: ${text(ways[0])}${ways.length > 1 ? `, and ${ways.length - 1} more ways` : ""}`,
      remediation: roleRemediation(
        evidence,
        `Name the resources of these permissions, or take them away: ${statements}. iam:PassRole should name the one role it is for, and the service in iam:PassedToService.${perhaps}${conditional}`,
        isUser
          ? [
              awsCommand("iam", "list-attached-user-policies", { "user-name": name }),
              awsCommand("iam", "list-user-policies", { "user-name": name }),
            ]
          : [
              awsCommand("iam", "list-attached-role-policies", { "role-name": name }),
              awsCommand("iam", "list-role-policies", { "role-name": name }),
            ],
      ),
    };
  },
});

/** In a scan the roles of what is serverless; everybody where a whole account was given to be looked at. */
function isLookedAt(access: RoleAccess, trustedServices: unknown): boolean {
  if (access.wholeAccount || isFunctionRole(access, trustedServices)) return true;
  return Array.isArray(trustedServices) && trustedServices.some((one) => serverless.test(String(one)));
}

function severityOf({ gain, confidence }: Escalation, isOpen: boolean): Severity {
  const sure: Severity = gain === "administrator" ? (isOpen ? "CRITICAL" : "HIGH") : "MEDIUM";
  return confidence === "low" ? (severities[severityRank(sure) + 1] ?? sure) : sure;
}

/** `lambda-003: lambda:UpdateFunctionCode -> function orders (role admin)` */
function wayText({ path, permissions, targets }: Escalation): string {
  return `${path}: ${permissions.join(" + ")} -> ${targets.join(", ")}`;
}
