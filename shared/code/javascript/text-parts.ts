/** Pieces of texts, put behind one another. */
import type { CallExpression } from "acorn";
import type { CodeText, CodeTextPart } from "../../model/code.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";

/** More texts than this for one expression are as good as none. */
export const maximumTexts = 8;

export const unknown: readonly CodeText[] = [[{ unknown: true }]];

/** `process.env.A ?? "b"`: an environment variable with what is taken in its place; of anything else, either. */
export function otherwise(left: readonly CodeText[], right: readonly CodeText[]): readonly CodeText[] {
  const [only] = left[0] ?? [];
  const [text] = right[0] ?? [];
  if (left.length === 1 && right.length === 1 && left[0]?.length === 1 && only && "environment" in only) {
    if (right[0]?.length === 1 && text && "text" in text) return [[{ environment: only.environment, otherwise: text.text }]];
  }
  return [...left, ...right];
}

/** `process.env[name]`, for what the name can be. */
export function variables(names: readonly CodeText[]): readonly CodeText[] {
  return names.flatMap(([only, ...more]) => (only && "text" in only && more.length === 0 ? [[{ environment: only.text }]] : unknown));
}

/** Every text of the first with every text of the second behind it. */
export function joined(left: readonly CodeText[], right: readonly CodeText[]): readonly CodeText[] {
  if (left.length * right.length > maximumTexts) return unknown;
  return left.flatMap((one) => right.map((other) => merged([...one, ...other])));
}

function merged(parts: readonly CodeTextPart[]): CodeText {
  const text: CodeTextPart[] = [];
  for (const part of parts) {
    const last = text.at(-1);
    if ("text" in part && part.text === "") continue;
    if (last && "text" in last && "text" in part) text[text.length - 1] = { text: last.text + part.text };
    else if (!(last && "unknown" in last && "unknown" in part)) text.push(part);
  }
  return text;
}

export interface JoinedList {
  readonly elements: readonly Node[];
  readonly between: string;
}

/** A list that is written out and put together where it stands: `[a, b].join(":")`; undefined: it is another call. */
export function listJoined({ callee, arguments: [first] }: CallExpression): JoinedList | undefined {
  if (callee.type !== "MemberExpression" || writtenKey(callee.property, callee.computed) !== "join") return undefined;
  const list = bare(callee.object);
  const between = first ? writtenKey(first, true) : ",";
  if (list.type !== "ArrayExpression" || between === undefined) return undefined;
  const elements = list.elements.flatMap((one) => (one && one.type !== "SpreadElement" ? [one] : []));
  return elements.length === list.elements.length ? { elements, between } : undefined;
}
