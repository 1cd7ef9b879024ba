/** Which routes of an API anybody on the internet gets through, straight to a function or to data. */

import { anonymousDoors } from "../describe/api-doors.ts";
import { parseArn } from "../model/arn.ts";
import type { Resource } from "../model/graph.ts";

export interface OpenRoute {
  /** `GET /orders`. */
  readonly name: string;
  /** Id of the method's resource (REST) or of the route. */
  readonly id: string;
  readonly keyOnly: boolean;
  /** Its path speaks of administration. */
  readonly administrative: boolean;
}

/** Services behind an integration that run something or hold something; a load balancer's targets ask their own callers. */
const reached = new Set(["lambda", "sqs", "sns", "kinesis", "firehose", "dynamodb", "states", "events", "s3"]);

/** Words that say of a path or an API that it is not for everybody. */
const administration = /^(admins?|administrat(or|ors|ion|ive)|backoffice|internal|debug|superuser|sudo|console|actuator)$/;

export function openRoutes(api: Resource, resourceOf: (arn: string) => Resource | undefined): OpenRoute[] {
  const arns = Array.isArray(api.details?.routes) ? (api.details.routes as readonly string[]) : [];
  return arns
    .flatMap((arn) => {
      const route = resourceOf(arn);
      const { doors, targets, refusedTargets, id } = route?.details ?? {};
      const refused: readonly unknown[] = Array.isArray(refusedTargets) ? refusedTargets : [];
      const { open, keyOnly } = anonymousDoors(doors);
      const leads = Array.isArray(targets) && targets.some((target) => !refused.includes(target) && reachesSomething(target));
      return route && leads && (open || keyOnly)
        ? [{ name: route.name, id: String(id), keyOnly, administrative: speaksOfAdministration(route.name) }]
        : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Functions behind `routes` of which it was not read whether they let the API in: without a permission it answers with an error. */
export function unknownTargets(routes: readonly OpenRoute[], api: Resource, resourceOf: (arn: string) => Resource | undefined): string[] {
  const names = new Set(routes.map(({ name }) => name));
  const arns = Array.isArray(api.details?.routes) ? (api.details.routes as readonly string[]) : [];
  const place = parseArn(api.arn);
  return arns.flatMap((arn) => {
    const { invokesBy, targets } = resourceOf(arn)?.details ?? {};
    if (invokesBy !== "permission" || !Array.isArray(targets) || !names.has(resourceOf(arn)?.name ?? "")) return [];
    return targets.map(String).filter((target) => {
      const own = parseArn(target);
      const account = parseArn(arn)?.account;
      // who is let in at a function of another account or Region is not ours to read
      if (own?.service !== "lambda" || own.region !== place?.region || own.account !== account) return false;
      return !Array.isArray(resourceOf(target)?.details?.permittedServices);
    });
  });
}

/** Words of a name: `/adminPanel/x`, `admin-api`. */
export function speaksOfAdministration(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => administration.test(word));
}

function reachesSomething(target: string): boolean {
  const service = parseArn(target)?.service;
  return service ? reached.has(service) : /\.lambda-url\.[a-z0-9-]+\.on\.aws\/$/.test(target);
}
