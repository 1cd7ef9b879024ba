import { describe, expect, test } from "vitest";
import { redactAnswer } from "../../../shared/aws/redact.ts";
import { httpApisCollector } from "../../../shared/collect/apigateway/http-apis.ts";
import { restApisCollector } from "../../../shared/collect/apigateway/rest-apis.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, collectFrom, now } from "../a-service.ts";

const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${fn}/invocations`;

const method = (more: object = {}) => ({ authorizationType: "NONE", methodIntegration: { type: "AWS_PROXY", uri }, ...more });
const rest: Answers = {
  "apigateway:GetRestApis": ({ position }) =>
    position
      ? { items: [{ id: "b2", name: "second", aFieldOfTomorrow: { x: 1 } }] }
      : { items: [{ id: "a1", name: "first", createdDate: now, tags: { team: "shop" } }], position: "next" },
  "apigateway:GetResources": ({ restApiId, position }) =>
    position
      ? { items: [{ id: "r2", path: "/more", resourceMethods: { POST: method() } }] }
      : {
          items: [
            { id: "r1", path: `/${restApiId}`, resourceMethods: { GET: method() } },
            { id: "r0", path: "/" },
          ],
          position: "p2",
        },
  "apigateway:GetStages": () => ({ item: [{ stageName: "prod", variables: { secret: "hunter2" } }] }),
  "apigateway:GetAuthorizers": () => ({ items: [] }),
};
const names = (items: readonly { readonly resource?: { readonly name: string } }[]) => items.map(({ resource }) => resource?.name);

describe("REST APIs", () => {
  test("are read page by page, methods in pages of 500 with their integrations", async () => {
    const { items, coverage, of } = await collectFrom(restApisCollector, rest);
    expect(coverage).toMatchObject({ collector: "rest-apis", status: "complete", resources: 6 });
    expect(names(items)).toEqual(["first", "GET /a1", "POST /more", "second", "GET /b2", "POST /more"]);
    expect(of("apigateway:GetResources")[0]?.input).toEqual({ restApiId: "a1", limit: 500, embed: ["methods"] });
    expect(of("apigateway:GetVpcLinks")).toEqual([]);
    expect(of("apigatewayv2:GetDomainNames")).toEqual([]);
    expect(items[1]?.relations.map(({ from, to, auth }) => [from, to, auth])).toEqual([
      ["internet", "arn:aws:execute-api:eu-west-1:111122223333:a1/*/GET/a1", "none"],
      ["arn:aws:execute-api:eu-west-1:111122223333:a1/*/GET/a1", fn, "service"],
    ]);
  });

  test("keep no value of a stage variable that no integration uses, and no template", async () => {
    const withKey = method({
      methodIntegration: {
        type: "HTTP",
        uri: "https://user:hunter2@api.example.com/x?key=hunter2",
        requestParameters: { "integration.request.header.x-api-key": "'hunter2'" },
        requestTemplates: { "application/json": '{"token":"hunter2"}' },
      },
    });
    const { kept, items } = await collectFrom(restApisCollector, {
      ...rest,
      "apigateway:GetResources": () => ({ items: [{ id: "r1", path: "/", resourceMethods: { GET: withKey } }] }),
    });
    expect(JSON.stringify([kept, items])).not.toContain("hunter2");
    expect(items[1]?.resource?.details?.targets).toEqual(["https://api.example.com/"]);
  });

  test("one deleted meanwhile is listed without routes; nothing is missing", async () => {
    const { items, coverage } = await collectFrom(restApisCollector, {
      ...rest,
      "apigateway:GetStages": ({ restApiId }) => {
        if (restApiId === "a1") throw awsError("NotFoundException");
        return { item: [{ stageName: "prod" }] };
      },
    });
    expect(coverage.status).toBe("complete");
    expect(names(items)).toEqual(["first", "second", "GET /b2", "POST /more"]);
    expect(items[0]?.resource?.details?.unread).toEqual(["routes", "stages", "authorizers"]);
  });

  test("refused: the list is unavailable, the reads of an API leave the part partial and the API unread", async () => {
    const refuse = () => {
      throw awsError("AccessDeniedException");
    };
    const list = await collectFrom(restApisCollector, { "apigateway:GetRestApis": refuse });
    expect(list.coverage).toMatchObject({ status: "denied", operation: "apigateway:GetRestApis" });
    const reads = await collectFrom(restApisCollector, { ...rest, "apigateway:GetResources": refuse });
    expect(reads.coverage).toMatchObject({ status: "partial", operation: "apigateway:GetResources", code: "AccessDeniedException" });
    expect(reads.items.map(({ resource }) => resource?.details?.unread)).toEqual(Array(2).fill(["routes", "stages", "authorizers"]));
    expect(reads.of("apigateway:GetResources").length).toBeLessThanOrEqual(2);
  });

  test("whose default endpoint is off lead to their custom domains; VPC links to their load balancers", async () => {
    const route = "arn:aws:execute-api:eu-west-1:111122223333:a1/*/GET/";
    const balancer = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/inner/50dc";
    const linked = method({
      methodIntegration: { type: "HTTP_PROXY", uri: "http://inner", connectionType: "VPC_LINK", connectionId: "v1" },
    });
    const { items } = await collectFrom(restApisCollector, {
      ...rest,
      "apigateway:GetRestApis": () => ({ items: [{ id: "a1", name: "first", disableExecuteApiEndpoint: true }] }),
      "apigateway:GetResources": () => ({ items: [{ id: "r1", path: "/", resourceMethods: { GET: linked } }] }),
      "apigateway:GetVpcLinks": () => ({ items: [{ id: "v1", targetArns: [balancer] }] }),
      "apigatewayv2:GetDomainNames": () => ({
        Items: [{ DomainName: "x.example.com", MutualTlsAuthentication: { TruststoreUri: "s3://b/t" } }],
      }),
      "apigatewayv2:GetApiMappings": () => ({ Items: [{ ApiId: "a1" }] }),
    });
    expect(items[1]?.relations.map(({ from, to, auth }) => [from, to, auth])).toEqual([
      ["internet", route, "mutual-tls"],
      [route, balancer, "service"],
    ]);
  });
});

const http: Answers = {
  "apigatewayv2:GetApis": ({ NextToken }) =>
    NextToken
      ? { Items: [{ ApiId: "w1", Name: "chat", ProtocolType: "WEBSOCKET" }] }
      : { Items: [{ ApiId: "h1", Name: "web", ProtocolType: "HTTP", AFieldOfTomorrow: [] }], NextToken: "more" },
  "apigatewayv2:GetIntegrations": () => ({ Items: [{ IntegrationId: "i1", IntegrationType: "AWS_PROXY", IntegrationUri: fn }] }),
  "apigatewayv2:GetRoutes": ({ ApiId }) => ({
    Items: (ApiId === "h1" ? ["$default", "GET /orders"] : ["$connect", "say"]).map((RouteKey) => ({
      RouteKey,
      RouteId: "r",
      Target: "integrations/i1",
    })),
  }),
  "apigatewayv2:GetStages": () => ({ Items: [{ StageName: "$default" }] }),
};

describe("HTTP and WebSocket APIs", () => {
  test("behind a custom domain may stand by routing rules instead of mappings, or by both", async () => {
    const behind = async (RoutingMode: string) => {
      const { items, operations } = await collectFrom(httpApisCollector, {
        ...http,
        "apigatewayv2:GetDomainNames": () => ({ Items: [{ DomainName: "shop.example.com", RoutingMode }] }),
        "apigatewayv2:GetApiMappings": () => ({ Items: [{ ApiId: "w1" }] }),
        "apigatewayv2:ListRoutingRules": ({ NextToken }) =>
          NextToken
            ? { RoutingRules: [{ Actions: [{ InvokeApi: { ApiId: "h1", Stage: "$default" } }] }] }
            : { RoutingRules: [{ Actions: [{ InvokeApi: { ApiId: "h1", Stage: "beta" } }] }, {}], NextToken: "more" },
      });
      expect(operations.includes("apigatewayv2:ListRoutingRules")).toBe(RoutingMode !== "API_MAPPING_ONLY");
      return items.at(-1)?.resource?.details?.apiIds;
    };
    expect(await behind("API_MAPPING_ONLY")).toEqual(["w1"]);
    expect(await behind("ROUTING_RULE_ONLY")).toEqual(["h1"]);
    expect(await behind("ROUTING_RULE_THEN_API_MAPPING")).toEqual(["w1", "h1"]);
  });

  test("a recording keeps where rules lead, and not what they ask for", () => {
    const rule = {
      Actions: [{ InvokeApi: { ApiId: "h1" } }],
      Conditions: [{ MatchHeaders: { AnyOf: [{ Header: "x-key", ValueGlob: "hunter2" }] } }],
    };
    expect(redactAnswer("apigatewayv2:ListRoutingRules", { RoutingRules: [rule] })).toEqual({ RoutingRules: [{ Actions: rule.Actions }] });
  });

  test("are read page by page, with custom domains", async () => {
    const { items, coverage } = await collectFrom(httpApisCollector, {
      ...http,
      "apigatewayv2:GetDomainNames": () => ({
        Items: [{ DomainName: "shop.example.com", DomainNameConfigurations: [{ EndpointType: "REGIONAL" }] }],
      }),
      "apigatewayv2:GetApiMappings": () => ({ Items: [{ ApiId: "h1" }] }),
    });
    expect(coverage.status).toBe("complete");
    expect(names(items)).toEqual(["web", "$default", "GET /orders", "chat", "$connect", "say", "shop.example.com"]);
    expect(items[2]?.relations.map(({ to }) => to)).toEqual(["arn:aws:execute-api:eu-west-1:111122223333:h1/*/GET/orders", fn]);
    expect(items.at(-1)?.resource?.details?.apiIds).toEqual(["h1"]);
    expect(items[0]?.resource?.details?.customDomains).toEqual(["shop.example.com"]);
  });

  test("custom domains that are refused leave the part partial, and the APIs that depend on them unread", async () => {
    const { items, coverage } = await collectFrom(httpApisCollector, {
      ...http,
      "apigatewayv2:GetApis": () => ({ Items: [{ ApiId: "h1", Name: "web", ProtocolType: "HTTP", DisableExecuteApiEndpoint: true }] }),
      "apigatewayv2:GetDomainNames": () => {
        throw awsError("AccessDeniedException");
      },
    });
    expect(coverage).toMatchObject({ status: "partial", operation: "apigatewayv2:GetDomainNames" });
    expect(items[0]?.resource?.details?.unread).toEqual(["custom domains"]);
  });
});

describe("a recording", () => {
  test("holds of integrations and stages only what is read again", () => {
    const integration = {
      uri: "https://user:hunter2@api.example.com/x?key=hunter2",
      requestParameters: {
        "integration.request.header.x-api-key": "'hunter2'",
        "integration.request.header.X-Amz-Invocation-Type": "'Event'",
      },
      requestTemplates: { "application/json": '{"TableName":"orders","token":"hunter2"}' },
      integrationResponses: { 200: { responseTemplates: { "application/json": "hunter2" } } },
    };
    const resources = redactAnswer("apigateway:GetResources", {
      items: [{ id: "r1", resourceMethods: { GET: method({ methodIntegration: integration }) } }],
    });
    expect(JSON.stringify(resources)).not.toContain("hunter2");
    expect(JSON.stringify(resources)).toContain('"TableName":"orders"');
    expect(JSON.stringify(resources)).toContain("'Event'");
    const stages = redactAnswer("apigateway:GetStages", {
      item: [{ stageName: "prod", variables: { password: "hunter2", functionAlias: "live" } }],
    });
    expect(stages).toEqual({ item: [{ stageName: "prod", variables: { functionAlias: "live" } }] });
  });
});
