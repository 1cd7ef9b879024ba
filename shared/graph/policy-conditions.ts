/** Statements of a policy as written, whom they name, and what their conditions ask. Pure. */
import { outside } from "../model/graph.ts";

export interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const networkKeys = new Set(["aws:sourceip", "aws:vpcsourceip", "aws:sourcevpc", "aws:sourcevpce"]);
export const organizationKeys = new Set(["aws:principalorgid", "aws:principalorgpaths", "aws:sourceorgid", "aws:sourceorgpaths"]);
export const accountKeys = new Set([
  "aws:principalaccount",
  "aws:sourceaccount",
  "aws:sourceowner",
  "aws:sourcearn",
  "aws:principalarn",
  "aws:userid",
  "kms:calleraccount",
  "lambda:functionurlauthtype",
]);
export const serviceKeys = new Set([
  "aws:viaawsservice",
  "aws:principalisawsservice",
  "aws:principalservicename",
  "aws:principalservicenameslist",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
]);

/** Who subscribes has to be reached at a named address. */
export const endpointKeys = new Set(["sns:endpoint"]);

export interface Condition {
  /** Lower case, e.g. `stringnotequals`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export function conditionsOf(statement: Statement): Condition[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, tests]) =>
    Object.entries(tests).map(([key, values]) => ({ operator: operator.toLowerCase(), key: key.toLowerCase(), values: listOf(values) })),
  );
}

export function valuesOf(statement: Statement, key: string): string[] {
  return conditionsOf(statement).flatMap((condition) =>
    condition.key === key && !condition.operator.includes("not") ? condition.values : [],
  );
}

/** Whether the statement's dates, if it has any, include `now`. */
export function isCurrent(statement: Statement, now: Date): boolean {
  return conditionsOf(statement).every(({ operator, values }) => {
    if (!operator.startsWith("date")) return true;
    const at = Date.parse(values[0] ?? "");
    if (operator.includes("greater")) return now.getTime() > at;
    return operator.includes("less") ? now.getTime() < at : true;
  });
}

/**
 * Whether a caller has to be somebody to meet the condition. With `...IfExists` and `ForAllValues:` whoever sends no such key
 * passes (an anonymous caller has no organization), and a pattern for any account is met by any account.
 */
export function isNarrowing({ operator, key, values }: Condition): boolean {
  if (operator === "null" || operator.includes("not")) return false;
  const passesWithout = operator.endsWith("ifexists") || operator.startsWith("forallvalues:");
  if (passesWithout && key !== "aws:sourceip") return false;
  return !values.some((value) => isEverywhere(value) || namesAnyAccount(value));
}

/** An address range, or a pattern, that everybody is in. */
export function isEverywhere(value: string): boolean {
  return ["*", "0.0.0.0/0", "::/0"].includes(value);
}

/** An ARN with a pattern for the account. The name of a bucket is one in the world, whatever stands before it. */
function namesAnyAccount(value: string): boolean {
  const [, , service, , account = "", name = ""] = value.split(":");
  return account.includes("*") && !(service === "s3" && /^[^*?]/.test(name));
}

/** Asks for a kind of caller, or of resource that a service calls for, of whatever account: an anonymous caller is none. */
export function isOfAnyAccount({ operator, key, values }: Condition): boolean {
  const stated = !operator.includes("not") && !operator.endsWith("ifexists") && !operator.startsWith("forallvalues:");
  return (key === "aws:sourcearn" || key === "aws:principalarn") && stated && values.length > 0 && values.every((value) => value !== "*");
}

/** The account that an id or an ARN names, as written there: it may be a pattern, or nothing. */
export function accountOf(value: string): string {
  return /^\d{12}$/.test(value) ? value : (value.split(":")[4] ?? "");
}

/** Organizations by their ids or paths (`o-abc123/r-ab12/...`), as callers. */
export function organizationsOf(values: readonly string[]): { readonly who: string; readonly auth: "cross-account" }[] {
  return values.map((id) => ({ who: outside.organization(id.split("/")[0] ?? id), auth: "cross-account" }));
}

export function isEverybody(principal: unknown): boolean {
  return principal === "*" || listOf((principal as { AWS?: unknown } | undefined)?.AWS).includes("*");
}

export function listOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
