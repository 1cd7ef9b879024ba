/**
 * Hops as both of their ends see them. One service says where it passes requests on; whether it is let in there, the policy at the
 * other end says. Where that is known and says no, callers get an error and nothing runs. Pure.
 */
import { isArnOf } from "../model/arn.ts";
import type { Relation, Resource } from "../model/graph.ts";
import { matches } from "../policies/match.ts";

type Resources = ReadonlyMap<string, Resource>;

/** `relation` as far as the policy of its target, where that was read, lets it through. */
export function asAnswered(relation: Relation, resources: Resources): Relation {
  if (isArnOf(relation.from, "cloudfront")) {
    return isArnOf(relation.to, "s3") ? toBucket(relation, resources) : toSignedUrl(relation, resources);
  }
  if (relation.kind !== "routes-to") return relation;
  if (isArnOf(relation.from, "execute-api")) return byPermission(relation, resources);
  return relation;
}

/** A signature by CloudFront opens a function URL only where the function's policy lets this distribution in: else it is one like any other. */
function toSignedUrl(relation: Relation, resources: Resources): Relation {
  const { authType, servesCloudfront } = resources.get(relation.to)?.details ?? {};
  if (relation.auth !== "service" || authType !== "AWS_IAM" || !Array.isArray(servesCloudfront)) return relation;
  return servesCloudfront.some((pattern) => matches(pattern, relation.from)) ? relation : { ...relation, auth: "iam" };
}

/** A behavior may pass on methods that write; what CloudFront may do with the bucket, the bucket's policy says. */
function toBucket(relation: Relation, resources: Resources): Relation {
  const { cloudfrontMayRead, cloudfrontMayWrite } = resources.get(relation.to)?.details ?? {};
  const signs = relation.auth === "service" || relation.auth === "signed-url";
  if (!signs || !Array.isArray(cloudfrontMayRead) || !Array.isArray(cloudfrontMayWrite)) return relation;
  const isIn = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, relation.from));
  if (relation.kind === "routes-to" && isIn(cloudfrontMayWrite)) return relation;
  const reads: Relation = { ...relation, kind: "may-read" };
  return isIn(cloudfrontMayRead) ? reads : { ...reads, enabled: false, evidence: `${relation.evidence}, ${notAllowed("bucket")}` };
}

function notAllowed(by: string): string {
  return `which the policy of the ${by} does not allow`;
}

/** An integration without a role needs a permission of the function; without one API Gateway answers its callers with an error 500. */
function byPermission(relation: Relation, resources: Resources): Relation {
  const route = resources.get(relation.from)?.details;
  const permitted = resources.get(relation.to)?.details?.permittedServices;
  if (route?.invokesBy !== "permission" || !Array.isArray(permitted)) return relation;
  const stages = resources.get(String(route.api))?.details?.stages;
  const methods = methodArns(relation.from, Array.isArray(stages) ? stages : []);
  const isLetIn = permitted.some((permission) => {
    const [service = "", pattern = "*"] = permission.split(" ");
    return /^(\*|apigateway\.amazonaws\.com(\.cn)?)$/.test(service) && methods.some((method) => meet(pattern, method));
  });
  return isLetIn ? relation : { ...relation, enabled: false, evidence: `${relation.evidence}, ${notAllowed("function")}` };
}

/** The route as permissions name it: `*` in a route's ARN is every stage, and path parameters stand for anything. */
function methodArns(route: string, stages: readonly string[]): string[] {
  const written = [route, route.replaceAll(/\{[^{}]*\}/g, "*")];
  return stages.length === 0 ? written : written.flatMap((one) => stages.map((stage) => one.replace("/*/", `/${stage}/`)));
}

/** A permission for one verb or path of those that a route takes is one, too. */
function meet(pattern: string, method: string): boolean {
  return matches(pattern, method) || matches(method, pattern);
}

/** What does not answer them, by the ARNs of those who ask. */
export function refusedBy(before: readonly Relation[], after: readonly Relation[]): ReadonlyMap<string, readonly string[]> {
  const refused = new Map<string, readonly string[]>();
  for (const [at, { enabled, from, to }] of before.entries()) {
    if (enabled && after[at]?.enabled === false) refused.set(from, [...(refused.get(from) ?? []), to]);
  }
  return refused;
}
