/** Maps, sets and lists: what is put in comes out, whichever key is asked for. */
import type { CallExpression } from "acorn";
import type { Evaluation } from "./evaluation.ts";
import { keptIn } from "./kept-in-tables.ts";
import type { Node } from "./nodes.ts";
import { bare, writtenKey } from "./nodes.ts";
import type { Call, Creation } from "./program.ts";
import { type Expression, lookUp, type Scope } from "./scopes.ts";
import { nothing, type Value, type Values } from "./values.ts";

/** An object with more members than this is no table of commands to choose from, but all that a package gives. */
export const maximumTable = 60;
/** How many calls of `set` and `add` are looked at for one map. */
const maximumSets = 40;

type MapValue = Extract<Value, { kind: "map" }>;
type ListValue = Extract<Value, { kind: "list" }>;
type ListNode = Extract<Node, { type: "ArrayExpression" }>;
type Callee = Extract<Node, { type: "MemberExpression" }>;

/** `new Map(entries)`, `new Set(list)`; undefined: it is no such creation. */
export function collectionOf(node: Extract<Node, { type: "NewExpression" }>, scope: Scope): Values | undefined {
  const { callee } = node;
  if (callee.type !== "Identifier" || !/^(Weak)?(Map|Set)$/.test(callee.name) || lookUp(scope, callee.name)) return undefined;
  return [{ kind: "map", node, scope, keyed: callee.name.endsWith("Map") }];
}

/** Everything that an object literal, a list, a map or a set holds. */
export function elementsOf(evaluation: Evaluation, value: Value): Values {
  if (value.kind === "map") return mapped(evaluation, value, !value.keyed);
  if (value.kind === "list") return evaluation.memberOnce(value.node, "*", () => made(evaluation, value));
  if (value.kind !== "object") return nothing;
  const { node, scope } = value;
  // a list may hold what it held before: `held.set(key, [...held.get(key), one])`
  if (node.type === "ArrayExpression")
    return evaluation.memberOnce(node, "*", () =>
      elementNodes(evaluation, node, scope).flatMap((one) =>
        one.node.type === "SpreadElement"
          ? evaluation.of(one.node.argument, one.scope).flatMap((list) => elementsOf(evaluation, list))
          : evaluation.of(one.node, one.scope),
      ),
    );
  // a whole package that a bundler joined
  if (node.type !== "ObjectExpression" || node.properties.length > maximumTable) return nothing;
  const written = () => node.properties.flatMap((one) => (one.type === "Property" ? evaluation.of(one.value, scope) : nothing));
  const later = keptIn(evaluation, node);
  return later.length === 0
    ? written()
    : evaluation.memberOnce(node, "*", () => [...written(), ...later.flatMap((one) => evaluation.of(one.value, one.scope))]);
}

/** What stands in a list, and what is put into it later: `items.push(one)`, `this.items.push(one)`. */
export function elementNodes(evaluation: Evaluation, node: ListNode, scope: Scope): readonly Expression[] {
  const { callsOf, collectionNames, pushedTo } = evaluation.program;
  const written = node.elements.flatMap((one) => (one ? [{ node: one as Node, scope }] : []));
  const name = collectionNames.get(node);
  const later = (name === undefined ? [] : (callsOf.get(`${name}.push`) ?? [])).slice(0, maximumSets).filter((call) => {
    const callee = bare(call.node.callee);
    return callee.type === "MemberExpression" && evaluation.of(callee.object, call.scope).some((one) => "node" in one && one.node === node);
  });
  return [...written, ...[...(pushedTo.get(node) ?? []), ...later].flatMap(argumentsOf)];
}

function argumentsOf({ node, scope }: Call | Creation): readonly Expression[] {
  return node.arguments.map((argument) => ({ node: argument as Node, scope }));
}

/** What the method of a list that makes another one puts into it. */
function made(evaluation: Evaluation, { node, scope }: ListValue): Values {
  const callee = bare(node.callee);
  const [first] = node.arguments;
  if (callee.type !== "MemberExpression" || !first) return nothing;
  const each = (values: Values) => values.flatMap((one) => (isList(one) ? elementsOf(evaluation, one) : [one]));
  const given = (argument: typeof first) => evaluation.of(argument.type === "SpreadElement" ? argument.argument : argument, scope);
  const key = writtenKey(callee.property, callee.computed);
  if (key === "concat") return [...each(evaluation.of(callee.object, scope)), ...node.arguments.flatMap((one) => each(given(one)))];
  const results = given(first).flatMap((one) => (one.kind === "function" ? evaluation.returned(one) : nothing));
  return key === "flatMap" ? each(results) : results;
}

/** Whether everything that a list holds can be told; of an empty one nothing is missing. */
export function isWholeList(evaluation: Evaluation, list: Value, around: readonly Value[] = []): boolean {
  if (around.some((one) => "node" in one && "node" in list && one.node === list.node)) return true;
  const areWhole = (node: Node, scope: Scope) => {
    const values = evaluation.of(node, scope);
    return values.length > 0 && values.every((one) => !isList(one) || isWholeList(evaluation, one, [...around, list]));
  };
  if (list.kind === "object" && list.node.type === "ArrayExpression")
    return elementNodes(evaluation, list.node, list.scope).every(({ node, scope }) =>
      areWhole(node.type === "SpreadElement" ? node.argument : node, scope),
    );
  if (list.kind !== "list") return list.kind === "object";
  const { callee, arguments: given } = list.node;
  const joined = callee.type === "MemberExpression" && writtenKey(callee.property, callee.computed) === "concat";
  const parts = joined ? [callee.object, ...given] : [];
  return elementsOf(evaluation, list).length > 0 && parts.every((one) => one.type !== "SpreadElement" && areWhole(one, list.scope));
}

/** A list, or what is gone through like one. */
export function isList(value: Value): boolean {
  return value.kind === "map" || value.kind === "list" || (value.kind === "object" && value.node.type === "ArrayExpression");
}

/** What `map.get(key)` gives; also the elements of a set. */
function mapped(evaluation: Evaluation, { node, scope }: MapValue, set = false): Values {
  const key = set ? "elements" : "values";
  return evaluation.memberOnce(node, key, () => {
    const [first] = node.arguments;
    const given = first && first.type !== "SpreadElement" ? evaluation.of(first, scope) : nothing;
    const elements = given.flatMap((list) => elementsOf(evaluation, list));
    const { callsOf, collectionNames } = evaluation.program;
    const method = set ? "add" : "set";
    const name = collectionNames.get(node);
    const later = (callsOf.get(name === undefined ? method : `${name}.${method}`) ?? []).slice(0, maximumSets).flatMap((call) => {
      const callee = bare(call.node.callee);
      const put = call.node.arguments[set ? 0 : 1];
      if (callee.type !== "MemberExpression" || !put || put.type === "SpreadElement") return nothing;
      const isThis = evaluation.of(callee.object, call.scope).some((one) => one.kind === "map" && one.node === node);
      return isThis ? evaluation.of(put, call.scope) : nothing;
    });
    return [...(set ? elements : evaluation.member(elements.filter(isPair), "1")), ...later];
  });
}

function isPair(value: Value): boolean {
  return value.kind === "object" && value.node.type === "ArrayExpression";
}

/** What methods of maps and lists, and those of `Object` that take an object apart, give; undefined: it is none of them. */
export function resultOfCollection(evaluation: Evaluation, node: CallExpression, callee: Callee, scope: Scope): Values | undefined {
  const key = writtenKey(callee.property, callee.computed);
  switch (key) {
    case "get":
    case "values": {
      if (key === "values" && isObject(callee.object, scope)) return partsOf(evaluation, node, scope, ({ value }) => value);
      const maps = evaluation.of(callee.object, scope).filter((value) => value.kind === "map");
      if (maps.length === 0) return undefined;
      return key === "get" ? maps.flatMap((map) => mapped(evaluation, map)) : maps.map((map) => ({ ...map, keyed: false }));
    }
    case "entries":
      return isObject(callee.object, scope) ? partsOf(evaluation, node, scope, pairOf) : undefined;
    case "find":
    case "findLast":
    case "at":
    case "pop":
    case "shift": {
      const lists = evaluation.of(callee.object, scope).filter(isList);
      return lists.length > 0 ? lists.flatMap((list) => elementsOf(evaluation, list)) : undefined;
    }
    case "filter":
    case "slice":
    case "reverse":
    case "sort": {
      const lists = evaluation.of(callee.object, scope).filter(isList);
      return lists.length > 0 ? lists : undefined;
    }
    case "concat": {
      const [first] = node.arguments;
      const lists = [callee.object, ...(first && first.type !== "SpreadElement" ? [first] : [])];
      return lists.some((one) => evaluation.of(one, scope).some(isList)) ? [{ kind: "list", node, scope }] : undefined;
    }
    case "map":
    case "flatMap": {
      const [first] = node.arguments;
      if (!first || first.type === "SpreadElement" || !evaluation.of(first, scope).some(({ kind }) => kind === "function"))
        return undefined;
      return evaluation.of(callee.object, scope).some(({ kind }) => kind === "instance") ? undefined : [{ kind: "list", node, scope }];
    }
    default:
      return undefined;
  }
}

function isObject(node: Node, scope: Scope): boolean {
  return node.type === "Identifier" && node.name === "Object" && !lookUp(scope, "Object");
}

type Property = Extract<Extract<Node, { type: "ObjectExpression" }>["properties"][number], { type: "Property" }>;

/** A list of something of every member of an object literal. */
function partsOf(evaluation: Evaluation, { arguments: [first] }: CallExpression, scope: Scope, part: (of: Property) => Node): Values {
  if (!first || first.type === "SpreadElement") return nothing;
  return evaluation.of(first, scope).flatMap((value): Values => {
    if (value.kind !== "object" || value.node.type !== "ObjectExpression" || value.node.properties.length > maximumTable) return nothing;
    const elements = value.node.properties.flatMap((one) => (one.type === "Property" ? [part(one)] : []));
    return [{ kind: "object", node: listOf(elements, value.node), scope: value.scope }];
  });
}

function pairOf(property: Property): Node {
  return listOf([{ type: "Identifier", name: "undefined", start: property.start, end: property.start }, property.value], property);
}

/** A list as it would stand in the text. */
function listOf(elements: readonly Node[], { start, end }: Node): Node {
  return { type: "ArrayExpression", elements, start, end } as unknown as Node;
}
