import { resourceRule } from "../../model/rule.ts";
import { stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { listDetail } from "../from-outside.ts";
import {
  clearUnlessUntold,
  functionTypes,
  policyReference,
  refsIn,
  removalCommands,
  statementEvidence,
  statementsOfKind,
  verbsOf,
} from "../function-statements.ts";

/** Other accounts may call a function, change it or read it. Often meant so; the point is to know whom. */
export const crossAccountAccess = resourceRule({
  id: "lambda/cross-account-access",
  subject: "resource",
  summary: "other AWS accounts may call, change or read a function",
  why: "Everybody who may invoke functions in those accounts can call this one, and nobody here sees who that is. Access given for a project tends to outlive it.",
  needs: ["lambda-access:own"],
  gone: ["functions:listed"],
  types: functionTypes,
  usageBased: false,
  severities: [
    { severity: "HIGH", when: "somebody else may put other code into the function, or give himself permission to" },
    { severity: "MEDIUM", when: "a single other account is let in" },
    { severity: "LOW", when: "only accounts of a named organization are" },
  ],
  settings: {},
  references: [policyReference],

  judge({ resource }) {
    const statements = statementsOfKind(resource, "crossAccountStatements") ?? [];
    if (statements.length === 0) return clearUnlessUntold(resource, /^(policy|aliases|urls)/);
    const who = [...new Set(statements.flatMap((statement) => statement.who ?? []))].toSorted();
    const may = listDetail(resource, "crossAccountMay");
    const takeover = may.includes("take over");
    return {
      answer: "hit",
      severity: takeover ? "HIGH" : who.some((one) => one.startsWith("account:")) ? "MEDIUM" : "LOW",
      confidence: "high",
      materialKey: `${who.join("|")}${takeover ? " take over" : ""}`,
      evidence: { ...statementEvidence(statements, resource), who, may },
    };
  },

  word(evidence, resource) {
    const who = [...new Set(refsIn(evidence).flatMap((ref) => ref.who ?? []))].map((one) => one.replace(":", " ")).toSorted();
    const inStack = stackAdvice(text(evidence.stack) || undefined, undefined, "take the permission out");
    return {
      title: `${who.slice(0, 3).join(", ")}${who.length > 3 ? ` and ${who.length - 3} more` : ""} may ${verbsOf(evidence, "call")} ${resource.name}`,
      remediation: {
        text: `${inStack}Ask whether each of them still needs it. Keep the policy (first), then take out what nobody needs; whoever is left out is refused from then on.`,
        commands: removalCommands(evidence, resource),
      },
    };
  },
});
