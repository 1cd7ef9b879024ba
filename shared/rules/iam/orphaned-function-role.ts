import { dayOf } from "../../model/day.ts";
import type { Resource } from "../../model/graph.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand, shellQuote } from "../../wording/aws-cli.ts";
import { daysText, text, trialDays } from "../../wording/words.ts";
import { stackEvidence, unusedRemediation } from "../unused-resource.ts";

type Details = NonNullable<Resource["details"]>;

/** Policy of AWS for roles of capacity providers (Lambda Managed Instances), which Lambda takes without any function having them. */
const capacityProviderPolicy = "AWSLambdaManagedEC2ResourceOperator";

/** Trusted by Lambda and by nobody else: a role for functions. */
function isFunctionRole({ policies, trustedServices, trustedFederations, trustedOutside, trustsOwnAccount }: Details): boolean {
  const services = Array.isArray(trustedServices) ? trustedServices : [];
  const others = [trustedFederations, trustedOutside].flatMap((one) => (Array.isArray(one) ? one : []));
  const onlyLambda = services.length > 0 && services.every((one) => /^lambda\.amazonaws\.com(\.cn)?$/.test(one));
  const forCapacity = Array.isArray(policies) && policies.includes(capacityProviderPolicy);
  return onlyLambda && others.length === 0 && trustsOwnAccount === false && !forCapacity;
}

/** A role that only Lambda may take, and that no function of any Region takes any more. */
export const orphanedFunctionRole = resourceRule({
  id: "iam/orphaned-function-role",
  subject: "resource",
  summary: "a role for functions is left over: no function has it, and no version behind an alias",
  why: "Whoever may create a function and pass roles can give this one to code of their own, and gets everything it was ever granted.",
  needs: ["functions", "lambda-access", "iam:own"],
  gone: ["iam"],
  types: ["AWS::IAM::Role"],
  usageBased: false,
  severities: [{ severity: "LOW", when: "no function of any Region has it" }],
  settings: {
    graceDays: { default: 14, unit: "days", minimum: 0, meaning: "roles younger than this are left alone" },
    quietDays: { default: 90, unit: "days", minimum: 1, meaning: "roles used later than this ago are left alone" },
  },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"],

  judge({ resource, incoming, functionOf }, { now, settings }) {
    const { details = {}, createdAt, lastUsed, tags = {} } = resource;
    if (!isFunctionRole(details)) return { answer: "clear" };
    if (incoming.some(({ kind, from }) => kind === "assumes" && functionOf(from))) return { answer: "clear" };
    if (createdAt === undefined) return { answer: "unknown", why: "when it was created is not known" };
    if (dayOf(now) - dayOf(createdAt) < settings.graceDays) return { answer: "clear" };
    // used though no function has it now: published versions that no alias leads to keep the role that they were made with
    if (lastUsed?.state === "used" && (lastUsed.quietDays ?? 0) < settings.quietDays) return { answer: "clear" };
    return {
      answer: "hit",
      severity: "LOW",
      confidence: lastUsed?.state === "used" || lastUsed?.state === "none-seen" ? "high" : "medium",
      materialKey: "no function",
      evidence: { createdAt, lastUsedAt: lastUsed?.at ?? null, ...stackEvidence(tags) },
    };
  },

  word(evidence, { name }) {
    const role = { "role-name": name };
    const close = `${awsCommand("iam", "put-role-policy", { ...role, "policy-name": "switched-off" })} --policy-document ${shellQuote(
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] }),
    )}`;
    const open = awsCommand("iam", "delete-role-policy", { ...role, "policy-name": "switched-off" });
    const when = text(evidence.lastUsedAt);
    const advice = `${when ? `It was last used on ${when}. ` : ""}First take everything from it, which can be undone (second command); after ${daysText(trialDays)} take off its policies and delete it.`;
    return {
      title: `Role ${name} can only be taken by functions, and no function has it`,
      remediation: unusedRemediation(evidence, advice, [close, open, awsCommand("iam", "delete-role", role)]),
    };
  },
});
