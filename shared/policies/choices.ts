/** Values that somebody can send as he likes, made after what a policy asks for. Pure. */
import { filler, instanceOf } from "./arns.ts";
import type { Condition } from "./conditions.ts";
import { type ContextValue, secondsOf } from "./operators.ts";

/** One value that a condition compares a key with. */
export interface Mention {
  readonly base: string;
  readonly value: string;
}

/** More values of one key than these are not tried: conditions of a policy that ask for so many ask for the same thing. */
const triedAtMost = 24;

/** What each key is compared with, in the conditions and by policy variables. */
export function mentionsIn(conditions: readonly Condition[]): ReadonlyMap<string, readonly Mention[]> {
  const found = new Map<string, Mention[]>();
  const add = (key: string, ...mentions: Mention[]) => found.set(key, [...(found.get(key) ?? []), ...mentions]);
  for (const { key, base, values } of conditions) {
    add(key, ...values.map((value) => ({ base, value })));
    for (const variable of values.flatMap(variablesOf)) add(variable);
  }
  return found;
}

/** Keys of the policy variables in a text, in small letters. */
export function variablesOf(text: string): string[] {
  return [...text.matchAll(/\$\{([^{},]+:[^{},]+)(?:,[^{}]*)?\}/g)].map(([, key = ""]) => key.trim().toLowerCase());
}

/** One that fits each value, one that fits none, and none at all. */
export function freeChoices(mentions: readonly Mention[]): readonly ContextValue[] {
  const values = new Set(mentions.slice(0, triedAtMost).flatMap(fitting));
  const dependent = mentions.some(({ value }) => value.includes("${"));
  return [...[...values].map((value): ContextValue => [value]), [filler], "absent", ...(dependent ? (["unknown"] as const) : [])];
}

function fitting({ base, value }: Mention): string[] {
  if (value.includes("${")) return [];
  if (base === "bool") return ["true", "false"];
  if (base.startsWith("numeric")) return around(Number(value));
  if (base.startsWith("date")) return around(secondsOf(value));
  return [value, instanceOf(value)];
}

function around(number: number): string[] {
  return Number.isNaN(number) ? [] : [number - 1, number, number + 1].map(String);
}
