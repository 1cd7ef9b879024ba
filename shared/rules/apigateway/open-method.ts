import { type OpenRoute, openRoutes, speaksOfAdministration, unknownTargets } from "../../graph/open-routes.ts";
import type { Resource } from "../../model/graph.ts";
import { type Hit, resourceRule } from "../../model/rule.ts";
import { text } from "../../wording/words.ts";
import { closingCommands } from "../api-commands.ts";

/**
 * Routes that anybody on the internet may call. MEDIUM: many APIs are meant to be public, and nothing but its owner knows which.
 * HIGH where path or name says that it is not for everybody. LOW behind a key, which at least has to be known, and where
 * only preflight requests (OPTIONS) are let in, which browsers must send without credentials.
 */
export const openMethod = resourceRule({
  id: "apigateway/open-method",
  subject: "resource",
  summary: "anybody on the internet may call a route of an API that leads to a function or to data",
  why: "Whatever the function does with its input, anybody can have it done, at any rate and at your cost. An API key is no authentication: it is sent in every call and tells nobody apart.",
  needs: ["rest-apis:own", "http-apis:own", "lambda-access:own"],
  gone: ["rest-apis:listed", "http-apis:listed"],
  types: ["AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"],
  usageBased: false,
  severities: [
    { severity: "HIGH", when: "path or name speaks of administration" },
    { severity: "MEDIUM", when: "no authentication" },
    { severity: "LOW", when: "only an API key is asked for, or only OPTIONS requests are let in" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html"],

  judge({ resource, resourceOf }) {
    const { unread } = resource.details ?? {};
    if (Array.isArray(unread) && unread.length > 0) return { answer: "unknown", why: `${unread.join(", ")} could not be read` };
    const routes = openRoutes(resource, resourceOf);
    const [target] = unknownTargets(routes, resource, resourceOf);
    if (target) return { answer: "unknown", why: `whether ${target} lets the API in could not be read` };
    return routes.length === 0 ? { answer: "clear" } : hitOf(resource, routes);
  },

  word(evidence, resource) {
    const routes = evidence.routes as readonly string[];
    const one = routes.length === 1;
    const what = one ? routes[0] : `${routes.length} routes`;
    const how = evidence.keyOnly ? "with an API key, which is no authentication" : "without authentication";
    const administrative = evidence.administrativeRoutes as readonly string[];
    const named = administrative.length > 0 && !one ? `, ${administrative[0]} among them` : "";
    const stack = evidence.stack
      ? `The API belongs to stack ${text(evidence.stack)}: set the authorization in its template and deploy that. `
      : "";
    const { commands, complete } = closingCommands(evidence, resource);
    const rest = complete ? "" : " The commands are for the first routes; the others go the same way.";
    return {
      title: `API ${resource.name} lets anybody call ${what} ${how}${named}`,
      remediation: {
        text: `${stack}Decide which of these are meant for everybody: ${routes.slice(0, 20).join(", ")}${routes.length > 20 ? ` and ${routes.length - 20} more` : ""}. Give the others an authorizer or IAM; NONE as authorization takes it back. Callers that do not authenticate are refused from then on.${rest}`,
        commands,
      },
    };
  },
});

function hitOf(resource: Resource, routes: readonly OpenRoute[]): Hit {
  const { details = {}, tags = {} } = resource;
  const asking = routes.filter(({ name }) => !name.startsWith("OPTIONS "));
  const open = asking.filter(({ keyOnly }) => !keyOnly);
  const administrative = open.filter((route) => route.administrative || speaksOfAdministration(resource.name));
  const severity = administrative.length > 0 ? "HIGH" : open.length > 0 ? "MEDIUM" : "LOW";
  const stack = tags["aws:cloudformation:stack-name"];
  return {
    answer: "hit",
    severity,
    confidence: "high",
    materialKey: routes.map(({ name, keyOnly }) => `${name}${keyOnly ? " (key)" : ""}`).join("|"),
    evidence: {
      protocol: details.protocol ?? null,
      apiId: details.apiId ?? null,
      keyOnly: routes.every(({ keyOnly }) => keyOnly),
      routes: routes.map(({ name, keyOnly }) => (keyOnly && open.length > 0 ? `${name} (API key)` : name)),
      routeIds: routes.map(({ id }) => id),
      administrativeRoutes: administrative.map(({ name }) => name),
      authorizers: details.authorizers ?? [],
      stages: details.stages ?? [],
      readAt: resource.readAt ?? null,
      ...(stack ? { stack } : {}),
    },
  };
}
