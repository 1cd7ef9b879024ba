import { resourceRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";

/** An authorizer that no method or route of its API asks. */
export const unusedAuthorizer = resourceRule({
  id: "apigateway/unused-authorizer",
  subject: "resource",
  summary: "an authorizer is attached to no method of its API",
  why: "Somebody who sees it believes that the API checks its callers. Either it was forgotten to attach it, and what it should protect is open, or it is left over.",
  needs: ["rest-apis:own", "http-apis:own"],
  gone: ["rest-apis", "http-apis"],
  types: ["AWS::ApiGateway::Authorizer", "AWS::ApiGatewayV2::Authorizer"],
  usageBased: false,
  severities: [{ severity: "LOW", when: "no method or route of the API asks it" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html"],

  judge({ resource, resourceOf }) {
    const { attachedRoutes, api, apiName, authorizerId, kind } = resource.details ?? {};
    if (attachedRoutes !== 0) return { answer: "clear" };
    const of = resourceOf(text(api));
    const stack = of?.tags?.["aws:cloudformation:stack-name"];
    return {
      answer: "hit",
      severity: "LOW",
      confidence: "high",
      materialKey: "attached to nothing",
      evidence: {
        kind: kind ?? null,
        api: of?.name ?? apiName ?? null,
        apiId: of?.details?.apiId ?? null,
        authorizerId: authorizerId ?? null,
        readAt: resource.readAt ?? null,
        ...(stack ? { stack } : {}),
      },
    };
  },

  word(evidence, resource) {
    const rest = resource.type === "AWS::ApiGateway::Authorizer";
    const service = rest ? "apigateway" : "apigatewayv2";
    const options = {
      [rest ? "rest-api-id" : "api-id"]: text(evidence.apiId),
      "authorizer-id": text(evidence.authorizerId),
      region: resource.region,
    };
    const inStack = stackAdvice(
      text(evidence.stack) || undefined,
      undefined,
      "attach the authorizer to the methods that it is meant for, or remove it",
    );
    return {
      title: `Authorizer ${resource.name} of API ${evidence.api} is attached to no method`,
      remediation: {
        text: `${inStack}See apigateway/open-method for what the API leaves open: attach the authorizer there. If nothing needs it, keep a copy (first command) and delete it (second).`,
        commands: [awsCommand(service, "get-authorizer", options), awsCommand(service, "delete-authorizer", options)],
      },
    };
  },
});
