import { objectsHandedToStranger } from "./hand-over.ts";
import type { Interpreter } from "./interpreter.ts";
import { assign, assignLate } from "./scope.ts";
import type { SyntaxNode } from "./syntax.ts";
import { literalsOf } from "./texts.ts";
import { dict, elements, join, list, noArguments, type Scope, unknown, type Value, type Values } from "./values.ts";

/** Assigns to a name, an attribute, an entry, or several of them. */
export function assignTo(target: SyntaxNode, values: Values, scope: Scope, interpreter: Interpreter): void {
  if (target.type === "identifier") {
    if (assign(target.text, values, scope)) interpreter.changed();
  } else if (target.type === "attribute") assignAttribute(target, values, scope, interpreter);
  else if (target.type === "subscript") assignEntry(target, values, scope, interpreter);
  else if (target.type === "list_splat_pattern") {
    const [name] = target.children;
    if (name) assignTo(name, [list([], elements(values))], scope, interpreter);
  } else {
    // what stands in parentheses, a tuple or a list
    const alone = target.type === "as_pattern_target" || target.type === "parenthesized_expression";
    for (const [i, child] of target.children.entries()) assignTo(child, alone ? values : itemAt(values, i), scope, interpreter);
  }
}

function itemAt(values: Values, position: number): Values {
  return join(
    ...values.map((value) =>
      value.kind === "list" ? (value.items[position] ?? value.rest) : value.kind === "answer" ? [value] : [unknown],
    ),
  );
}

function assignAttribute(target: SyntaxNode, values: Values, scope: Scope, interpreter: Interpreter): void {
  const [object, name] = [target.child("object"), target.child("attribute")?.text];
  if (!object || name === undefined) return;
  for (const value of interpreter.evaluate(object, scope)) {
    if (isStrange(value)) objectsHandedToStranger(value, "", { ...noArguments, positional: [values] }, interpreter);
    if (!holdsFields(value)) continue;
    if (assignLate(name, values, interpreter.fields(value))) interpreter.changed();
  }
}

/** Somebody else's: what is put into it, he has. */
function isStrange({ kind }: Value): boolean {
  return kind === "unknown" || kind === "external";
}

function holdsFields({ kind }: Value): boolean {
  return kind === "instance" || kind === "class" || kind === "module" || kind === "function";
}

/** `clients["s3"] = ...`: the dictionary has one entry more wherever it is held by that name. */
function assignEntry(target: SyntaxNode, values: Values, scope: Scope, interpreter: Interpreter): void {
  const [holder, index] = [target.child("value"), target.child("subscript")];
  if (!holder || !index) return;
  const { texts } = literalsOf(interpreter.evaluate(index, scope));
  const held = interpreter.evaluate(holder, scope).map((value): Value => {
    if (isStrange(value)) objectsHandedToStranger(value, "", { ...noArguments, positional: [values] }, interpreter);
    if (value.kind !== "dict") return value;
    if (texts.length === 0) return dict(value.entries, join(value.rest, values));
    return dict(new Map([...value.entries, ...texts.map((name) => [name, values] as const)]), value.rest);
  });
  if (held.some(({ kind }) => kind === "dict")) rebind(holder, held, scope, interpreter);
}

/** The same object with more in it, for a name of this scope or one around. */
export function rebind(holder: SyntaxNode, values: Values, scope: Scope, interpreter: Interpreter): void {
  if (holder.type === "attribute") assignAttribute(holder, values, scope, interpreter);
  if (holder.type !== "identifier") return;
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    if (!at.names.has(holder.text) && !at.late.has(holder.text)) continue;
    if (at === scope) at.names.set(holder.text, values);
    else if (assignLate(holder.text, values, at.late)) interpreter.changed();
    return;
  }
}
