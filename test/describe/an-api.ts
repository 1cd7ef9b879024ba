/** Small ready parts of APIs as the collectors read them. */
import type { ApiDomain, ApiListed, ApiRead, IntegrationRead, RouteRead } from "../../shared/describe/api-reads.ts";
import { describeApi } from "../../shared/describe/apis.ts";
import type { Relation } from "../../shared/model/graph.ts";

export const place = { account: "111122223333", partition: "aws", region: "eu-west-1", now: new Date("2026-11-24T09:30:00Z") };
export const readAt = "2026-11-24T09:30:00.000Z";
export const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
export const invocation = (arn: string) => `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

export const integration = (more: Partial<IntegrationRead> = {}): IntegrationRead => ({
  type: "AWS_PROXY",
  uri: invocation(fn),
  throughVpcLink: false,
  waits: true,
  names: {},
  ...more,
});
export const route = (more: Partial<RouteRead> = {}): RouteRead => ({
  verb: "GET",
  path: "/orders",
  id: "r1",
  authorization: "NONE",
  apiKeyRequired: false,
  integration: integration(),
  ...more,
});
export const api = (more: Partial<ApiListed> = {}): ApiListed => ({
  id: "a1b2c3",
  name: "shop",
  protocol: "REST",
  tags: {},
  isPrivate: false,
  endpointTypes: ["REGIONAL"],
  defaultEndpointOff: false,
  ...more,
});
export const domain = (mutualTls: boolean): ApiDomain => ({
  arn: "arn:aws:apigateway:eu-west-1::/domainnames/shop.example.com",
  name: "shop.example.com",
  mutualTls,
  endpointTypes: ["REGIONAL"],
  apiIds: ["a1b2c3"],
  tags: {},
});
export const read = (routes: RouteRead[], more: Partial<ApiRead> = {}): ApiRead => ({
  routes,
  stages: [{ name: "prod", variables: {} }],
  authorizers: [],
  ...more,
});

export function rowsOf(listed: ApiListed, what: ApiRead, domains: readonly ApiDomain[] | undefined = []) {
  return describeApi(
    listed,
    what,
    readAt,
    { domains, vpcLinks: new Map([["vl1", ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/inner/50dc"]]]) },
    place,
  );
}
export function doors(listed: ApiListed, what: ApiRead, domains?: readonly ApiDomain[]): string[] {
  const rows = rowsOf(listed, what, domains);
  const routes = rows.filter(({ resource }) => /Method|Route$/.test(resource?.type ?? ""));
  return routes.flatMap(({ relations }) =>
    relations.filter(({ from }) => !from.startsWith("arn:")).map(({ from, auth }) => `${from} ${auth}`),
  );
}
export const targets = (one: IntegrationRead, more: Partial<ApiRead> = {}, listed = api()): Relation[] =>
  rowsOf(listed, read([route({ integration: one })], more))
    .flatMap(({ relations }) => relations)
    .filter(({ from, kind }) => from.includes(":execute-api:") && (kind === "routes-to" || kind === "may-read"));
