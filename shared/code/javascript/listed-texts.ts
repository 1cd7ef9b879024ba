/** The expressions of which a variable is one after the other: `for (const name of ["a", "b"])`, `names.map((name) => ...)`, `table[key]`. */
import { elementNodes, maximumTable } from "./collections.ts";
import type { Evaluation } from "./evaluation.ts";
import { bare, type FunctionNode, type Node, writtenKey } from "./nodes.ts";
import { type Expression, lookUp, type Scope, type Step } from "./scopes.ts";

/** Methods that hand the elements of a list to a function, one by one. */
const perElement = /^(map|forEach|filter|flatMap|some|every|find|each)$/;

/** What a path leads to from an expression, an element of a list where it says so; empty: it cannot be told. */
export function expressionsAt(evaluation: Evaluation, from: Expression, path: readonly Step[]): readonly Expression[] {
  let at: readonly Expression[] = [from];
  for (const step of path) {
    const parts = at.map((one) => (step === true ? elementsOf(evaluation, one) : partOf(evaluation, one, step)));
    if (parts.some(({ length }) => length === 0)) return [];
    at = parts.flat();
  }
  return at;
}

/** What the parameter of a function is one after the other, that is handed to a method of a list. */
export function expressionsPassed(evaluation: Evaluation, fn: FunctionNode, index: number, path: readonly Step[]): readonly Expression[] {
  const passed = evaluation.program.passed.get(fn);
  const callee = passed && bare(passed.call.node.callee);
  if (index !== 0 || passed?.index !== 0 || callee?.type !== "MemberExpression") return [];
  if (!perElement.test(writtenKey(callee.property, callee.computed) ?? "")) return [];
  return expressionsAt(evaluation, { node: callee.object, scope: passed.call.scope }, [true, ...path]);
}

/** Everything that a table of a few texts holds: `{ read: "getItem", write: "putItem" }[key]`. */
export function expressionsInTable(evaluation: Evaluation, node: Node, scope: Scope): readonly Expression[] {
  return literalsOf(evaluation, node, scope).flatMap((literal): readonly Expression[] => {
    if (literal.node.type === "ArrayExpression") return elementsOf(evaluation, literal);
    if (literal.node.type !== "ObjectExpression" || literal.node.properties.length > maximumTable) return [];
    const written = literal.node.properties.flatMap((one) =>
      one.type === "Property" ? [{ node: one.value as Node, scope: literal.scope }] : [],
    );
    const later = evaluation.program.assignedTo.get(literal.node) ?? [];
    return [...written, ...later.map(({ value, scope: at }) => ({ node: value, scope: at }))];
  });
}

function elementsOf(evaluation: Evaluation, { node, scope }: Expression): readonly Expression[] {
  const keys = keysOf(evaluation, bare(node), scope);
  if (keys) return keys;
  return literalsOf(evaluation, node, scope).flatMap(({ node: list, scope: at }) => {
    if (list.type !== "ArrayExpression") return [];
    const elements = elementNodes(evaluation, list, at);
    return elements.some((one) => one.node.type === "SpreadElement") ? [] : elements;
  });
}

/** `Object.keys(table)` */
function keysOf(evaluation: Evaluation, node: Node, scope: Scope): readonly Expression[] | undefined {
  const callee = node.type === "CallExpression" ? bare(node.callee) : undefined;
  const [first] = node.type === "CallExpression" ? node.arguments : [];
  if (callee?.type !== "MemberExpression" || callee.object.type !== "Identifier" || callee.object.name !== "Object") return undefined;
  if (writtenKey(callee.property, callee.computed) !== "keys" || lookUp(scope, "Object") || !first || first.type === "SpreadElement")
    return undefined;
  return literalsOf(evaluation, first, scope).flatMap(({ node: table }) => {
    if (table.type !== "ObjectExpression" || table.properties.length > maximumTable) return [];
    const keys = table.properties.map((one) => (one.type === "Property" ? writtenKey(one.key, one.computed) : undefined));
    if (keys.some((key) => key === undefined)) return [];
    return keys.map((value) => ({ node: { type: "Literal", value, start: table.start, end: table.start } as unknown as Node, scope }));
  });
}

function partOf(evaluation: Evaluation, { node, scope }: Expression, key: string): readonly Expression[] {
  return literalsOf(evaluation, node, scope).flatMap(({ node: literal, scope: at }): readonly Expression[] => {
    if (literal.type === "ArrayExpression") {
      const element = literal.elements[Number(key)];
      return element && element.type !== "SpreadElement" ? [{ node: element, scope: at }] : [];
    }
    if (literal.type !== "ObjectExpression") return [];
    const found = literal.properties.find((one) => one.type === "Property" && writtenKey(one.key, one.computed) === key);
    return found?.type === "Property" ? [{ node: found.value as Node, scope: at }] : [];
  });
}

/** The one list or table that an expression is. */
function literalsOf(evaluation: Evaluation, node: Node, scope: Scope): readonly Expression[] {
  const values = evaluation.of(node, scope);
  const [only] = values;
  return values.length === 1 && only?.kind === "object" ? [only] : [];
}
