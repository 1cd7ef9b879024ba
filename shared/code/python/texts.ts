/** Strings as the code puts them together. */
import type { CodeText, CodeTextPart } from "../../model/code.ts";
import type { SyntaxNode } from "./syntax.ts";
import { join, literal, text, unknown, type Value, type Values } from "./values.ts";

/** Texts longer than this name no resource. */
const longest = 600;
const mostCombinations = 8;
const unknownPart: CodeTextPart = { unknown: true };
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"', "\n": "" };

/** Every text that the values may be; what is no text is an unknown part. */
export function textsOf(values: Values): readonly CodeText[] {
  const texts = values.filter(({ kind }) => kind !== "none").map((value) => (value.kind === "text" ? value.parts : [unknownPart]));
  return texts.length > 0 ? texts : [[unknownPart]];
}

/** The texts that are wholly written in the code; `whole` where there are no others. */
export function literalsOf(values: Values): { texts: string[]; whole: boolean } {
  const all = textsOf(values).map(writtenOut);
  const texts = all.filter((one) => one !== undefined);
  return { texts, whole: texts.length === all.length };
}

function writtenOut(parts: CodeText): string | undefined {
  const texts = parts.map((part) => ("text" in part ? part.text : undefined));
  return texts.includes(undefined) ? undefined : texts.join("");
}

/** Every way to put one of each after the other. */
export function concatenated(pieces: readonly Values[]): Values {
  let all: CodeText[] = [[]];
  for (const piece of pieces) {
    const next = textsOf(piece);
    if (all.length * next.length > mostCombinations) all = all.map((one) => [...one, unknownPart]);
    else all = all.flatMap((one) => next.map((other) => merged([...one, ...other])));
  }
  return join(...all.map((parts) => [text(merged(parts))]));
}

function merged(parts: CodeText): CodeText {
  const out: CodeTextPart[] = [];
  let length = 0;
  for (const part of parts) {
    const last = out.at(-1);
    if ("text" in part) length += part.text.length;
    if (length > longest) return [unknownPart];
    if (last && "text" in part && "text" in last) out[out.length - 1] = { text: last.text + part.text };
    else if (!(last && "unknown" in part && "unknown" in last) && !("text" in part && part.text === "")) out.push(part);
  }
  return out.length > 0 ? out : [{ text: "" }];
}

/** A string of the source; `evaluate` reads what stands between the braces of an f-string. */
export function stringOf(node: SyntaxNode, evaluate: (inner: SyntaxNode) => Values): Values {
  if (node.type === "concatenated_string") return concatenated(node.children.map((child) => stringOf(child, evaluate)));
  const [opening, content, closing] = node.children;
  if (content?.type === "string_content" && content.children.length === 0 && closing?.type === "string_end") {
    const plain = content.text;
    if (!plain.includes("{") && !plain.includes("\\")) return [literal(plain.length > longest ? plain.slice(0, longest + 1) : plain)];
  }
  const start = opening?.text ?? "";
  const raw = /r/i.test(start);
  const formatted = /[ft]/i.test(start.replaceAll(/["']/g, ""));
  const pieces = node.children.flatMap((child): Values[] => {
    if (child.type === "interpolation") return child.children.length > 0 ? [evaluated(child, evaluate)] : [];
    if (child.type !== "string_content") return [];
    const written = raw ? child.text : unescaped(child.text);
    return [[literal(formatted ? written.replaceAll("{{", "{").replaceAll("}}", "}") : written)]];
  });
  return concatenated(pieces);
}

function evaluated(interpolation: SyntaxNode, evaluate: (inner: SyntaxNode) => Values): Values {
  const inner = interpolation.child("expression") ?? interpolation.children[0];
  const values = inner ? evaluate(inner) : [unknown];
  // {x:>10} and {x!r} change what is printed
  return interpolation.children.some(({ type }) => type === "format_specifier") ? [unknown] : values;
}

function unescaped(written: string): string {
  return written.includes("\\") ? written.replaceAll(/\\([\s\S])/g, (all, next: string) => escapes[next] ?? all) : written;
}

/** `"arn:%s" % name`, `"%(a)s" % {...}` */
export function percentFormatted(format: Values, given: Values): Values {
  const [value] = given;
  const items = value?.kind === "list" ? value.items : [given];
  const named = value?.kind === "dict" ? value.entries : undefined;
  let next = 0;
  return filled(format, /%(?:\((\w+)\))?[-+ #0-9.]*([a-zA-Z%])/g, ([, name, kind]) => {
    if (kind === "%") return [literal("%")];
    return (name === undefined ? items[next++] : named?.get(name)) ?? [unknown];
  });
}

/** `"arn:{}:{name}".format(...)` */
export function braceFormatted(format: Values, positional: readonly Values[], named: ReadonlyMap<string, Values>): Values {
  let next = 0;
  return filled(format, /\{\{|\}\}|\{(\w*)[^{}]*\}/g, ([all, name = ""]) => {
    if (all === "{{" || all === "}}") return [literal(all.charAt(0))];
    return (/^\d*$/.test(name) ? positional[name === "" ? next++ : Number(name)] : named.get(name)) ?? [unknown];
  });
}

function filled(format: Values, holes: RegExp, fill: (match: RegExpMatchArray) => Values): Values {
  const { texts, whole } = literalsOf(format);
  const [written] = texts;
  if (!whole || texts.length !== 1 || written === undefined) return [unknown];
  const pieces: Values[] = [];
  let from = 0;
  for (const match of written.matchAll(holes)) {
    pieces.push([literal(written.slice(from, match.index))], fill(match));
    from = match.index + match[0].length;
  }
  return concatenated([...pieces, [literal(written.slice(from))]]);
}

/** `os.environ["X"]`, `os.environ.get("X", otherwise)` */
export function environmentText(name: Values, otherwise: Values): Values {
  const { texts, whole } = literalsOf(name);
  if (texts.length === 0) return [unknown];
  const { texts: others } = literalsOf(otherwise);
  const [other] = others;
  const read: Value[] = texts.map((variable) =>
    text([other !== undefined && others.length === 1 ? { environment: variable, otherwise: other } : { environment: variable }]),
  );
  return whole ? read : [...read, unknown];
}

/** `os.environ.get("X") or "y"`: one text, with what is taken where the variable is not set. */
export function orElse(left: Values, right: Values): Values {
  const set = left.filter(({ kind }) => kind !== "none");
  const [only] = set;
  const part = only?.kind === "text" && only.parts.length === 1 ? only.parts[0] : undefined;
  const { texts, whole } = literalsOf(right);
  if (set.length === 1 && part && "environment" in part && whole && texts[0] !== undefined && texts.length === 1) {
    return [text([{ otherwise: texts[0], ...part }])];
  }
  return join(set, right);
}
