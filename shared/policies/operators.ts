/**
 * Whether one condition of a policy holds for one request. Three answers: what cannot be evaluated is unknown, which is neither.
 * Source: IAM user guide, "Condition operators", "Single-valued vs. multivalued context keys", "Policy variables". Pure.
 */
import { isWithin, rangeOf } from "./addresses.ts";
import type { Condition } from "./conditions.ts";
import { matches, matchesArn } from "./match.ts";

export type Verdict = true | false | "unknown";

/** What a request has under a key: its values, nothing, something that nobody here knows, or perhaps these values and perhaps nothing. */
export type ContextValue = readonly string[] | "absent" | "unknown" | { readonly maybe: readonly string[] };

type Compare = (asked: string, given: string) => Verdict;

const comparisons: Readonly<Record<string, Compare>> = {
  stringequals: (asked, given) => asked === given,
  stringequalsignorecase: (asked, given) => asked.toLowerCase() === given.toLowerCase(),
  stringlike: matches,
  arnequals: matchesArn,
  arnlike: matchesArn,
  bool: (asked, given) => asked.toLowerCase() === given.toLowerCase(),
  binaryequals: (asked, given) => asked === given,
  ipaddress: (asked, given) => {
    const [outer, inner] = [rangeOf(asked), rangeOf(given)];
    // nobody has an address in what is no range
    if (!outer) return false;
    return inner ? isWithin(inner, outer) : "unknown";
  },
  ...ordered("numeric", (text) => (text.trim() === "" ? Number.NaN : Number(text))),
  ...ordered("date", secondsOf),
};

function ordered(kind: string, toNumber: (text: string) => number): Record<string, Compare> {
  const by = (holds: (difference: number) => boolean) => (asked: string, given: string) => {
    const difference = toNumber(given) - toNumber(asked);
    return Number.isNaN(difference) ? ("unknown" as const) : holds(difference);
  };
  return {
    [`${kind}equals`]: by((difference) => difference === 0),
    [`${kind}lessthan`]: by((difference) => difference < 0),
    [`${kind}lessthanequals`]: by((difference) => difference <= 0),
    [`${kind}greaterthan`]: by((difference) => difference > 0),
    [`${kind}greaterthanequals`]: by((difference) => difference >= 0),
  };
}

/** Seconds since 1970 of a date as policies write it: ISO 8601 or the seconds themselves; four digits are a year. */
export function secondsOf(text: string): number {
  return /^-?\d{5,}(\.\d+)?$/.test(text.trim()) ? Number(text) : Date.parse(text) / 1000;
}

/** @param resolve the text of a value with its policy variables filled in; undefined where the request has no such key */
export function holds(condition: Condition, value: ContextValue, resolve: (text: string) => string | undefined): Verdict {
  if (typeof value === "object" && "maybe" in value) {
    const [with_, without] = [holds(condition, value.maybe, resolve), holds(condition, "absent", resolve)];
    return with_ === without ? with_ : "unknown";
  }
  const { base, set, ifExists, values } = condition;
  if (base === "null")
    return value === "unknown" ? value : values.some((asked) => (asked.toLowerCase() === "true") === (value === "absent"));
  const negated = base.includes("not");
  const compare = comparisons[base.replace("not", "")];
  if (!compare) return "unknown";
  if (value === "absent") return ifExists || set === "all" || (negated && set !== "any");
  if (value === "unknown") return value;
  const one = (given: string): Verdict => {
    const fits = any(values.map((asked) => compareResolved(compare, asked, given, resolve, negated)));
    return negated ? not(fits) : fits;
  };
  // a key with several values under an operator without a set: all have to differ where it is negated
  return set === "all" || (set === undefined && negated) ? all(value.map(one)) : any(value.map(one));
}

/** A value with a variable that the request has not is equal to nothing; what it differs from is not stated. */
function compareResolved(
  compare: Compare,
  asked: string,
  given: string,
  resolve: (text: string) => string | undefined,
  negated: boolean,
): Verdict {
  if (!asked.includes("${")) return compare(asked, given);
  const text = resolve(asked);
  return text === undefined ? (negated ? "unknown" : false) : compare(text, given);
}

export function not(verdict: Verdict): Verdict {
  return verdict === "unknown" ? verdict : !verdict;
}

export function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes("unknown") ? "unknown" : true;
}

export function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes("unknown") ? "unknown" : false;
}
