/**
 * Who gets through to a route of API Gateway from outside. A method's own authorization is only one gate; the others are the
 * resource policy, the endpoint (private, or switched off in favour of custom domains) and whether a stage is deployed at all.
 *
 * Where nothing or only Cognito is asked, the resource policy has to let the caller in. Where a Lambda authorizer or IAM decides,
 * its word is enough for callers of the own account, and the policy counts as far as it refuses; callers of other accounts
 * need both. Source: API Gateway developer guide, "How resource policies affect authorization workflow", tables A and B. Pure.
 */
import { type HopAuth, outside } from "../model/graph.ts";
import { listOf, type Statement } from "../policies/conditions.ts";
import { statementsOf } from "../policies/document.ts";
import { matches } from "../policies/match.ts";
import { type Grant, grantsOf, policyReader, refusesOwn } from "../policies/policy.ts";
import type { ApiDomain, ApiListed, Place, RouteRead } from "./api-reads.ts";
import { noSid } from "./doors.ts";

export interface Door {
  /** One of `outside`. */
  readonly who: string;
  readonly auth: HopAuth;
  /** What of the policy opens it, for the evidence. */
  readonly by: string;
  /** Sid of the statement that lets every AWS account in. */
  readonly everyAccountBy?: string;
}

/** Who gets in to a route, as far as that can be told. */
export interface Doors {
  readonly doors: readonly Door[];
  /** Statements of which it cannot be told whom they let in, with the condition keys that hide it: `Partners: aws:x, aws:y`. */
  readonly untold: readonly string[];
}

const nobody: Doors = { doors: [], untold: [] };

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
): Doors {
  // without a stage nothing is deployed, and nobody is answered
  if (calls.length === 0) return nobody;
  const closed = api.defaultEndpointOff && domains?.length === 0;
  if (closed) return nobody;
  // a client certificate is asked for by custom domains only, so it counts when there is no other way
  const certificate = api.defaultEndpointOff && domains?.every(({ mutualTls }) => mutualTls) === true;
  const auth = certificate && (own === "none" || own === "api-key") ? "mutual-tls" : own;
  if (!api.policy) return api.isPrivate ? nobody : { doors: [{ who: outside.internet, auth, by: "" }], untold: [] };
  const found = calls.map((call) => throughPolicy(api, auth, call, place));
  return {
    doors: [...new Map(found.flatMap(({ doors }) => doors).map((door) => [`${door.who} ${door.auth}`, door])).values()],
    untold: [...new Set(found.flatMap(({ untold }) => untold))].toSorted(),
  };
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
function throughPolicy(api: ApiListed, own: HopAuth, call: RouteCall, place: Place): Doors {
  const { account, partition, region, now } = place;
  const method = `arn:${partition}:execute-api:${region}:${account}:${api.id}/${call.stage}/${call.verb}/${call.path.replace(/^\//, "")}`;
  const about = statementsOf(api.policy).filter((statement) => concerns(statement, method));
  // the resource is weighed here, so that for the rest every statement speaks of everything
  const everywhere = about.map(({ Resource: _, NotResource: __, ...statement }) => ({ ...statement, Resource: "*" }));
  const policy = { Version: "2012-10-17", Statement: everywhere };
  const answer = policyReader(policy, { account, now })(asked);
  const opened = answer.grants.flatMap((grant) => doorOf(grant, own, api.isPrivate));
  const decides = !api.isPrivate && (own === "iam" || own === "lambda-authorizer");
  return {
    doors: decides ? [...unlessRefused(everywhere, own, place), ...opened] : opened,
    untold: answer.untold.map(({ sid, keys }) => `${sid || noSid}: ${keys.join(", ")}`),
  };
}

const asked = { action: "execute-api:Invoke" };

/** What authorizer or IAM alone open: everything that no Deny closes. */
function unlessRefused(statements: readonly Statement[], own: HopAuth, { account, now }: Place): Door[] {
  const anybody = { Effect: "Allow", Principal: "*", Action: asked.action, Resource: "*" };
  const denials = statements.filter(({ Effect }) => Effect === "Deny");
  const door = (auth: HopAuth): Door[] => [{ who: outside.internet, auth, by: "" }];
  const policy = { Version: "2012-10-17", Statement: [...denials, anybody] };
  // who signs is somebody of the own account
  if (own === "iam" && refusesOwn(policy, { account, now }, asked) === true) return [];
  const left = grantsOf(policy, { account, now }, asked);
  const ways = left.flatMap(({ who, auth }) => (who === outside.internet ? auth : []));
  if (ways.includes("none")) return door(own);
  if (ways.includes("network")) return door("network");
  return own === "iam" ? door(own) : [];
}

function doorOf({ who, auth, sid }: Grant, own: HopAuth, isPrivate: boolean): Door[] {
  const by = sid ? `, policy statement ${sid}` : ", resource policy";
  if (who === outside.internet) {
    if (auth === "network" || isPrivate) return [{ who, auth: "network", by }];
    // a signature is somebody's: whoever has an AWS account
    if (own === "iam") return [{ who, auth: "cross-account", by, everyAccountBy: sid || noSid }];
    // signed by any account: where the API asks for no signature, nobody is known by one
    return auth === "cross-account" ? [] : [{ who, auth: own, by }];
  }
  if (who.startsWith("service:")) return [];
  if (isPrivate) return [{ who, auth: "network", by }];
  // API Gateway knows who asks only where the request is signed: with any other authorization a named principal never matches
  return own === "iam" ? [{ who, auth: "cross-account", by }] : [];
}

/**
 * Whether the statement is about the call. A Deny has to cover it; an Allow that covers only some values of a path
 * parameter opens the route too.
 */
function concerns(statement: Statement, method: string): boolean {
  const base = method.slice(0, method.indexOf("/"));
  const template = method.replaceAll(/\{[^{}]*\}/g, "*");
  const whole = (resource: string) =>
    resource.startsWith("execute-api:/") ? `${base}/${resource.slice("execute-api:/".length)}` : resource;
  if (statement.NotResource !== undefined) return !listOf(statement.NotResource).some((resource) => matches(whole(resource), method));
  return listOf(statement.Resource ?? "*").some((resource) => {
    const pattern = whole(resource);
    return matches(pattern, method) || (statement.Effect === "Allow" && template !== method && matches(template, pattern));
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
