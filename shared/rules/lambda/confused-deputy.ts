import { parseArn } from "../../model/arn.ts";
import type { ResourceRef } from "../../model/resource.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import {
  at,
  clearUnlessUnread,
  functionTypes,
  policyReference,
  refsIn,
  removalCommands,
  statementEvidence,
  statementsOfKind,
} from "../function-statements.ts";

/**
 * An AWS service may invoke a function for whatever resource of it: also for one in somebody else's account that names this
 * function. Source: IAM user guide, "The confused deputy problem".
 */
export const confusedDeputy = resourceRule({
  id: "lambda/confused-deputy",
  subject: "resource",
  summary: "a service may call a function on behalf of anybody's resources",
  why: "The permission names the service but neither the source nor its account, or by a pattern that anybody's fits: somebody else's bucket, topic, rule or API that names this function as its target would be let through as well.",
  needs: ["lambda-access:own"],
  gone: ["functions:listed"],
  types: functionTypes,
  usageBased: false,
  severities: [
    { severity: "LOW", when: "a statement for a service has no aws:SourceArn or aws:SourceAccount, or one that anybody's resource fits" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html", policyReference],

  judge({ resource }) {
    const statements = statementsOfKind(resource, "deputyStatements") ?? [];
    if (statements.length === 0) return clearUnlessUnread(resource, /^(policy|aliases)/);
    const evidence = statementEvidence(statements, resource);
    return { answer: "hit", severity: "LOW", confidence: "high", materialKey: String(evidence.statements), evidence };
  },

  word(evidence, resource) {
    const refs = refsIn(evidence);
    const services = [...new Set(refs.flatMap(({ who }) => who ?? []))].toSorted();
    const inStack = stackAdvice(text(evidence.stack) || undefined, undefined, "set SourceAccount or SourceArn on the permission");
    const narrowed = refs.map(({ sid, qualifier, who }) =>
      awsCommand("lambda", "add-permission", {
        "function-name": resource.name,
        "statement-id": `${sid.slice(0, 88)}-own-account`,
        action: who?.startsWith("cloudfront.") ? "lambda:InvokeFunctionUrl" : "lambda:InvokeFunction",
        principal: who ?? "",
        ...ownSource(who ?? "", resource),
        ...at(qualifier),
        region: resource.region,
      }),
    );
    return {
      title: `${services.join(", ")} may call ${resource.name} on behalf of any account`,
      remediation: {
        text: `${inStack}Add the same permission for sources of this account only (or better, with the ARN of the one source), then take the wide one out.`,
        commands: [...narrowed, ...removalCommands(evidence, resource)],
      },
    };
  },
});

/** ARNs of sources by principal, where they name the account; for the others aws:SourceAccount is the documented condition. */
const sources: Readonly<Record<string, string>> = {
  apigateway: "execute-api",
  "cognito-idp": "cognito-idp",
  elasticloadbalancing: "elasticloadbalancing",
  events: "events",
  iot: "iot",
  logs: "logs",
  sns: "sns",
};

function ownSource(principal: string, { arn, account, region }: ResourceRef): Record<string, string> {
  if (principal.startsWith("alexa-")) return { "event-source-token": "SKILL_ID" };
  if (principal.startsWith("cloudfront.")) {
    return { "source-arn": `arn:${parseArn(arn)?.partition}:cloudfront::${account}:distribution/*`, "function-url-auth-type": "AWS_IAM" };
  }
  const source = sources[principal.split(".")[0] ?? ""];
  return source ? { "source-arn": `arn:${parseArn(arn)?.partition}:${source}:${region}:${account}:*` } : { "source-account": account };
}
