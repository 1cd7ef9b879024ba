/** What a function is called with: the values of its parameters. */
import type { Evaluation } from "./evaluation.ts";
import { bare, type FunctionNode, type Node } from "./nodes.ts";
import type { Call, Creation } from "./program.ts";
import type { Definition, Expression } from "./scopes.ts";
import type { Values } from "./values.ts";

/** How many places that may call a function are looked at. */
const maximumCalls = 40;
/** Methods of lists, of which the function that is passed gets the elements. */
const perElement = /^(map|forEach|filter|flatMap|some|every|find|each)$/;

type Parameter = Extract<Definition, { kind: "parameter" }>;

export function valuesOfParameter(evaluation: Evaluation, { fn, index, scope }: Parameter): Values {
  const passed = evaluation.program.passed.get(fn);
  if (passed) return valuesPassedOn(evaluation, passed.call, index);
  return argumentsOf(evaluation, fn, index, scope.parent?.cls !== undefined).flatMap(({ node, scope: at }) => evaluation.of(node, at));
}

/** The expressions that stand in calls of a function as its argument. */
export function argumentsOf(evaluation: Evaluation, fn: FunctionNode, index: number, method: boolean): readonly Expression[] {
  const { program } = evaluation;
  const inPlace = program.calledInPlace.get(fn);
  const maker = program.returnedBy.get(fn);
  const made = (maker && program.namesOf.get(maker)) ?? [];
  const names = [...(program.namesOf.get(fn) ?? []), ...made.flatMap((name) => [`${name}()`, ...(program.resultNames.get(name) ?? [])])];
  const calls = names
    .flatMap((name) => (program.callsOf.get(name) ?? []).slice(0, maximumCalls))
    .filter((call) => mayCall(evaluation, call, fn, method));
  return (inPlace ? [inPlace, ...calls] : calls).flatMap(({ node, scope }) => {
    const argument = node.arguments[index];
    return argument && argument.type !== "SpreadElement" ? [{ node: argument as Node, scope }] : [];
  });
}

function mayCall(evaluation: Evaluation, { node, scope }: Call | Creation, fn: FunctionNode, method: boolean): boolean {
  const values = evaluation.of(node.callee, scope);
  if (values.length === 0) return bare(node.callee).type === "MemberExpression" && node.type === "CallExpression";
  return values.some((value) => {
    if (value.kind === "function") return value.node === fn;
    return (
      method && value.kind === "class" && value.node.body.body.some((member) => member.type === "MethodDefinition" && member.value === fn)
    );
  });
}

function valuesPassedOn(evaluation: Evaluation, { node, scope }: Call, index: number): Values {
  const callee = bare(node.callee);
  if (index !== 0 || callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return [];
  const values = evaluation.of(callee.object, scope);
  if (callee.property.name === "then") return values;
  if (!perElement.test(callee.property.name)) return [];
  return values.flatMap((value) =>
    value.kind === "object" && value.node.type === "ArrayExpression"
      ? value.node.elements.flatMap((element) => (element && element.type !== "SpreadElement" ? evaluation.of(element, value.scope) : []))
      : [],
  );
}
