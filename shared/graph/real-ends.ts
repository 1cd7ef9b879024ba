/**
 * Relations whose end is not written as the resource that it means, led to that resource: a call of an API by its address, and a
 * pattern. A pattern is no resource: two that are written alike have nothing to do with each other. Pure.
 */

import { isArnOf, parseArn, resourcePartOf } from "../model/arn.ts";
import type { Relation, Resource } from "../model/graph.ts";
import { matches } from "../policies/match.ts";

type Resources = ReadonlyMap<string, Resource>;

/** `relations` with the ends that they mean, as far as the resources are known. */
export function withRealEnds(relations: readonly Relation[], resources: Resources): Relation[] {
  const apis = new Map([...resources.values()].flatMap((one) => (one.details?.apiId ? [[String(one.details.apiId), one] as const] : [])));
  const grants = grantsByRole(relations);
  return relations.flatMap((relation) => {
    // a route's own ARN has stars, too
    if (resources.has(relation.to) || !isOfData(relation)) return [relation];
    const { service, resource = "" } = parseArn(relation.to) ?? {};
    if (service === "execute-api") {
      const api = apis.get(resource.split("/")[0] ?? "");
      return api ? methodsOf(api, resource).map((to) => ({ ...relation, to })) : [relation];
    }
    return relation.to.includes("*") && service ? chosenBy(relation, grants, resources) : [relation];
  });
}

/** What a role may is written in patterns, and stays so. */
function isOfData({ kind, from }: Relation): boolean {
  return !/^(may-invoke|assumes)$/.test(kind) && !isArnOf(from, "iam");
}

/** The routes that a call (`API/STAGE/VERB/PATH`) fits; the API itself where its path is known only when it runs. */
function methodsOf({ arn, details }: Resource, call: string): string[] {
  const [, , verb = "*", ...path] = call.split("/");
  const asked = path.join("/");
  const routes = Array.isArray(details?.routes) ? details.routes : [];
  const fitting = routes.filter((route) => {
    const [, , ofRoute = "", ...rest] = resourcePartOf(route).split("/");
    const pattern = rest.join("/").replaceAll(/\{[^{}]*\}/g, "*");
    return (ofRoute === "*" || verb === "*" || ofRoute === verb) && matches(pattern, asked);
  });
  return asked.includes("*") || fitting.length === 0 ? [arn] : fitting;
}

type Grants = ReadonlyMap<string, readonly Relation[]>;

function grantsByRole(relations: readonly Relation[]): Grants {
  const roles = new Map<string, Relation[]>();
  for (const relation of relations) {
    if (/^may-/.test(relation.kind) && isArnOf(relation.from, "iam")) {
      roles.set(relation.from, [...(roles.get(relation.from) ?? []), relation]);
    }
  }
  for (const relation of relations) {
    const granted = relation.kind === "assumes" ? roles.get(relation.to) : undefined;
    if (granted) roles.set(relation.from, [...(roles.get(relation.from) ?? []), ...granted]);
  }
  return roles;
}

/** Where the caller names the resource, it may be each that the pattern fits and a role of the one who asks for it may use. */
function chosenBy(relation: Relation, grants: Grants, resources: Resources): Relation[] {
  const granted = grants.get(relation.from) ?? [];
  if (granted.length === 0) return [];
  const chosen = [...resources.keys()].filter((arn) => matches(relation.to, arn) && granted.some(({ to }) => matches(to, arn)));
  return chosen.map((to) => ({ ...relation, to, inferred: true }));
}
