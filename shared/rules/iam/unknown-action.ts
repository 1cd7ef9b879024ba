import { distance } from "fastest-levenshtein";
import { actionOf, actionsAsOf, actionsOf, isServiceKnown, servicePrefixes } from "../../data/action-table.ts";
import { staleAfterDays } from "../../data/freshness.ts";
import { dayOf } from "../../model/day.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { Hit } from "../../model/rule.ts";
import { resourceRule } from "../../model/rule.ts";
import { matches } from "../../policies/match.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { isFunctionRole, roleRemediation } from "../role-users.ts";
import { stackEvidence } from "../unused-resource.ts";

/** So many letters may be wrong in a name that is meant to be another: a slip, not a new action. */
const slipsAtMost = 3;

/** A statement names an action that AWS does not have. AWS takes such policies, and they grant nothing. */
export const unknownAction = resourceRule({
  id: "iam/unknown-action",
  subject: "resource",
  summary: "a policy names an action that AWS does not have",
  why: "AWS accepts the policy and grants nothing by that name: the call that was meant is refused on the day it is needed, and a denial denies nothing.",
  needs: ["functions", "iam:own"],
  gone: ["iam"],
  holdsFromPart: true,
  types: ["AWS::IAM::Role", "AWS::IAM::User"],
  usageBased: false,
  severities: [
    { severity: "MEDIUM", when: "it stands in a denial, and is nearly the name of an action" },
    { severity: "LOW", when: "it stands in a permission, and is nearly the name of an action, or a pattern that fits none" },
    {
      severity: "INFORMATIONAL",
      when: "its service or its name is far from any that is known: perhaps newer than our list of actions, or retired",
    },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"],

  judge({ resource, access }, { now }) {
    if (!access || !(access.wholeAccount || isFunctionRole(access, resource.details?.trustedServices))) return { answer: "clear" };
    if (dayOf(now) - dayOf(actionsAsOf) > staleAfterDays)
      return { answer: "unknown", why: `the list of actions is of ${actionsAsOf}: too old to say` };
    const byAction = Map.groupBy(access.writtenActions(), ({ action }) => action.toLowerCase());
    return [...byAction.values()].flatMap((uses): Hit[] => {
      const [first] = uses;
      const wrong = first && whatIsWrong(first.action);
      if (!first || !wrong) return [];
      const denies = uses.some(({ allow }) => !allow);
      const isSlip = wrong.meant !== undefined || wrong.kind === "pattern";
      return [
        {
          answer: "hit",
          sub: shortOf(first.action).toLowerCase(),
          severity: isSlip ? (denies ? "MEDIUM" : "LOW") : "INFORMATIONAL",
          confidence: wrong.meant ? "high" : wrong.kind === "pattern" ? "medium" : "low",
          materialKey: `${denies ? "denies" : "allows"} ${wrong.meant ?? ""}`,
          evidence: {
            action: shortOf(first.action),
            kind: wrong.kind,
            ...(wrong.meant ? { meant: wrong.meant } : {}),
            denies,
            statements: uses.map(({ statement }) => statement),
            tableAsOf: actionsAsOf,
            ...stackEvidence(resource.tags ?? {}),
          },
        },
      ];
    });
  },

  word(evidence, { name, type }) {
    const statements = Array.isArray(evidence.statements) ? evidence.statements.join("; ") : "";
    const meant = text(evidence.meant);
    const what =
      evidence.kind === "service"
        ? "of a service that is not known"
        : evidence.kind === "pattern"
          ? "that fits no action"
          : "that AWS does not have";
    const effect = evidence.denies ? "It denies nothing" : "It grants nothing";
    const isUser = type === "AWS::IAM::User";
    return {
      title: `${isUser ? "User" : "Role"} ${name} names ${text(evidence.action)}, ${what}${meant ? `: perhaps ${meant}` : ""}`,
      remediation: roleRemediation(
        evidence,
        `${effect} (${statements}). ${meant ? `Write ${meant} if that is what is meant, else take it out.` : `Look it up; our list of actions is of ${text(evidence.tableAsOf)}. What is retired can go.`}`,
        [
          isUser
            ? awsCommand("iam", "list-user-policies", { "user-name": name })
            : awsCommand("iam", "list-role-policies", { "role-name": name }),
        ],
      ),
    };
  },
});

/** No action of AWS is as long; what a policy has there may be. */
function shortOf(action: string): string {
  return cleanText(action, 128);
}

interface Wrong {
  readonly kind: "action" | "service" | "pattern" | "form";
  /** The name that it nearly is. */
  readonly meant?: string;
}

function whatIsWrong(action: string): Wrong | undefined {
  if (/^\*+$/.test(action) || actionOf(action)) return undefined;
  const [service = "", name = "", ...more] = action.split(":");
  if (name === "" || more.length > 0) return { kind: "form" };
  // a pattern of services, or a variable that a template left: nothing to compare
  if (/[*?${}]/.test(service)) return undefined;
  if (!isServiceKnown(service)) {
    const near = nearest(service.toLowerCase(), servicePrefixes, 1);
    return near ? { kind: "service", meant: `${near}:${name}` } : { kind: "service" };
  }
  const names = actionsOf(service).map((one) => one.name.slice(one.service.length + 1));
  if (/[*?]/.test(name)) return names.some((one) => matches(name.toLowerCase(), one.toLowerCase())) ? undefined : { kind: "pattern" };
  const near = nearest(name, names, Math.min(slipsAtMost, Math.floor(name.length / 5)));
  return near ? { kind: "action", meant: `${service.toLowerCase()}:${near}` } : { kind: "action" };
}

/** The one of `names` that takes the fewest changes, `atMost` so many. */
function nearest(name: string, names: readonly string[], atMost: number): string | undefined {
  let best: { name: string; changes: number } | undefined;
  for (const one of names) {
    const changes = distance(name.toLowerCase(), one.toLowerCase());
    if (changes <= atMost && (best === undefined || changes < best.changes)) best = { name: one, changes };
  }
  return best?.name;
}
