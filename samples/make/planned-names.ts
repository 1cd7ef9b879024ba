/** How AWS names what the plan names. */
import { type PlannedFunction, regionOf } from "./account-plan.ts";
import { idOf } from "./steady-id.ts";

export function functionArn(account: string, f: PlannedFunction): string {
  return `arn:aws:lambda:${regionOf(f)}:${account}:function:${f.name}`;
}

/** One role per team, as small companies do; what belongs to no team has its own. */
export function roleOf({ name, tags, role }: PlannedFunction): string {
  if (role) return role;
  return tags?.team ? `${tags.team}-lambda` : `${name}-role`;
}

/** The id of the REST API of that name: ten letters and digits. */
export function apiId(name: string): string {
  return shortId(`api ${name}`);
}

/** Ten letters and digits, as API Gateway has them, always the same for the same text. */
export function shortId(text: string): string {
  return idOf(text).replaceAll("-", "").slice(0, 10);
}

/** The address of a function's URL. */
export function urlOf(f: PlannedFunction): string {
  return `https://${idOf(`url ${f.name}`).replaceAll("-", "").slice(0, 32)}.lambda-url.${regionOf(f)}.on.aws/`;
}
