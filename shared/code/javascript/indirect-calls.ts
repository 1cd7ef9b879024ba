/** Calls that say what is called in other words: `f.call(this, a)`, `f.apply(this, [a])`, `Reflect.apply(f, this, [a])`, `Reflect.construct(C, [a])`. */
import type { CallExpression } from "acorn";
import { bare, type Node, writtenKey } from "./nodes.ts";
import { lookUp, type Scope } from "./scopes.ts";

export interface IndirectCall {
  readonly callee: Node;
  /** What is called gets these; none where they are not written out. */
  readonly given: CallExpression["arguments"];
  readonly creates: boolean;
}

/** What such a call is about; undefined: it is an ordinary one. */
export function indirectCall(node: CallExpression, scope: Scope): IndirectCall | undefined {
  const callee = bare(node.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const key = writtenKey(callee.property, callee.computed);
  const [first, second, third] = node.arguments;
  if (isReflect(callee.object, scope)) {
    if (first === undefined || first.type === "SpreadElement") return undefined;
    if (key === "construct") return { callee: first, given: elementsOf(second), creates: true };
    return key === "apply" ? { callee: first, given: elementsOf(third), creates: false } : undefined;
  }
  if (key === "call") return { callee: callee.object, given: node.arguments.slice(1), creates: false };
  return key === "apply" ? { callee: callee.object, given: elementsOf(second), creates: false } : undefined;
}

/** The global `Reflect`. */
export function isReflect(node: Node, scope: Scope): boolean {
  return node.type === "Identifier" && node.name === "Reflect" && !lookUp(scope, "Reflect");
}

function elementsOf(list: CallExpression["arguments"][number] | undefined): CallExpression["arguments"] {
  return list?.type === "ArrayExpression" ? list.elements.filter((one) => one !== null) : [];
}
