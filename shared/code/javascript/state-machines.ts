/**
 * What asynchronous functions give back where a compiler made generators or state machines of them: `__awaiter(this, void 0, void 0,
 * function* () { return a })`, `__generator(this, function (_a) { ... return [4, waitedFor]; ... b = _a.sent(); return [2, a] })`.
 */
import type { CallExpression } from "acorn";
import type { Evaluation } from "./evaluation.ts";
import { bare, type FunctionNode, isFunction, type Node, writtenKey } from "./nodes.ts";
import { lookUp, type Scope } from "./scopes.ts";
import type { Values } from "./values.ts";

/** The first element of what a step returns: to be waited for, or the end. */
const [waits, ends] = [4, 2];

/** Undefined: it is no such call. */
export function resultOfStateMachine(evaluation: Evaluation, node: CallExpression, scope: Scope): Values | undefined {
  const last = node.arguments.at(-1);
  if (last && isFunction(last) && (node.arguments.length === 2 || node.arguments.length === 4) && standsForThis(node.arguments[0]))
    return [...evaluation.returned({ kind: "function", node: last, scope }), ...stepsOf(evaluation, last, ends)];
  const callee = bare(node.callee);
  if (node.arguments.length > 0 || callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return undefined;
  if (writtenKey(callee.property, callee.computed) !== "sent") return undefined;
  const machine = lookUp(scope, callee.object.name)?.find((one) => one.kind === "parameter");
  return machine?.kind === "parameter" ? stepsOf(evaluation, machine.fn, waits) : undefined;
}

function standsForThis(node: Node | undefined): boolean {
  return node?.type === "ThisExpression" || (node?.type === "UnaryExpression" && node.operator === "void");
}

function stepsOf(evaluation: Evaluation, fn: FunctionNode, code: number): Values {
  return (evaluation.program.returns.get(fn) ?? []).flatMap(({ node, scope }) => {
    const step = bare(node);
    const [first, value] = step.type === "ArrayExpression" ? step.elements : [];
    if (first?.type !== "Literal" || first.value !== code || !value || value.type === "SpreadElement") return [];
    return evaluation.of(value, scope);
  });
}
