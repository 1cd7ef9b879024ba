import type { Evidence } from "../../model/finding.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { daysText, text, trialDays } from "../../wording/words.ts";
import { judgeUnused, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** An API that answered no request for months. CloudWatch counts REST APIs by name: two of one name cannot be told apart. */
export const unusedApi = resourceRule({
  ...unusedRule,
  id: "apigateway/unused-api",
  summary: "an API got no request for months",
  why: "An API that nobody calls is still a door on the internet, and nobody would notice who comes through it.",
  needs: ["rest-apis:listed", "http-apis:listed", "resource-usage:own"],
  gone: ["rest-apis:listed", "http-apis:listed"],
  types: ["AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"],
  references: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html"],

  judge(subject, context) {
    const judgement = judgeUnused(subject, context);
    if (judgement.answer !== "hit") return judgement;
    const { apiId, customDomains } = subject.resource.details ?? {};
    const domains: Evidence = Array.isArray(customDomains) && customDomains.length > 0 ? { customDomains: customDomains.slice(0, 5) } : {};
    return { ...judgement, evidence: { ...judgement.evidence, apiId: text(apiId), ...domains } };
  },

  word(evidence, resource) {
    const rest = resource.type === "AWS::ApiGateway::RestApi";
    const id = { [rest ? "rest-api-id" : "api-id"]: text(evidence.apiId), region: resource.region };
    const close = rest
      ? awsCommand("apigateway", "update-rest-api", { ...id, "patch-operations": "op=replace,path=/disableExecuteApiEndpoint,value=true" })
      : `${awsCommand("apigatewayv2", "update-api", id)} --disable-execute-api-endpoint`;
    const remove = rest ? awsCommand("apigateway", "delete-rest-api", id) : awsCommand("apigatewayv2", "delete-api", id);
    const counted = rest ? "CloudWatch counts its requests by its name: if it was renamed lately, look at the former name, too. " : "";
    const domains = Array.isArray(evidence.customDomains) ? evidence.customDomains : [];
    const mapped =
      domains.length > 0 ? ` It is deleted only when nothing maps to it any more: take it off ${domains.join(", ")} before.` : "";
    const advice = `${counted}First close its default address (custom domains stay open; a REST API has to be deployed again for this), which can be undone. When nobody has missed it for ${daysText(trialDays)}, delete it.${mapped}`;
    return { title: unusedTitle("API", "called", evidence, resource), remediation: unusedRemediation(evidence, advice, [close, remove]) };
  },
});
