/** `a = b.c = value`: several names for the same. */
import { bare, type Node } from "./nodes.ts";

/** What is assigned, and to what from left to right; undefined: to one name only. */
export function chainOf(node: Node): { readonly targets: readonly Node[]; readonly value: Node } | undefined {
  const targets: Node[] = node.type === "VariableDeclarator" ? [node.id] : [];
  let value: Node | null | undefined = node.type === "VariableDeclarator" ? node.init : node;
  while (value?.type === "AssignmentExpression" && value.operator === "=") {
    targets.push(value.left);
    value = bare(value.right);
  }
  return value && targets.length > 1 ? { targets, value } : undefined;
}

/** One of the assignments of a chain. */
export function assignmentOf(left: Node, right: Node): Node {
  const [to, value] = [left, right] as Extract<Node, { type: "AssignmentExpression" }>[];
  return { type: "AssignmentExpression", operator: "=", left: to, right: value, start: left.start, end: right.end } as unknown as Node;
}
