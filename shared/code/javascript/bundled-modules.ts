/**
 * Modules inside bundles. webpack and ncc: a table of functions by number or path, `{ 518(module, exports, require) { ... } }`, and
 * `require(518)`, whatever the minifier calls that. esbuild: `var require_a = wrap((exports, module) => { ... })`, and `require_a()`.
 */
import type { CallExpression } from "acorn";
import type { Evaluation } from "./evaluation.ts";
import { bare, type FunctionNode, isFunction, type Node, writtenKey } from "./nodes.ts";
import type { Member, Program } from "./program.ts";
import { lookUp, type Scope } from "./scopes.ts";
import type { Value, Values } from "./values.ts";

/** What `require(518)`, `require.t(518, 19)`, `require.bind(require, 518)` and `require.t.bind(require, 518, 19)` give; undefined: it is no such call. */
export function bundledModule(evaluation: Evaluation, node: CallExpression, scope: Scope): Values | undefined {
  const id = idOf(node);
  if (id === undefined) return undefined;
  const tables = (evaluation.program.members.get(id) ?? []).filter(isModule);
  const near = tables.filter((table) => table.scope.module === scope.module);
  const found = (near.length > 0 ? near : tables).flatMap((table) => whole(evaluation, table.value as FunctionNode));
  return found.length > 0 ? found : undefined;
}

/** The modules that a call may ask for: also the first of an older bundle, `require(require.s = 518)`. */
export function idsOf(node: CallExpression): readonly string[] {
  const id = idOf(node);
  if (id !== undefined) return [id];
  const [first] = node.arguments;
  const set = first?.type === "AssignmentExpression" ? writtenKey(first.right, true) : undefined;
  return set === undefined ? [] : [set];
}

function idOf(node: CallExpression): string | undefined {
  const callee = bare(node.callee);
  let [id] = node.arguments;
  if (callee.type === "MemberExpression") {
    const key = writtenKey(callee.property, callee.computed);
    if (key === "bind") [, id] = node.arguments;
    else if (key !== "t") return undefined;
  } else if (callee.type !== "Identifier" || node.arguments.length !== 1) return undefined;
  return id?.type === "Literal" && (typeof id.value === "number" || typeof id.value === "string") ? String(id.value) : undefined;
}

function isModule({ value, how, object }: Member): boolean {
  return (
    how === "written" &&
    isFunction(value) &&
    value.params.length <= 3 &&
    (object.type === "ObjectExpression" || object.type === "ArrayExpression")
  );
}

/** `wrap((exports, module) => { ... })`, `wrap({ "a.js"(exports, module) { ... } })`; undefined: it is no such call. */
export function wrappedModule(evaluation: Evaluation, { callee, arguments: given }: CallExpression): Values | undefined {
  const [first] = given;
  if (given.length !== 1 || !first || callee.type !== "Identifier") return undefined;
  const only = first.type === "ObjectExpression" && first.properties.length === 1 ? first.properties[0] : undefined;
  const fn = only?.type === "Property" ? only.value : first;
  if (!isFunction(fn) || fn.async || fn.params.length === 0 || fn.params.length > 2 || !fillsExports(fn)) return undefined;
  const scope = evaluation.program.scopeOf.get(fn);
  return scope && [{ kind: "bundled", node: fn, scope, called: true }];
}

/** What a function that is a module inside a bundle calls what it gives: its parameters; none: it is no such function. */
export function giversOf(fn: FunctionNode): readonly string[] {
  if (fn.async || fn.params.length === 0 || fn.params.length > 3 || !fillsExports(fn)) return [];
  return fn.params.flatMap((param) => (param.type === "Identifier" ? [param.name] : []));
}

/** Whether a statement of a function gives its parameters something: `exports.a = b`, `module.exports = b`, `__export(exports, ...)`. */
function fillsExports({ params, body }: FunctionNode): boolean {
  const names = params.map((param) => (param.type === "Identifier" ? param.name : ""));
  const isExports = (node: Node): boolean =>
    (node.type === "Identifier" && names.includes(node.name)) || (node.type === "MemberExpression" && isExports(node.object));
  const fills = (node: Node): boolean => {
    if (node.type === "SequenceExpression") return node.expressions.some(fills);
    if (node.type === "LogicalExpression") return fills(bare(node.right));
    if (node.type === "AssignmentExpression") return isExports(node.left) || fills(node.right);
    return node.type === "CallExpression" && node.arguments.some((argument, at) => at < 2 && isExports(argument));
  };
  if (body.type !== "BlockStatement") return fills(bare(body));
  return body.body.some((statement) => statement.type === "ExpressionStatement" && fills(bareOfSequence(statement.expression)));
}

function bareOfSequence(node: Node): Node {
  return node.type === "ParenthesizedExpression" ? bareOfSequence(node.expression) : node;
}

/** `module.exports = ` in the function of a module; otherwise what it gives name by name. */
export function whole(evaluation: Evaluation, fn: FunctionNode): Values {
  const scope = evaluation.program.scopeOf.get(fn);
  if (!scope) return [];
  const values = valuesOfWholes(evaluation, fn);
  const outside = values.some(({ kind }) => kind === "package" || kind === "clientClass");
  return outside ? values : [...values, { kind: "bundled", node: fn, scope }];
}

function valuesOfWholes(evaluation: Evaluation, fn: FunctionNode): Values {
  return wholesOf(evaluation.program, fn).flatMap((member) => evaluation.of(member.value, member.scope));
}

function wholesOf({ members }: Program, fn: FunctionNode): readonly Member[] {
  return (members.get("exports") ?? []).filter(({ how, object, value, scope }) => {
    if (how !== "assigned" || object.type !== "Identifier" || value.start < fn.start || value.end > fn.end) return false;
    return lookUp(scope, object.name)?.some((one) => one.kind === "parameter" && one.fn === fn) === true;
  });
}

/** What a module gives under a name: whatever has that name between its first letter and its last. */
export function memberOfBundled(evaluation: Evaluation, { node, scope }: Extract<Value, { kind: "bundled" }>, key: string): Values {
  return evaluation.memberOnce(node, key, () => {
    const found = (evaluation.program.members.get(key) ?? [])
      .filter(({ object, scope: at }) => at.module === scope.module && object.start >= node.start && object.end <= node.end)
      .filter((member) => gives(evaluation.program, member, node))
      .flatMap((member) => listed(evaluation, member));
    if (found.length > 0) return found;
    const wholes = valuesOfWholes(evaluation, node);
    return key === "default" ? [...wholes, { kind: "bundled", node, scope }] : evaluation.member(wholes, key);
  });
}

/** `exports.key = value`, `require.d(exports, { key: () => value })`, `require.d(exports, ["key", 0, value])`. */
function gives(program: Program, { how, object, scope }: Member, fn: FunctionNode): boolean {
  if (how === "written") return program.listings.has(object);
  const root = object.type === "MemberExpression" ? object.object : object;
  return root.type === "Identifier" && (lookUp(scope, root.name) ?? []).some((one) => one.kind !== "parameter" || one.fn === fn);
}

/** `{ GetItemCommand: () => GetItemCommand }`: how bundlers list what a module gives. */
export function listed(evaluation: Evaluation, { value, scope, getter }: Member): Values {
  const values = evaluation.of(value, scope);
  const lists = getter || (isFunction(value) && value.params.length === 0 && value.type === "ArrowFunctionExpression");
  const returned = values.flatMap((one) => (lists && one.kind === "function" ? evaluation.returned(one) : []));
  return getter ? returned : [...values, ...returned];
}

/** Notes `["key", () => value, "other", 0, value]`, in which newer versions of webpack list what a module gives. */
export function pairsOf(list: Node): { readonly key: string; readonly value: Node }[] {
  if (list.type !== "ArrayExpression") return [];
  const pairs: { key: string; value: Node }[] = [];
  for (let at = 0; at < list.elements.length; at += 2) {
    const key = list.elements[at];
    let value = list.elements[at + 1];
    if (key?.type !== "Literal" || typeof key.value !== "string" || !value) return [];
    if (value.type === "Literal" && value.value === 0) value = list.elements[++at + 1];
    if (!value || value.type === "SpreadElement") return [];
    pairs.push({ key: key.value, value });
  }
  return pairs;
}
