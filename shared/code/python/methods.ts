/** Methods of Python's own strings, lists and dictionaries. */
import { argument } from "./arguments.ts";
import { rebind } from "./assignment.ts";
import type { Interpreter } from "./interpreter.ts";
import { subscripted } from "./subscripts.ts";
import type { SyntaxNode } from "./syntax.ts";
import { braceFormatted, concatenated, literalsOf } from "./texts.ts";
import {
  type Arguments,
  dict,
  elements,
  join,
  list,
  literal,
  type Scope,
  type TextValue,
  unknown,
  type Value,
  type Values,
} from "./values.ts";

const rewritten: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text) => text.trim(),
  rstrip: (text) => text.trimEnd(),
  lstrip: (text) => text.trimStart(),
};

export function callText(of: TextValue, method: string, given: Arguments): Values {
  const [first = [], second = []] = given.positional;
  if (method === "format") return braceFormatted([of], given.positional, given.named);
  if (method === "encode" || method === "decode") return [of];
  const { texts, whole } = literalsOf([of]);
  const [written = ""] = texts;
  if (method === "join") return whole ? joined(of, first) : [unknown];
  const rewrite = rewritten[method];
  if (rewrite && given.positional.length === 0) return whole ? [literal(rewrite(written))] : method.endsWith("strip") ? [of] : [unknown];
  const [one, other] = [literalsOf(first).texts[0], literalsOf(second).texts[0]];
  if (!whole) return [unknown];
  if (method === "split") return [list((one ? written.split(one) : written.trim().split(/\s+/)).map((part) => [literal(part)]))];
  if (method === "replace" && one !== undefined && other !== undefined) return [literal(written.replaceAll(one, other))];
  return [unknown];
}

function joined(separator: Value, given: Values): Values {
  const [items] = given;
  if (items?.kind !== "list" || items.rest.length > 0) return [unknown];
  return concatenated(items.items.flatMap((item, i) => (i === 0 ? [item] : [[separator], item])));
}

/** `d.get(...)`, `d.items()`; what changes the dictionary is assigned to whoever holds it. */
export function callDict(
  of: Extract<Value, { kind: "dict" }>,
  method: string,
  given: Arguments,
  at: SyntaxNode,
  scope: Scope,
  interpreter: Interpreter,
): Values {
  const values = join(...of.entries.values(), of.rest);
  const [key = [], other = []] = given.positional;
  switch (method) {
    case "get":
    case "pop":
      return join(subscripted([of], key), other);
    case "setdefault": {
      const { texts } = literalsOf(key);
      change(
        at,
        dict(new Map([...texts.map((name) => [name, other] as const), ...of.entries]), texts.length > 0 ? of.rest : join(of.rest, other)),
        scope,
        interpreter,
      );
      return join(subscripted([of], key), other);
    }
    case "update": {
      const more = key.filter((value) => value.kind === "dict");
      const all = new Map([...of.entries, ...more.flatMap(({ entries }) => [...entries]), ...given.named]);
      change(at, dict(all, join(of.rest, ...more.map(({ rest }) => rest))), scope, interpreter);
      return [unknown];
    }
    case "values":
      return [list([...of.entries.values()], of.rest)];
    case "keys":
      return [list([...of.entries.keys()].map((name) => [literal(name)]))];
    case "items":
      return [
        list(
          [...of.entries].map(([name, held]) => [list([[literal(name)], held])]),
          of.rest.length > 0 ? [list([[unknown], of.rest])] : [],
        ),
      ];
    case "copy":
      return [of];
    default:
      return values.length > 0 ? [unknown] : [];
  }
}

export function callList(
  of: Extract<Value, { kind: "list" }>,
  method: string,
  given: Arguments,
  at: SyntaxNode,
  scope: Scope,
  interpreter: Interpreter,
): Values {
  const [value = []] = given.positional;
  if (method === "append" || method === "add") change(at, list(of.items, join(of.rest, value)), scope, interpreter);
  else if (method === "extend") change(at, list(of.items, join(of.rest, elements(value))), scope, interpreter);
  else if (method === "insert") change(at, list(of.items, join(of.rest, argument(given, 1, "object"))), scope, interpreter);
  else if (method === "pop" || method === "search" || method === "build_full_result") return join(elements([of]), [unknown]);
  else if (method === "copy") return [of];
  return [unknown];
}

function change(call: SyntaxNode, value: Value, scope: Scope, interpreter: Interpreter): void {
  const holder = call.child("function")?.child("object");
  if (holder) rebind(holder, [value], scope, interpreter);
}
