/** What a function is called with: the values of its parameters. */
import { type Called, namesFor } from "./aliases.ts";
import { elementsOf, isList } from "./collections.ts";
import type { Evaluation } from "./evaluation.ts";
import { injectedValues } from "./injected.ts";
import { bare, type FunctionNode, type Node } from "./nodes.ts";
import type { BoundCall, Call, Creation, Program } from "./program.ts";
import { type Definition, type Expression, lookUp, type Module, type Scope } from "./scopes.ts";
import type { Value, Values } from "./values.ts";
import { callsOfWhole } from "./whole-modules.ts";

/** How many places that may call a function are looked at. */
const maximumCalls = 40;
/** Methods of lists, of which the function that is passed gets the elements. */
const perElement = /^(map|forEach|filter|flatMap|some|every|find|each)$/;

type Parameter = Extract<Definition, { kind: "parameter" }>;

/** Worked out once for all places in which the parameter is used. */
export function valuesOfParameter(evaluation: Evaluation, { fn, index, scope }: Parameter): Values {
  return evaluation.memberOnce(fn, `parameter ${index}`, () => {
    const passed = evaluation.program.passed.get(fn);
    const given = passed ? valuesPassedOn(evaluation, passed.call, index) : [];
    if (given.length > 0) return given;
    const values = argumentsOf(evaluation, fn, index, scope.parent?.cls !== undefined).flatMap(({ node, scope: at }) =>
      evaluation.of(node, at),
    );
    return values.length > 0 ? values : injectedValues(evaluation, fn, index, scope);
  });
}

/** The expressions that stand in calls of a function as its argument. */
export function argumentsOf(evaluation: Evaluation, fn: FunctionNode, index: number, method: boolean): readonly Expression[] {
  const { program } = evaluation;
  const inPlace = program.calledInPlace.get(fn);
  const calls = [...callsNamed(evaluation, fn, method), ...callsOfResults(evaluation, fn, method), ...callsOfPassed(evaluation, fn)];
  const known = inPlace ? [inPlace, ...calls] : calls;
  return (known.length > 0 ? known : callsOfKept(evaluation, fn)).flatMap(({ node, scope }) => {
    const argument = node.arguments[index];
    return argument && argument.type !== "SpreadElement" ? [{ node: argument as Node, scope }] : [];
  });
}

/** Calls by the names that a function has. */
function callsNamed(evaluation: Evaluation, fn: FunctionNode, method: boolean): readonly (Call | Creation)[] {
  const names = namesOf(evaluation.program, fn);
  const byName = names.flatMap(({ name, binding }) => candidates(evaluation, name, binding));
  const calls = names.some(({ name }) => name === "exports") ? [...byName, ...callsOfModule(evaluation, fn)] : byName;
  return [...new Set(calls)].filter((call) => mayCall(evaluation, call, fn, method));
}

/** Calls of what the module gives that a function may be the whole of: `module.exports = function () {}`. */
function callsOfModule(evaluation: Evaluation, fn: FunctionNode): readonly (Call | Creation)[] {
  const { direct, named } = callsOfWhole(evaluation.program, fn);
  const byName = named.slice(0, maximumCalls).flatMap(({ name, scope }) => candidates(evaluation, name, lookUp(scope, name)));
  return [...direct.slice(0, maximumCalls), ...byName, ...candidates(evaluation, "default", undefined)];
}

function namesOf(program: Program, fn: FunctionNode): readonly Called[] {
  const scope = program.scopeOf.get(fn);
  return (program.namesOf.get(fn) ?? []).flatMap((name) => namesFor(program, name, scope && lookUp(scope.parent ?? scope, name)));
}

/** Calls of a function that is handed to another one, under the name of its parameter: `function run(task) { task(client); }`. */
function callsOfPassed(evaluation: Evaluation, fn: FunctionNode): readonly (Call | Creation)[] {
  const { program } = evaluation;
  const passed = program.passed.get(fn);
  if (!passed) return [];
  return evaluation.of(passed.call.node.callee, passed.call.scope).flatMap((value) => {
    const scope = value.kind === "function" ? program.scopeOf.get(value.node) : undefined;
    const param = value.kind === "function" ? value.node.params[passed.index] : undefined;
    if (!scope || param?.type !== "Identifier") return [];
    const direct = candidates(evaluation, param.name, lookUp(scope, param.name));
    return direct.filter((call) => mayCall(evaluation, call, fn, false));
  });
}

/** Calls of a function that was put into a table first: `table.get(name)(client)`, `table[name](client)`. */
function callsOfKept(evaluation: Evaluation, fn: FunctionNode): readonly (Call | Creation)[] {
  const { callsOf } = evaluation.program;
  return [...(callsOf.get("get()") ?? []), ...(callsOf.get("[]") ?? [])]
    .slice(0, maximumCalls)
    .filter(({ node, scope }) => evaluation.of(node.callee, scope).some((value) => value.kind === "function" && value.node === fn));
}

/** Calls of a function that another one returns: `f()()`, `const a = f(); a()`. */
function callsOfResults(evaluation: Evaluation, fn: FunctionNode, method: boolean): readonly (Call | Creation)[] {
  const { program } = evaluation;
  const maker = program.returnedBy.get(fn);
  const scope = maker && program.scopeOf.get(maker);
  if (!maker || !scope) return [];
  return namesOf(program, maker).flatMap(({ name, binding }) => {
    const results = (program.resultNames.get(name) ?? [])
      .filter(({ callee, scope: at }) => mayBe(name, callee, at, scope.module, binding))
      .slice(0, maximumCalls)
      .flatMap((result) => candidates(evaluation, result.name, lookUp(result.scope, result.name)));
    const direct = (program.callsOf.get(`${name}()`) ?? []).slice(0, maximumCalls);
    return [...direct, ...results].filter((call) => mayCall(evaluation, call, fn, method));
  });
}

/** Calls by a name that stands for something in the place where it is defined. */
function candidates({ program }: Evaluation, name: string, binding: Definition[] | undefined): readonly (Call | Creation)[] {
  const calls = boundCalls(program, name);
  const own = binding ? firstCalls(calls, (one) => one.binding === binding) : [];
  const module = own[0]?.scope.module;
  const others = firstCalls(calls, (one) => one.isOpen || one.binding === binding || one.call.scope.module !== module);
  return [...new Set([...own, ...others])];
}

function firstCalls(calls: readonly BoundCall[], fits: (one: BoundCall) => boolean): (Call | Creation)[] {
  const found: (Call | Creation)[] = [];
  for (const one of calls) {
    if (fits(one) && found.push(one.call) === maximumCalls) break;
  }
  return found;
}

/** A short name is called a thousand times in a minified file: where each stands is looked up once. */
function boundCalls(program: Program, name: string): readonly BoundCall[] {
  const known = program.bound.get(name);
  if (known) return known;
  const calls = (program.callsOf.get(name) ?? []).map((call) => {
    const isName = bare(call.node.callee).type === "Identifier";
    const binding = isName ? lookUp(call.scope, name) : undefined;
    return { call, binding, isOpen: !isName || comesFromElsewhere(binding) };
  });
  program.bound.set(name, calls);
  return calls;
}

/** Whether a callee can stand for what a name stands for elsewhere: not where it is another variable of the same file. */
function mayBe(name: string, callee: Node, scope: Scope, module: Module | undefined, binding: Definition[] | undefined): boolean {
  if (callee.type !== "Identifier") return true;
  const found = lookUp(scope, name);
  return found === binding || scope.module !== module || comesFromElsewhere(found);
}

function comesFromElsewhere(binding: Definition[] | undefined): boolean {
  return binding?.some((one) => one.kind === "import" || (one.kind === "value" && one.path.length > 0)) === true;
}

function mayCall(evaluation: Evaluation, { node, scope }: Call | Creation, fn: FunctionNode, method: boolean): boolean {
  const values = evaluation.of(node.callee, scope);
  if (values.length === 0) return bare(node.callee).type === "MemberExpression" && node.type === "CallExpression";
  return values.some((value) => {
    if (value.kind === "function") return value.node === fn;
    return method && value.kind === "class" && creates(evaluation, value, fn, 0);
  });
}

/** Whether creating an instance of a class calls a function: its constructor, or the one of the class that it extends. */
function creates(evaluation: Evaluation, { node, scope }: Extract<Value, { kind: "class" }>, fn: FunctionNode, depth: number): boolean {
  const methods = node.body.body.filter((member) => member.type === "MethodDefinition");
  if (methods.some((member) => member.value === fn)) return true;
  if (!node.superClass || depth > 8 || methods.some(({ kind }) => kind === "constructor")) return false;
  return evaluation.of(node.superClass, scope).some((over) => over.kind === "class" && creates(evaluation, over, fn, depth + 1));
}

function valuesPassedOn(evaluation: Evaluation, { node, scope }: Call, index: number): Values {
  const callee = bare(node.callee);
  if (index !== 0 || callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return [];
  const values = evaluation.of(callee.object, scope);
  if (callee.property.name === "then") return values;
  return perElement.test(callee.property.name) ? values.flatMap((value) => (isList(value) ? elementsOf(evaluation, value) : [])) : [];
}
