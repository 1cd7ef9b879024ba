/** What the ways to ARNs have in common. Pure. */
import type { ActionFacts } from "../data/action-table.ts";
import { isArn, type Request } from "./need-request.ts";

/** ARNs of an action of the service (without its prefix); undefined where the formats of ARNs say it well enough. */
export type Named = (
  request: Request,
  action: string,
  on: readonly string[] | undefined,
  facts: ActionFacts,
) => readonly string[] | undefined;

export { isArn };
export const orAny = (values: readonly string[]): readonly string[] => (values.length > 0 ? values : ["*"]);

/** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE` */
export function arn({ place }: Request, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;
}
