/** What a policy answers to one request: an Allow that fits, and no Deny that does. Pure. */
import { accountOf } from "./conditions.ts";
import type { PreparedStatement } from "./document.ts";
import { matches } from "./match.ts";
import { all, any, holds, not, type Verdict } from "./operators.ts";
import type { Caller } from "./request.ts";
import type { RequestContext } from "./requests.ts";

export interface Evaluation {
  readonly allow: PreparedStatement;
  readonly denials: readonly PreparedStatement[];
  readonly hasVariables: boolean;
}

/**
 * Whether the request gets in by `allow`.
 * @param resource in full, without wildcards; undefined where statements were chosen by resource already
 * @param untold collects the keys that could not be evaluated
 */
export function answerTo(
  { allow, denials, hasVariables }: Evaluation,
  caller: Caller,
  context: RequestContext,
  resource: string | undefined,
  untold: Set<string>,
): Verdict {
  const allowed = applies(allow, caller, context, hasVariables, untold);
  if (allowed === false) return false;
  const denied = any(
    denials.map((denial) => {
      const about = resource === undefined ? true : isAbout(denial, resource);
      return about === false ? false : all([about, applies(denial, caller, context, hasVariables, untold)]);
    }),
  );
  return all([allowed, not(denied)]);
}

/** Whether principal and conditions of the statement fit. */
export function applies(
  { principals, conditions }: PreparedStatement,
  caller: Caller,
  context: RequestContext,
  hasVariables: boolean,
  untold: Set<string>,
): Verdict {
  const named = isNamed(principals, caller);
  if (named === principals.allBut) return false;
  const resolve = (text: string) => (hasVariables ? filledIn(text, context) : text);
  const verdicts = conditions.map((condition) => {
    // which organization the account is in is not read: only that two sides are the same can be told
    const ownOrganization = condition.key.startsWith("aws:resourceorg") && condition.values.some((value) => !value.includes("${"));
    const verdict = ownOrganization ? "unknown" : holds(condition, context.get(condition.key) ?? "unknown", resolve);
    return { verdict, key: condition.key };
  });
  const result = all(verdicts.map(({ verdict }) => verdict));
  if (result === "unknown") for (const { verdict, key } of verdicts) if (verdict === "unknown") untold.add(key);
  return result;
}

/** Whether the caller is among those of Principal or NotPrincipal. */
export function isNamed({ everybody, accounts, services }: PreparedStatement["principals"], caller: Caller): boolean {
  if (everybody) return true;
  if (caller.kind === "anonymous") return false;
  if (caller.kind === "service") return services.includes(caller.name) || services.includes("*");
  return accounts.some(
    (text) => text === caller.arn || text === caller.owner.id || (text.endsWith(":root") && accountOf(text) === caller.owner.id),
  );
}

/** Whether the statement's resources take in the one asked about. */
export function isAbout({ statement: { Resource, NotResource } }: PreparedStatement, resource: string): Verdict {
  const among = (patterns: unknown) =>
    any((Array.isArray(patterns) ? patterns : [patterns]).map((pattern) => covers(String(pattern), resource)));
  if (NotResource !== undefined) return not(among(NotResource));
  return Resource === undefined ? true : among(Resource);
}

/** A policy variable in a resource stands for something of the caller's: it may fit. */
function covers(pattern: string, resource: string): Verdict {
  if (!pattern.includes("${")) return matches(pattern, resource);
  return matches(pattern.replaceAll(/\$\{[^{}]*\}/g, "*"), resource) ? "unknown" : false;
}

/** The text with its policy variables filled in; undefined where the request has none of that name, and no other is given. */
function filledIn(text: string, context: RequestContext): string | undefined {
  let missing = false;
  const filled = text.replaceAll(/\$\{([^{},]*)(?:,\s*'([^']*)')?\s*\}/g, (_, name: string, otherwise: string | undefined) => {
    if (/^[*?$]$/.test(name)) return name;
    const value = context.get(name.trim().toLowerCase());
    if (Array.isArray(value) && value.length === 1) return String(value[0]);
    if (otherwise !== undefined && value === "absent") return otherwise;
    missing = true;
    return "";
  });
  return missing ? undefined : filled;
}
