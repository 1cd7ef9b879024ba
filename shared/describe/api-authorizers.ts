/** Authorizers of APIs, and who decides for them. Pure. */
import type { GraphRow } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";
import type { ApiListed, ApiRead, AuthorizerRead, Place } from "./api-reads.ts";
import { functionOfInvocationUri } from "./api-targets.ts";

/** The ARN by which API Gateway's tags know an API. */
export function apiArn({ id, protocol }: Pick<ApiListed, "id" | "protocol">, { partition, region }: Place): string {
  return `arn:${partition}:apigateway:${region}::/${protocol === "REST" ? "restapis" : "apis"}/${id}`;
}

export function authorizerRow(api: ApiListed, authorizer: AuthorizerRead, { routes }: ApiRead, readAt: string, place: Place): GraphRow {
  const to = apiArn(api, place);
  const attached = routes.filter(({ authorizerId }) => authorizerId === authorizer.id);
  const evidence = `${api.protocol === "REST" ? "apigateway" : "apigatewayv2"}:GetAuthorizers, ${authorizer.id}`;
  const decides = authorizer.functionUri ? functionOfInvocationUri(authorizer.functionUri, place) : undefined;
  const pool = poolOfIssuer(authorizer.issuer, place);
  const from = [...(decides ? [decides] : []), ...authorizer.userPoolArns, ...(pool ? [pool] : [])];
  return {
    resource: {
      arn: `${to}/authorizers/${authorizer.id}`,
      type: api.protocol === "REST" ? "AWS::ApiGateway::Authorizer" : "AWS::ApiGatewayV2::Authorizer",
      name: cleanText(authorizer.name) || authorizer.id,
      region: place.region,
      readAt,
      tags: inherited(api.tags),
      details: {
        api: to,
        apiName: cleanText(api.name),
        authorizerId: authorizer.id,
        kind: authorizer.type,
        attachedRoutes: attached.length,
      },
    },
    // one that no route asks decides nothing
    relations: from.map((one) => ({ from: one, to, kind: "authorizes", auth: "service", enabled: attached.length > 0, evidence })),
  };
}

/** API Gateway tags no authorizer; whoever owns or ignores the API does so for its authorizers. */
function inherited(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== "aws:cloudformation:logical-id"));
}

/** The user pool of this account that issues the tokens, from `https://cognito-idp.REGION.amazonaws.com/POOL`. */
function poolOfIssuer(issuer: string | undefined, { partition, account }: Place): string | undefined {
  const [, region, pool] = /^https:\/\/cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([A-Za-z0-9_-]+)\/?$/.exec(issuer ?? "") ?? [];
  return pool ? `arn:${partition}:cognito-idp:${region}:${account}:userpool/${pool}` : undefined;
}
