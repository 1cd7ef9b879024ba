/** One request that a policy is asked about, and everything that it can have in its context. Pure. */
import { arnsLike, filler } from "./arns.ts";
import type { Owner } from "./callers.ts";
import type { Mention } from "./choices.ts";
import type { PreparedStatement } from "./document.ts";
import { choicesOf, type Surroundings } from "./keys.ts";
import type { ContextValue } from "./operators.ts";
import type { PolicyRequest } from "./request.ts";

/** Condition keys in small letters with what the request has under each. */
export type RequestContext = ReadonlyMap<string, ContextValue>;

/** What is certain of the request, whoever makes it: a key's value, or null where it has none. */
export type Facts = Readonly<Record<string, string | null>>;

/** Contexts of one request are not tried beyond this number: see `contextsOf`. */
const contextsAtMost = 4096;

/**
 * The request once for each choice of what its maker decides about.
 * @param mentions only these keys are filled in
 * @returns undefined where there would be too many to try
 */
export function contextsOf(
  request: PolicyRequest,
  mentions: ReadonlyMap<string, readonly Mention[]>,
  facts: Facts,
  around: Surroundings,
): RequestContext[] | undefined {
  let contexts: Map<string, ContextValue>[] = [new Map()];
  for (const [key, values] of mentions) {
    const fact = facts[key];
    const choices = fact === undefined ? choicesOf(key, request, values, around) : [fact === null ? ("absent" as const) : [fact]];
    const [first, ...others] = choices;
    if (first === undefined) return [];
    if (contexts.length * choices.length > contextsAtMost) return undefined;
    const more = others.flatMap((choice) => contexts.map((context) => new Map(context).set(key, choice)));
    for (const context of contexts) context.set(key, first);
    contexts = [...contexts, ...more];
  }
  return contexts;
}

/** Principals of an account that a policy may tell apart: those that it names, and some role. */
export function principalsOf(owner: Owner, statements: readonly PreparedStatement[]): string[] {
  const named = statements.flatMap(({ principals, conditions }) => [
    ...principals.accounts,
    ...conditions.flatMap(({ key, values }) => (key === "aws:principalarn" ? values : [])),
  ]);
  const patterns = named.filter((text) => text.startsWith("arn:") || /[*?]/.test(text)).filter((text) => !text.includes("${"));
  return [...new Set([...patterns.flatMap((pattern) => arnsLike(pattern, owner, "iam")), `arn:aws:iam::${owner.id}:role/${filler}`])];
}
