/** Maps, sets and lists: what is put in comes out, whichever key is asked for. */
import type { CallExpression } from "acorn";
import type { Evaluation } from "./evaluation.ts";
import type { Node } from "./nodes.ts";
import { bare, writtenKey } from "./nodes.ts";
import { lookUp, type Scope } from "./scopes.ts";
import { nothing, type Value, type Values } from "./values.ts";

/** An object with more members than this is no table of commands to choose from, but all that a package gives. */
export const maximumTable = 60;
/** How many calls of `set` and `add` are looked at for one map. */
const maximumSets = 40;

type MapValue = Extract<Value, { kind: "map" }>;
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
  if (value.kind !== "object") return nothing;
  const { node, scope } = value;
  if (node.type === "ArrayExpression")
    return node.elements.flatMap((one) =>
      !one
        ? nothing
        : one.type === "SpreadElement"
          ? evaluation.of(one.argument, scope).flatMap((list) => elementsOf(evaluation, list))
          : evaluation.of(one, scope),
    );
  // a whole package that a bundler joined
  if (node.type !== "ObjectExpression" || node.properties.length > maximumTable) return nothing;
  return node.properties.flatMap((one) => (one.type === "Property" ? evaluation.of(one.value, scope) : nothing));
}

/** What `map.get(key)` gives; also the elements of a set. */
function mapped(evaluation: Evaluation, { node, scope }: MapValue, set = false): Values {
  const key = set ? "elements" : "values";
  return evaluation.memberOnce(node, key, () => {
    const [first] = node.arguments;
    const given = first && first.type !== "SpreadElement" ? evaluation.of(first, scope) : nothing;
    const elements = given.flatMap((list) => elementsOf(evaluation, list));
    const { callsOf, mapNames } = evaluation.program;
    const method = set ? "add" : "set";
    const name = mapNames.get(node);
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
      const lists = evaluation.of(callee.object, scope).filter(isPair);
      return lists.length > 0 ? lists.flatMap((list) => elementsOf(evaluation, list)) : undefined;
    }
    case "filter":
    case "slice":
    case "concat":
    case "reverse": {
      const lists = evaluation.of(callee.object, scope).filter(isPair);
      return lists.length > 0 ? lists : undefined;
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

/** A list that does not stand in the text. */
function listOf(elements: readonly Node[], { start, end }: Node): Node {
  return { type: "ArrayExpression", elements, start, end } as unknown as Node;
}
