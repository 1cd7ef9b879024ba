/**
 * Patterns of ARNs as policies have them, compared part by part: no star reaches over a colon of the first five parts. A pattern that ends
 * early with a star says nothing of the parts that follow. Source: IAM user guide, "IAM JSON policy elements: Resource". Pure.
 */
import type { ActionFacts } from "../data/action-table.ts";
import { commonText, coversText, haveCommonText } from "./patterns.ts";

const parts = 6;
const read = new Map<string, readonly string[] | undefined>();
const rememberedAtMost = 50_000;

/** The six parts of an ARN or a pattern of ARNs; undefined for what is no ARN. `*` is six stars. */
export function partsOf(pattern: string): readonly string[] | undefined {
  if (read.has(pattern)) return read.get(pattern);
  const made = takenApart(pattern);
  if (read.size >= rememberedAtMost) read.clear();
  read.set(pattern, made);
  return made;
}

function takenApart(pattern: string): readonly string[] | undefined {
  if (/^\*+$/.test(pattern)) return Array.from({ length: parts }, () => "*");
  const pieces = pattern.split(":");
  if (pieces.length >= parts) return [...pieces.slice(0, parts - 1), pieces.slice(parts - 1).join(":")];
  if (pattern.startsWith("*")) return [...Array.from({ length: parts - pieces.length }, () => "*"), ...pieces];
  if (!pattern.endsWith("*")) return undefined;
  return [...pieces, ...Array.from({ length: parts - pieces.length }, () => "*")];
}

/** Whether every ARN of `inner` is one of `outer`. What asks for no resource (`*` in a request) is covered by `*` only. */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || /^\*+$/.test(outer)) return true;
  const [wide, narrow] = [partsOf(outer), partsOf(inner)];
  if (!wide || !narrow || /^\*+$/.test(inner)) return false;
  return wide.every((part, n) => coversText(part, narrow[n] ?? ""));
}

/** An ARN that is one of each of `patterns`; undefined where no ARN is. */
export function commonArn(patterns: readonly string[]): string | undefined {
  const all = patterns.map(partsOf);
  const found: string[] = [];
  for (let n = 0; n < parts; n += 1) {
    const each = all.map((one) => one?.[n]);
    if (each.includes(undefined)) return undefined;
    const text = commonText(each.map(String));
    if (text === undefined) return undefined;
    found.push(text);
  }
  return found.join(":");
}

/** Whether some ARN is one of both. */
export function overlap(one: string, other: string): boolean {
  if (one === "*" || other === "*" || one === other) return true;
  const [ours, theirs] = [partsOf(one), partsOf(other)];
  return ours?.every((part, n) => theirs?.[n] !== undefined && haveCommonText(part, theirs[n] ?? "")) ?? false;
}

/** Whether an action may be about what the ARN names: its types are patterns, as the action table has them. */
export function mayBeAbout({ resources }: Pick<ActionFacts, "resources">, arn: string): boolean {
  return resources.some(({ arnPattern }) => arnPattern.split(", ").some((type) => overlap(type, arn)));
}
