/** Pieces of texts, put behind one another. */
import type { CodeText, CodeTextPart } from "../../model/code.ts";

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

/** A part of the value of a variable that holds an ARN or the address of a queue: what the variable names is still what it is about. */
export function ofVariable(texts: readonly CodeText[]): readonly CodeText[] {
  return texts.flatMap((text) => {
    const [only] = text.length === 1 ? text : [];
    return only && "environment" in only && /ARN|QUEUE/i.test(only.environment) ? [text] : unknown;
  });
}

/** Texts behind one another, with a text between them. */
export function listed(texts: readonly (readonly CodeText[])[], between: string): readonly CodeText[] {
  const parts = texts.flatMap((one, at) => (at > 0 ? [[[{ text: between }]], one] : [one]));
  return parts.length > 0 ? parts.reduce(joined) : unknown;
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
