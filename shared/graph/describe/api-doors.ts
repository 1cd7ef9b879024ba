/**
 * Who gets through to a route of API Gateway from outside. A method's own authorization is only one gate; the others are the
 * resource policy, the endpoint (private, or switched off in favour of custom domains) and whether a stage is deployed at all.
 * Source: API Gateway developer guide, "How resource policies affect authorization workflow". Pure.
 */
import { type HopAuth, outside } from "../../model/graph.ts";
import { type Grant, grantsOf } from "../policy.ts";
import { listOf } from "../policy-conditions.ts";
import { statementsOf } from "../policy-document.ts";
import { matches } from "../policy-match.ts";
import type { ApiDomain, ApiListed, Place, RouteRead } from "./api-reads.ts";

export interface Door {
  /** One of `outside`. */
  readonly who: string;
  readonly auth: HopAuth;
  /** What of the policy opens it, for the evidence. */
  readonly by: string;
}

const verbs = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/** How the route itself asks its callers. An API key is no authentication. */
export function ownAuth({ authorization, apiKeyRequired }: Pick<RouteRead, "authorization" | "apiKeyRequired">): HopAuth {
  if (authorization === "AWS_IAM") return "iam";
  if (authorization === "COGNITO_USER_POOLS") return "cognito";
  if (authorization === "JWT") return "jwt";
  if (authorization === "CUSTOM") return "lambda-authorizer";
  return apiKeyRequired ? "api-key" : "none";
}

/**
 * The doors to one route.
 * @param domains custom domains that lead to the API; undefined when they could not be read
 */
export function doorsOf(
  api: ApiListed,
  own: HopAuth,
  calls: readonly RouteCall[],
  domains: readonly ApiDomain[] | undefined,
  place: Place,
): Door[] {
  // without a stage nothing is deployed, and nobody is answered
  if (calls.length === 0) return [];
  const closed = api.defaultEndpointOff && domains?.length === 0;
  if (closed) return [];
  // a client certificate is asked for by custom domains only, so it counts when there is no other way
  const certificate = api.defaultEndpointOff && domains?.every(({ mutualTls }) => mutualTls) === true;
  const auth = certificate && (own === "none" || own === "api-key") ? "mutual-tls" : own;
  if (!api.policy) return api.isPrivate ? [] : [{ who: outside.internet, auth, by: "" }];
  const doors = calls.flatMap((call) => throughPolicy(api, auth, call, place));
  return [...new Map(doors.map((door) => [`${door.who} ${door.auth}`, door])).values()];
}

export interface RouteCall {
  readonly stage: string;
  readonly verb: string;
  readonly path: string;
}

/** Every way to ask for the route: by stage, and by verb where it takes any. */
export function callsOf({ verb = "ANY", path }: RouteRead, stages: readonly { readonly name: string }[]): RouteCall[] {
  return stages.flatMap(({ name }) => (verb === "ANY" ? verbs : [verb]).map((each) => ({ stage: name, verb: each, path })));
}

/** Policies by their text: an API of 300 routes asks about one policy 300 times. */
function throughPolicy(api: ApiListed, own: HopAuth, call: RouteCall, place: Place): Door[] {
  const { account, partition, region, now } = place;
  const asked = `arn:${partition}:execute-api:${region}:${account}:${api.id}/${call.stage}/${call.verb}/${call.path.replace(/^\//, "")}`;
  const about = statementsOf(api.policy).filter((statement) => concerns(statement, asked));
  // the resource is weighed here, so that for the rest every statement speaks of everything
  const everywhere = about.map(({ Resource: _, NotResource: __, ...statement }) => ({ ...statement, Resource: "*" }));
  const grants = grantsOf({ Version: "2012-10-17", Statement: everywhere }, { account, now }, { action: "execute-api:Invoke" });
  return grants.flatMap((grant) => doorOf(grant, own, api.isPrivate));
}

function doorOf({ who, auth, sid }: Grant, own: HopAuth, isPrivate: boolean): Door[] {
  const by = sid ? `, policy statement ${sid}` : ", resource policy";
  // signed by any account: where the API asks for no signature, nobody is known by one
  if (who === outside.internet && auth === "cross-account" && own !== "iam" && !isPrivate) return [];
  if (who === outside.internet) return [{ who, auth: auth === "network" || isPrivate ? "network" : own, by }];
  if (who.startsWith("service:")) return [];
  if (isPrivate) return [{ who, auth: "network", by }];
  // API Gateway knows who asks only where the request is signed: with any other authorization a named principal never matches
  return own === "iam" ? [{ who, auth: "cross-account", by }] : [];
}

/**
 * Whether the statement is about the call. A Deny has to cover it; an Allow that covers only some values of a path
 * parameter opens the route too.
 */
function concerns(statement: ReturnType<typeof statementsOf>[number], asked: string): boolean {
  const base = asked.slice(0, asked.indexOf("/"));
  const template = asked.replaceAll(/\{[^{}]*\}/g, "*");
  const whole = (resource: string) =>
    resource.startsWith("execute-api:/") ? `${base}/${resource.slice("execute-api:/".length)}` : resource;
  if (statement.NotResource !== undefined) return !listOf(statement.NotResource).some((resource) => matches(whole(resource), asked));
  return listOf(statement.Resource ?? "*").some((resource) => {
    const pattern = whole(resource);
    return matches(pattern, asked) || (statement.Effect === "Allow" && template !== asked && matches(template, pattern));
  });
}

/** A door as it stands in a route's `details.doors`. */
export function doorText({ who, auth }: Door): string {
  return `${who} ${auth}`;
}

/** Whether a route's `details.doors` let in anybody on the internet, or anybody with an API key. */
export function anonymousDoors(doors: unknown): { readonly open: boolean; readonly keyOnly: boolean } {
  const list: readonly unknown[] = Array.isArray(doors) ? doors : [];
  const open = list.includes(`${outside.internet} none`);
  return { open, keyOnly: !open && list.includes(`${outside.internet} api-key`) };
}
