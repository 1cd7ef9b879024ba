/** Members of a request that name resources. Contents (items, bodies, secrets) are never kept: only that they are there. */
import type { CodeText, SdkCall } from "../../model/code.ts";
import {
  deepest,
  eachOnce,
  holdsContents,
  type Member,
  namesSomething,
  notTold,
  variantsOf,
  withoutValues,
  word,
} from "../request-members.ts";
import type { Evaluation } from "./evaluation.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";
import type { Scope } from "./scopes.ts";
import { textsOf } from "./texts.ts";
import type { Value } from "./values.ts";

type Parameters = SdkCall["parameters"];
type ObjectValue = Extract<Value, { kind: "object" }>;

/** Members that only programs of this language are known to give. */
const alsoNaming = /^(dbuser|username)$/i;

/** Every request that an expression may stand for: members that may hold one of several texts give several. `as`: what a plain text is. */
export function requestsOf(evaluation: Evaluation, request: Node | undefined, scope: Scope, as?: string): readonly Parameters[] {
  if (!request || request.type === "SpreadElement") return [[]];
  const reader = new Reader(evaluation);
  const named = as !== undefined && objectsOf(evaluation, request, scope).length === 0;
  const members = named ? [{ name: as, either: reader.texts(request, scope) }] : reader.within(request, scope, 0);
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
    return objectsOf(this.#evaluation, node, scope).flatMap((value) => this.#ofObject(value, depth));
  }

  #ofObject({ node, scope }: ObjectValue, depth: number): Member[] {
    if (depth > deepest || this.#seen.has(node)) return [];
    this.#seen.add(node);
    if (node.type === "ArrayExpression")
      return node.elements.flatMap((element) =>
        element && element.type !== "SpreadElement" ? this.within(element, scope, depth + 1) : [],
      );
    if (node.type !== "ObjectExpression") return [];
    const later = this.#evaluation.program.assignedTo.get(node) ?? [];
    return [
      ...node.properties.flatMap((property) => {
        if (property.type === "SpreadElement") return this.within(property.argument, scope, depth);
        const key = writtenKey(property.key, property.computed);
        return key === undefined ? [] : this.#member(key, bare(property.value), scope, depth);
      }),
      ...later.flatMap(({ key, value, scope: at }) => this.#member(key, bare(value), at, depth)),
    ];
  }

  #member(name: string, value: Node, scope: Scope, depth: number): Member[] {
    if (name === "RequestItems") return this.#tables(value, scope);
    if (name === "Statement") return [{ name, either: this.texts(value, scope).map(withoutValues) }];
    if (!word.test(name) || (value.type === "Identifier" && value.name === "undefined")) return [];
    const objects = objectsOf(this.#evaluation, value, scope);
    const lists = objects.filter(({ node }) => node.type === "ArrayExpression");
    // a list of texts is the member itself, several times
    const listed = names(name) ? lists.flatMap((list) => this.#listed(name, list)) : [];
    const inner = holdsContents(name) ? [] : objects.flatMap((one) => this.#ofObject(one, depth + 1));
    if (listed.length > 0) return [...listed, ...inner];
    return [{ name, either: objects.length === 0 && names(name) ? this.texts(value, scope) : [notTold] }, ...inner];
  }

  #listed(name: string, { node, scope }: ObjectValue): Member[] {
    if (node.type !== "ArrayExpression") return [];
    return node.elements.flatMap((element): Member[] => {
      if (!element) return [];
      if (element.type === "SpreadElement") return [{ name, either: [notTold] }];
      return objectsOf(this.#evaluation, element, scope).length > 0 ? [] : [{ name, either: this.texts(element, scope) }];
    });
  }

  /** Batches of DynamoDB are keyed by table. */
  #tables(node: Node, scope: Scope): Member[] {
    return objectsOf(this.#evaluation, node, scope).flatMap((value) => {
      if (value.node.type !== "ObjectExpression") return [];
      return value.node.properties.flatMap((property): Member[] => {
        if (property.type === "SpreadElement") return this.#tables(property.argument, value.scope);
        const key = writtenKey(property.key, property.computed);
        return [{ name: "TableName", either: key === undefined ? this.texts(property.key, value.scope) : [[{ text: key }]] }];
      });
    });
  }

  texts(node: Node, scope: Scope): readonly CodeText[] {
    return eachOnce(textsOf(this.#evaluation, node, scope));
  }
}

function names(member: string): boolean {
  return namesSomething(member) || alsoNaming.test(member);
}
