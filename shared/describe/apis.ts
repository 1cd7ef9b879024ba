/**
 * APIs of API Gateway as rows of the graph: the API, each method or route as a resource of its own, its authorizers; the doors
 * to every route, and where its integration leads.
 *
 * A route's ARN is made in the style of execute-api ARNs, as permissions of functions name them:
 * `arn:P:execute-api:REGION:ACCOUNT:API/STAGE/VERB/PATH`, with `*` for the stage and for ANY, and path parameters as written;
 * a WebSocket route or `$default` is `API/STAGE/ROUTE-KEY`. Methods are those of the API's present definition: what was changed
 * but not deployed shows too. Pure.
 */
import { isArnOf } from "../model/arn.ts";
import type { DetailValue, GraphRow, HopAuth, Relation, Resource } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";
import { apiArn, authorizerRow } from "./api-authorizers.ts";
import { callsOf, type Door, doorsOf, doorText, ownAuth } from "./api-doors.ts";
import type { ApiDomain, ApiListed, ApiRead, Place, RouteRead } from "./api-reads.ts";
import { type Target, targetsOf } from "./api-targets.ts";

/** What else is known where the API lives. */
export interface ApiSurroundings {
  /** Load balancers by VPC link (REST). */
  readonly vpcLinks: ReadonlyMap<string, readonly string[]>;
  /** Custom domains; undefined when they could not be read. */
  readonly domains: readonly ApiDomain[] | undefined;
}

/** Milliseconds that an API waits for its integration where nothing else is set (API Gateway quotas). */
const defaultTimeoutMs = { REST: 29_000, HTTP: 30_000, WEBSOCKET: 29_000 } as const;
/** Regional REST APIs may have the quota raised, and streamed answers wait up to 15 minutes; for the others it is hard. */
const longestTimeoutMs = { REST: 900_000, HTTP: 30_000, WEBSOCKET: 29_000 } as const;

export function routeArn(api: Pick<ApiListed, "id">, { verb, path }: Pick<RouteRead, "verb" | "path">, place: Place): string {
  const { partition, region, account } = place;
  const method = verb === undefined ? "" : `${verb === "ANY" ? "*" : verb}/`;
  return `arn:${partition}:execute-api:${region}:${account}:${api.id}/*/${method}${path.replace(/^\//, "")}`;
}

/** An API that the list names, but that could not be read further. */
export function unreadApi(api: ApiListed, place: Place): GraphRow {
  return { resource: apiResource(api, place, { unread: ["routes", "stages", "authorizers"] }), relations: [] };
}

/** Everything about one API. */
export function describeApi(api: ApiListed, read: ApiRead, readAt: string, around: ApiSurroundings, place: Place): GraphRow[] {
  const domains = around.domains?.filter(({ apiIds }) => apiIds.includes(api.id));
  const connect = read.routes.find(({ path }) => path === "$connect");
  const routes = read.routes.map((route): DescribedRoute => {
    // a WebSocket is let in once, at $connect, for all its routes
    const asked = api.protocol === "WEBSOCKET" ? (connect ?? { authorization: "NONE", apiKeyRequired: false }) : route;
    const targets = route.integration ? targetsOf(route.integration, read.stages, around.vpcLinks, place) : [];
    return { route, targets, auth: ownAuth(asked), ...doorsOf(api, ownAuth(asked), callsOf(route, read.stages), domains, place) };
  });
  const unread: Details = api.defaultEndpointOff && domains === undefined ? { unread: ["custom domains"] } : {};
  const resource = apiResource(api, place, {
    stages: read.stages.map(({ name }) => name),
    routes: read.routes.map((route) => routeArn(api, route, place)),
    authorizers: read.authorizers.map(({ id, type }) => `${type} ${id}`),
    customDomains: (domains ?? []).map(({ name }) => name),
    webAcls: read.stages.flatMap(({ webAclArn }) => webAclArn ?? []),
    everyAccountStatements: everyAccount(routes),
    ...untoldIn(routes.filter(({ targets }) => targets.length > 0).flatMap(({ untold }) => untold)),
    plainCaches: read.stages.flatMap(({ name, cache }) => (cache === "plain" ? [name] : [])),
    ...unread,
  });
  return [
    { resource: { ...resource, readAt }, relations: doorsOfApi(api, routes, resource.arn) },
    ...routes.map((route) => routeRow(api, route, readAt, place, unread)),
    ...read.authorizers.map((authorizer) => authorizerRow(api, authorizer, read, readAt, place)),
  ];
}

type Details = Readonly<Record<string, DetailValue>>;

interface DescribedRoute {
  readonly route: RouteRead;
  readonly targets: readonly Target[];
  readonly auth: HopAuth;
  readonly doors: readonly Door[];
  readonly untold: readonly string[];
}

function untoldIn(untold: readonly string[]): Details {
  return untold.length > 0 ? { untold: [...new Set(untold)].toSorted() } : {};
}

function apiResource(api: ApiListed, place: Place, more: Details): Resource {
  return {
    arn: apiArn(api, place),
    type: api.protocol === "REST" ? "AWS::ApiGateway::RestApi" : "AWS::ApiGatewayV2::Api",
    name: cleanText(api.name) || api.id,
    region: place.region,
    ...(api.createdAt ? { createdAt: api.createdAt } : {}),
    tags: api.tags,
    // API Gateway answers on TLS only, and encrypts what it keeps with keys of its own, but for caches in which that is left off
    encryption: { atRest: Array.isArray(more.plainCaches) && more.plainCaches.length > 0 ? "none" : "aws-owned", inTransit: "enforced" },
    details: {
      apiId: api.id,
      protocol: api.protocol,
      endpointTypes: api.endpointTypes,
      isPrivate: api.isPrivate,
      defaultEndpointOff: api.defaultEndpointOff,
      hasPolicy: api.policy !== undefined,
      ...more,
    },
  };
}

/** Statements by which every AWS account may call a route that leads somewhere. */
function everyAccount(routes: readonly DescribedRoute[]): string[] {
  const leading = routes.filter(({ targets }) => targets.length > 0);
  return [...new Set(leading.flatMap(({ doors }) => doors.flatMap(({ everyAccountBy }) => everyAccountBy ?? [])))].toSorted();
}

/** The API is as open as those of its routes that lead anywhere; an OPTIONS mock leads nowhere. */
function doorsOfApi(api: ApiListed, routes: readonly DescribedRoute[], to: string): Relation[] {
  const doors = routes.filter(({ targets }) => targets.length > 0).flatMap((route) => route.doors);
  const distinct = new Map(doors.map((door) => [`${door.who} ${door.auth}`, door]));
  return [...distinct.values()].map((door) => doorRelation(api, door, to, "its routes"));
}

function doorRelation({ protocol }: ApiListed, { who, auth, by }: Door, to: string, asked: string): Relation {
  const operation = protocol === "REST" ? "apigateway:GetResources" : "apigatewayv2:GetRoutes";
  return { from: who, to, kind: "routes-to", auth, enabled: true, evidence: `${operation}, ${asked}${by}` };
}

function routeRow(api: ApiListed, described: DescribedRoute, readAt: string, place: Place, unread: Details): GraphRow {
  const { route, targets, auth, doors } = described;
  const { integration, authorization } = route;
  const arn = routeArn(api, route, place);
  const answer = api.protocol === "REST" ? "apigateway:GetResources" : "apigatewayv2:GetIntegrations";
  const leads = (to: string, kind: Relation["kind"], evidence: string, inferred = false): Relation => ({
    from: arn,
    to,
    kind,
    auth: "service",
    enabled: true,
    evidence: `${answer}, ${evidence}`,
    ...(inferred ? { inferred } : {}),
  });
  return {
    resource: {
      arn,
      type: api.protocol === "REST" ? "AWS::ApiGateway::Method" : "AWS::ApiGatewayV2::Route",
      name: cleanText(`${route.verb ?? ""} ${route.path}`.trim(), 300),
      region: place.region,
      readAt,
      details: {
        api: apiArn(api, place),
        id: route.id,
        authorization,
        apiKeyRequired: route.apiKeyRequired,
        ...(route.authorizerId ? { authorizerId: route.authorizerId } : {}),
        integrationType: integration?.type ?? "none",
        invokesBy: invokesBy(integration),
        timeoutMs: Math.min(longestTimeoutMs[api.protocol], integration?.timeoutMs ?? defaultTimeoutMs[api.protocol]),
        waits: integration?.waits ?? true,
        targets: [...new Set(targets.map(({ to }) => to))],
        doors: doors.map(doorText),
        ...untoldIn(described.untold),
        ...unread,
      },
    },
    relations: [
      ...doors.map((door) => doorRelation(api, door, arn, `authorization ${auth === "none" ? "NONE" : auth}`)),
      ...targets.map(({ to, inferred, stage }) =>
        leads(
          to,
          isRead(route, to) ? "may-read" : "routes-to",
          stage ? `integration of stage ${cleanText(stage, 128)}` : "integration",
          inferred,
        ),
      ),
      ...(integration?.credentialsArn?.includes(":role/") ? [leads(integration.credentialsArn, "assumes", "credentials")] : []),
    ],
  };
}

/**
 * Whose word the service behind has: that of a role, of the caller himself (`arn:aws:iam::*:user/*`), of its own policy, or of the
 * policy of one version, which is read only where an alias leads there.
 */
function invokesBy(integration: RouteRead["integration"]): "role" | "caller" | "permission" | "version" {
  const credentials = integration?.credentialsArn;
  if (!credentials) return /:function:[^:/]+:\d+(\/|$)/.test(integration?.uri ?? "") ? "version" : "permission";
  return credentials.includes(":role/") ? "role" : "caller";
}

/** A route that only reads a bucket or table sets nothing off behind it. */
function isRead({ verb, integration }: RouteRead, to: string): boolean {
  if (isArnOf(to, "s3")) return verb === "GET" || verb === "HEAD";
  return /:dynamodb:action\/(Get|BatchGet|TransactGet|Query|Scan|List|Describe)/.test(integration?.uri ?? "");
}
