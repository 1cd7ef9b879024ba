import { resourceRule } from "../../model/rule.ts";
import { stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { listDetail } from "../from-outside.ts";
import {
  clearUnlessUntold,
  functionTypes,
  policyReference,
  removalCommands,
  statementEvidence,
  statementsOfKind,
  verbsOf,
} from "../function-statements.ts";

/** A function that any AWS account may invoke, change or read. Statements that only serve a function URL are told by lambda/open-function-url. */
export const publicPolicy = resourceRule({
  id: "lambda/public-policy",
  subject: "resource",
  summary: "any AWS account may invoke, change or read a function by its policy",
  why: "The policy names everybody and asks nothing that would single somebody out: whoever has an AWS account, and knows or guesses the function's ARN, can invoke it directly, past any API before it, put code of his own into it, or fetch its code and environment, as the actions say.",
  needs: ["lambda-access:own"],
  gone: ["functions:listed"],
  types: functionTypes,
  usageBased: false,
  severities: [
    { severity: "CRITICAL", when: "a statement lets everybody put other code into the function, or give himself permission to" },
    { severity: "HIGH", when: "everybody may invoke the function, change its settings or read its code" },
  ],
  settings: {},
  references: [policyReference],

  judge({ resource }) {
    const statements = statementsOfKind(resource, "publicStatements") ?? [];
    if (statements.length === 0) return clearUnlessUntold(resource, /^(policy|aliases)/);
    const takeover = (statementsOfKind(resource, "takeoverStatements") ?? []).length > 0;
    const evidence = statementEvidence(statements, resource);
    return {
      answer: "hit",
      severity: takeover ? "CRITICAL" : "HIGH",
      confidence: "high",
      materialKey: `${String(evidence.statements)}|${takeover}`,
      evidence: { ...evidence, takeover, may: listDetail(resource, "publicMay") },
    };
  },

  word(evidence, resource) {
    const change = "name the accounts, or the source, in the permission";
    const inStack = stackAdvice(text(evidence.stack) || undefined, undefined, change);
    return {
      title: `any AWS account may ${verbsOf(evidence, evidence.takeover ? "invoke and change" : "invoke")} ${resource.name}`,
      remediation: {
        text: `${inStack}Keep the policy (first), add permissions for those who need one, with their account as principal or with aws:SourceArn, then take out the statements that name everybody.`,
        commands: removalCommands(evidence, resource),
      },
    };
  },
});
