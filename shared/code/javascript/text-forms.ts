/** Forms of expressions that texts are made with, told by what is written. */
import type { CallExpression } from "acorn";
import type { Evaluation } from "./evaluation.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";
import { type Definition, type Expression, lookUp, type Scope } from "./scopes.ts";

export interface JoinedList {
  readonly elements: readonly Node[];
  readonly between: string;
}

/** A list that is written out and put together where it stands: `[a, b].join(":")`; undefined: it is another call. */
export function listJoined({ callee, arguments: [first] }: CallExpression): JoinedList | undefined {
  if (callee.type !== "MemberExpression" || writtenKey(callee.property, callee.computed) !== "join") return undefined;
  const list = bare(callee.object);
  const between = first ? writtenKey(first, true) : ",";
  if (list.type !== "ArrayExpression" || between === undefined) return undefined;
  const elements = list.elements.flatMap((one) => (one && one.type !== "SpreadElement" ? [one] : []));
  return elements.length === list.elements.length ? { elements, between } : undefined;
}

/** What ARNs and addresses are cut at. */
const separators = /^(:|:::|\/)$/;

/** The ARN or address of which an expression is a part: `arn.split(":::")[1]`, `url.split("/").pop()`; undefined: it is none. */
export function cutFrom(node: Node): Node | undefined {
  const callee = node.type === "CallExpression" ? bare(node.callee) : undefined;
  const isLast = callee?.type === "MemberExpression" && /^(pop|at)$/.test(writtenKey(callee.property, callee.computed) ?? "");
  const list = isLast ? callee.object : node.type === "MemberExpression" && node.computed ? node.object : undefined;
  const split = list && bare(list);
  if (split?.type !== "CallExpression") return undefined;
  const of = bare(split.callee);
  const [at] = split.arguments;
  if (of.type !== "MemberExpression" || writtenKey(of.property, of.computed) !== "split" || !at) return undefined;
  return separators.test(writtenKey(at, true) ?? "") ? of.object : undefined;
}

/** Whether a member is asked of objects that are written out and do not have it: settings that nobody gives. */
export function isAbsent(evaluation: Evaluation, around: Node, scope: Scope): boolean {
  const node = bare(around);
  const key = node.type === "MemberExpression" ? writtenKey(node.property, node.computed) : undefined;
  if (node.type !== "MemberExpression" || key === undefined) return false;
  const objects = evaluation.of(node.object, scope);
  return (
    objects.length > 0 &&
    objects.every((one) => {
      if (one.kind !== "object" || one.node.type !== "ObjectExpression" || evaluation.program.assignedTo.has(one.node)) return false;
      return one.node.properties.every(
        (part) => part.type === "Property" && ![key, undefined].includes(writtenKey(part.key, part.computed)),
      );
    })
  );
}

/** A function that calls itself with what it was given gives no other text. */
export function isPassedOn({ node, scope }: Expression, parameter: Definition): boolean {
  return node.type === "Identifier" && lookUp(scope, node.name)?.every((one) => one === parameter) === true;
}
