/** Members of a request that name resources. Contents (items, bodies, secrets) are never kept: only that they are there. */
import type { CodeText, SdkCall } from "../../model/code.ts";
import {
  deepest,
  eachOnce,
  holdsContents,
  type Member,
  namesSomething,
  namesWithin,
  notTold,
  others,
  variantsOf,
  withoutValues,
  word,
} from "../request-members.ts";
import { elementNodes, elementsOf, isList, isWholeList } from "./collections.ts";
import type { Evaluation } from "./evaluation.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";
import type { Scope } from "./scopes.ts";
import { textsOf } from "./texts.ts";
import type { Value, Values } from "./values.ts";

type Parameters = SdkCall["parameters"];
type ObjectValue = Extract<Value, { kind: "object" }>;
type ObjectNode = Extract<Node, { type: "ObjectExpression" }>;

/** Members that only programs of this language are known to give. */
const alsoNaming = /^(dbuser|username)$/i;

/** Every request that an expression may stand for: members that may hold one of several texts give several. `as`: what a plain text is. */
export function requestsOf(evaluation: Evaluation, request: Node | undefined, scope: Scope, as?: string): readonly Parameters[] {
  if (!request) return [[]];
  if (request.type === "SpreadElement") return variantsOf([others]);
  const reader = new Reader(evaluation);
  const named = as !== undefined && objectsOf(evaluation, request, scope).length === 0;
  const members = named
    ? [{ name: as, either: reader.texts(request, scope) }]
    : [...(isOpen(evaluation, request, scope) ? [others] : []), ...reader.within(request, scope, 0)];
  return variantsOf(members);
}

function objectsOf(evaluation: Evaluation, node: Node, scope: Scope): ObjectValue[] {
  return evaluation.of(node, scope).filter((value) => value.kind === "object");
}

class Reader {
  readonly #evaluation: Evaluation;
  readonly #seen = new Set<Node>();

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  /** The members of an object, of every object of a list. */
  within(node: Node, scope: Scope, depth: number): Member[] {
    return this.#ofValues(this.#evaluation.of(node, scope), depth);
  }

  #ofValues(values: Values, depth: number): Member[] {
    return values.flatMap((value) => {
      if ((value.kind !== "object" && value.kind !== "list") || depth > deepest || this.#seen.has(value.node)) return [];
      this.#seen.add(value.node);
      return value.kind === "object" && value.node.type === "ObjectExpression"
        ? this.#ofObject(value.node, value.scope, depth)
        : this.#ofValues(elementsOf(this.#evaluation, value), depth + 1);
    });
  }

  #ofObject(node: ObjectNode, scope: Scope, depth: number): Member[] {
    const later = this.#evaluation.program.assignedTo.get(node) ?? [];
    return [
      ...node.properties.flatMap((property) => {
        if (property.type === "SpreadElement") return this.within(property.argument, scope, depth);
        const key = writtenKey(property.key, property.computed);
        return key === undefined ? [] : this.#member(key, bare(property.value), scope, depth);
      }),
      ...later.flatMap(({ key, value, scope: at }) => (key === undefined ? [] : this.#member(key, bare(value), at, depth))),
    ];
  }

  #member(name: string, value: Node, scope: Scope, depth: number): Member[] {
    if (name === "RequestItems") return this.#tables(value, scope);
    if (name === "Statement") return [{ name, either: this.texts(value, scope).map(withoutValues) }];
    if (!word.test(name) || (value.type === "Identifier" && value.name === "undefined")) return [];
    const objects = this.#evaluation.of(value, scope).filter(({ kind }) => kind === "object" || kind === "list");
    // a list of texts is the member itself, several times
    const listed = names(name) ? objects.flatMap((list) => this.#listed(name, list)) : [];
    const inner = holdsContents(name) ? [] : this.#ofValues(objects, depth + 1);
    if (listed.length > 0) return [...listed, ...inner];
    const whole = name !== "TransactItems" || isWhole(this.#evaluation, objects);
    const more = whole ? [] : [{ name, either: [notTold] }];
    return [{ name, either: objects.length === 0 && names(name) ? this.texts(value, scope) : [notTold] }, ...inner, ...more];
  }

  #listed(name: string, list: Value, depth = 0): Member[] {
    if (depth > deepest) return [{ name, either: [notTold] }];
    const isOfObjects = (values: Values) => values.some(({ kind }) => kind === "object");
    if (list.kind === "list") return isOfObjects(elementsOf(this.#evaluation, list)) ? [] : [{ name, either: [notTold] }];
    if (list.kind !== "object" || list.node.type !== "ArrayExpression") return [];
    return elementNodes(this.#evaluation, list.node, list.scope).flatMap(({ node, scope }): Member[] => {
      if (node.type === "SpreadElement") {
        const lists = this.#evaluation.of(node.argument, scope).filter(isList);
        return lists.length > 0 ? lists.flatMap((one) => this.#listed(name, one, depth + 1)) : [{ name, either: [notTold] }];
      }
      return isOfObjects(this.#evaluation.of(node, scope)) ? [] : [{ name, either: this.texts(node, scope) }];
    });
  }

  /** Batches of DynamoDB are keyed by table. */
  #tables(node: Node, scope: Scope): Member[] {
    return objectsOf(this.#evaluation, node, scope).flatMap((value) => {
      if (value.node.type !== "ObjectExpression") return [];
      const table = (key: string | undefined, name: Node, at: Scope): Member => ({
        name: "TableName",
        either: key === undefined ? this.texts(name, at) : [[{ text: key }]],
      });
      const later = this.#evaluation.program.assignedTo.get(value.node) ?? [];
      return [
        ...value.node.properties.flatMap((property) =>
          property.type === "SpreadElement"
            ? this.#tables(property.argument, value.scope)
            : [table(writtenKey(property.key, property.computed), property.key, value.scope)],
        ),
        ...later.map(({ key, name, scope: at }) => table(key, name, at)),
      ];
    });
  }

  texts(node: Node, scope: Scope): readonly CodeText[] {
    return eachOnce(textsOf(this.#evaluation, node, scope));
  }
}

/** Whether the request may have members that could not be told: by an object of which nothing is known, or a name put together. */
function isOpen(evaluation: Evaluation, node: Node, scope: Scope, around: readonly Node[] = []): boolean {
  const values = evaluation.of(node, scope);
  return values.length === 0 || values.some((value) => holdsOthers(evaluation, value, around));
}

function holdsOthers(evaluation: Evaluation, value: Value, around: readonly Node[]): boolean {
  if (!("node" in value) || around.includes(value.node)) return !("node" in value);
  const within = [...around, value.node];
  if (isList(value))
    return !isWholeList(evaluation, value) || elementsOf(evaluation, value).some((one) => holdsOthers(evaluation, one, within));
  if (value.kind !== "object" || value.node.type !== "ObjectExpression") return true;
  const later = evaluation.program.assignedTo.get(value.node) ?? [];
  const isOpenMember = (key: string | undefined, member: Node, at: Scope) =>
    key === undefined || (key === namesWithin && isOpen(evaluation, member, at, within));
  return (
    value.node.properties.some((property) =>
      property.type === "SpreadElement"
        ? isOpen(evaluation, property.argument, value.scope, within)
        : isOpenMember(writtenKey(property.key, property.computed), bare(property.value), value.scope),
    ) || later.some(({ key, value: member, scope: at }) => isOpenMember(key, bare(member), at))
  );
}

/** Whether all that a list holds can be told. */
function isWhole(evaluation: Evaluation, lists: Values): boolean {
  return lists.length > 0 && lists.every((list) => isWholeList(evaluation, list));
}

function names(member: string): boolean {
  return namesSomething(member) || alsoNaming.test(member);
}
