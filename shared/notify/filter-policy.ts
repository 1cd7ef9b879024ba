/**
 * Which messages a subscriber of our topic gets. SNS compares the attributes of each message, exactly and with case.
 * Limits: "Filter policy constraints", Amazon SNS developer guide, as of 2026-11-27.
 */
import { type Severity, severities } from "../model/finding.ts";
import { label } from "./teams.ts";

/** What a subscriber wants; what is absent is all of it. */
export interface Wanted {
  /** `unowned` is what nobody owns. */
  readonly teams?: readonly string[];
  readonly severities?: readonly Severity[];
  readonly envs?: readonly string[];
}

export type FilterPolicy = Readonly<Record<string, readonly string[]>>;

/** Combinations of values that a policy may have: the product of its lists. */
const mostCombinations = 150;

/** `high`, or `high+` for that and all graver ones. Undefined: it is neither. */
export function severitiesFrom(text: string): readonly Severity[] | undefined {
  const [, name = "", andGraver] = /^([a-z]+)(\+?)$/i.exec(text.trim()) ?? [];
  const at = (severities as readonly string[]).indexOf(name.toUpperCase());
  if (at === -1) return undefined;
  return andGraver ? severities.slice(0, at + 1) : severities.slice(at, at + 1);
}

/** Undefined: everything is wanted. */
export function filterPolicy({ teams = [], severities: grave = [], envs = [] }: Wanted): FilterPolicy | undefined {
  const names = (values: readonly string[]) => [...new Set(values.flatMap((value) => label(value) ?? []))];
  const policy = Object.fromEntries(
    Object.entries({ severity: [...new Set(grave)], team: names(teams), env: names(envs) }).filter(([, values]) => values.length > 0),
  );
  return Object.keys(policy).length === 0 ? undefined : policy;
}

/** What is wrong with it, in words; undefined: nothing. */
export function policyMistake(policy: FilterPolicy): string | undefined {
  const combinations = Object.values(policy).reduce((product, values) => product * values.length, 1);
  return combinations > mostCombinations
    ? `SNS takes filters of at most ${mostCombinations} combinations, and this one has ${combinations}: name fewer teams or severities, or subscribe twice under two addresses`
    : undefined;
}

/** `severity CRITICAL or HIGH, team payments`; of a filter that is not ours as much as can be said. */
export function policyText(json: string | undefined): string {
  if (json === undefined || json === "") return "everything";
  try {
    const policy: unknown = JSON.parse(json);
    if (typeof policy !== "object" || policy === null) return json;
    const parts = Object.entries(policy).map(([name, values]) => `${name} ${wordsOf(values)}`);
    return parts.length === 0 ? "everything" : parts.join(", ");
  } catch {
    // AWS takes no such filter; whatever it is, it is shown as it is
    return json;
  }
}

function wordsOf(values: unknown): string {
  return Array.isArray(values)
    ? values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" or ")
    : JSON.stringify(values);
}
