import { untold } from "../../model/code.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { type Arguments, elements, entriesOf, type Scope, unknown, type Values } from "./values.ts";

/** The arguments of a call, with `*args` and `**more` taken apart where it is known what they hold. */
export function argumentsOf(node: SyntaxNode | undefined, scope: Scope, interpreter: Interpreter): Arguments {
  const positional: Values[] = [];
  const named = new Map<string, Values>();
  let more = false;
  // f(x for x in y) has no list of arguments
  for (const child of node?.type === "argument_list" ? node.children : node ? [node] : []) {
    if (child.type === "keyword_argument") {
      const [name, value] = [child.child("name"), child.child("value")];
      if (name && value) named.set(name.text, interpreter.evaluate(value, scope));
    } else if (child.type === "list_splat") {
      const values = splat(child, scope, interpreter);
      for (const value of values) if (value.kind === "list") positional.push(...value.items);
      more ||= values.some((value) => value.kind !== "list" || value.rest.length > 0);
    } else if (child.type === "dictionary_splat") {
      const values = splat(child, scope, interpreter);
      for (const [name, of] of entriesOf(values.filter((value) => value.kind === "dict"))) named.set(name, of);
      more ||= values.some((value) => value.kind !== "dict" || value.rest.length > 0);
    } else positional.push(interpreter.evaluate(child, scope));
  }
  return { positional, named, more };
}

function splat(node: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const [inner] = node.children;
  return inner ? interpreter.evaluate(inner, scope) : [unknown];
}

/** The members of a request, with the mark of those that could not be told. */
export function membersGiven({ named, more }: Arguments): ReadonlyMap<string, Values> {
  return more ? new Map([...named, [untold, [unknown]]]) : named;
}

/** The argument at that position or of that name; nothing where it is not given. */
export function argument(given: Arguments, position: number, name: string): Values {
  return given.named.get(name) ?? given.positional[position] ?? [];
}

/** Arguments of a call without the first ones. */
export function without(given: Arguments, first: number): Arguments {
  return { ...given, positional: given.positional.slice(first) };
}

/** Every value that is handed over, also inside lists and dictionaries. */
export function handedOver({ positional, named }: Arguments): Values {
  const all = [...positional, ...named.values()].flat();
  const held = all.flatMap((value) => (value.kind === "dict" ? [...value.entries.values(), value.rest].flat() : []));
  return [...all, ...elements(all.filter(({ kind }) => kind === "list")), ...held];
}
