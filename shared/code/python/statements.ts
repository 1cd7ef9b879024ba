/** Runs statements from top to bottom; where ways part and meet again, names hold what either way left. */
import { assignTo } from "./assignment.ts";
import { decorated } from "./decorators.ts";
import { runImport } from "./imports.ts";
import type { Interpreter } from "./interpreter.ts";
import { assign, joinNames, newScope } from "./scope.ts";
import type { SyntaxNode } from "./syntax.ts";
import { elements, external, type FunctionValue, join, type Scope, unknown, type Value, type Values } from "./values.ts";

type Runner = (node: SyntaxNode, scope: Scope, interpreter: Interpreter) => void;

export function runStatement(node: SyntaxNode, scope: Scope, interpreter: Interpreter): void {
  const runner = runners[node.type];
  if (runner) runner(node, scope, interpreter);
  else interpreter.evaluate(node, scope);
}

const block: Runner = (node, scope, interpreter) => {
  for (const child of node.children) interpreter.run(child, scope);
};

/** Every child may run or not, each from where the ones before it stand. */
const parting: Runner = (node, scope, interpreter) => {
  let after: ReadonlyMap<string, Values> | undefined;
  let whole = false;
  const before = () => new Map(scope.names);
  for (const child of node.children) {
    if (child.role === "condition" || child.role === "subject") {
      interpreter.evaluate(child, scope);
      continue;
    }
    const start = before();
    interpreter.run(child, scope);
    whole ||= child.type === "else_clause";
    after = after ? joinNames(after, scope.names) : scope.names;
    scope.names = start;
  }
  if (after) scope.names = whole ? new Map(after) : joinNames(scope.names, after);
};

const loop: Runner = (node, scope, interpreter) => {
  const [left, right, condition] = [node.child("left"), node.child("right"), node.child("condition")];
  const each = right ? elements(interpreter.evaluate(right, scope)) : [];
  const body = node.child("body");
  // what the first turn leaves, the second one finds; loops inside get theirs with the outermost
  const turns = scope.loops === 0 ? 2 : 1;
  scope.loops++;
  for (let turn = 0; turn < turns; turn++) {
    const before = new Map(scope.names);
    if (condition) interpreter.evaluate(condition, scope);
    if (left) assignTo(left, each, scope, interpreter);
    if (body) interpreter.run(body, scope);
    scope.names = joinNames(before, scope.names);
  }
  scope.loops--;
  for (const child of node.all("alternative")) interpreter.run(child, scope);
};

const attempt: Runner = (node, scope, interpreter) => {
  const before = new Map(scope.names);
  for (const child of node.all("body")) interpreter.run(child, scope);
  let after: ReadonlyMap<string, Values> = scope.names;
  const failed = joinNames(before, after);
  for (const child of node.children.filter(({ role }) => role !== "body")) {
    const onwards = child.type === "else_clause" || child.type === "finally_clause";
    scope.names = new Map(onwards ? after : failed);
    interpreter.run(child, scope);
    after = onwards ? scope.names : joinNames(after, scope.names);
  }
  scope.names = new Map(after);
};

/** `with x as y`: y is x, or what its `__enter__` answers. */
function withItem(node: SyntaxNode, scope: Scope, interpreter: Interpreter): void {
  const value = node.child("value") ?? node.children[0];
  if (!value) return;
  const alias = value.type === "as_pattern" ? value.child("alias") : undefined;
  const inner = value.type === "as_pattern" ? value.children[0] : value;
  const values = inner ? interpreter.evaluate(inner, scope) : [unknown];
  const entered = join(...values.map((one) => enteredOf(one, node, scope, interpreter)));
  if (alias) assignTo(alias, entered, scope, interpreter);
}

function enteredOf(value: Value, at: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  // a function that yields, made a context by contextlib
  if (value.kind === "list") return elements([value]);
  if (value.kind !== "instance") return [value];
  const enter = ["__enter__", "__aenter__"].flatMap((name) => interpreter.attribute([value], name, at, false));
  const own = enter.filter(({ kind }) => kind === "function");
  return own.length > 0 ? interpreter.call(own, { positional: [], named: new Map(), more: false }, at, scope) : [value];
}

function functionOf(node: SyntaxNode, scope: Scope): FunctionValue {
  return { kind: "function", key: `function ${node.file.path}:${node.start} in ${scope.key}`, node, scope };
}

function classOf(node: SyntaxNode, scope: Scope, interpreter: Interpreter): Value {
  const key = `class ${node.file.path}:${node.start} in ${scope.key}`;
  const value: Value = { kind: "class", key, node, scope };
  const bases = node.child("superclasses")?.children.filter(({ type }) => type !== "keyword_argument") ?? [];
  const names = newScope({ kind: "class", key, path: scope.path, outer: scope, inClass: value }, interpreter.fields(value));
  interpreter.defineClass(key, names, join(...bases.map((base) => interpreter.evaluate(generic(base), scope))));
  const body = node.child("body");
  if (body) interpreter.run(body, names);
  return value;
}

/** `Job[Order]` is `Job`. */
function generic(base: SyntaxNode): SyntaxNode {
  return (base.type === "subscript" && base.child("value")) || base;
}

function define(node: SyntaxNode, decorators: readonly SyntaxNode[], scope: Scope, interpreter: Interpreter): void {
  const name = node.child("name")?.text ?? "";
  let value: Value;
  if (node.type === "class_definition") value = classOf(node, scope, interpreter);
  else {
    value = functionOf(node, scope);
    interpreter.defineFunction(value);
  }
  assign(name, decorated(value, decorators, scope, interpreter), scope);
}

const runners: Readonly<Record<string, Runner>> = {
  module: block,
  block,
  expression_statement: (node, scope, interpreter) => {
    // a text alone is a comment
    for (const child of node.children) if (child.type !== "string") interpreter.evaluate(child, scope);
  },
  if_statement: parting,
  elif_clause: (node, scope, interpreter) => {
    for (const child of node.children) interpreter.run(child, scope);
  },
  else_clause: block,
  match_statement: (node, scope, interpreter) => {
    for (const child of node.children) (child.role === "body" ? parting : runStatement)(child, scope, interpreter);
  },
  case_clause: (node, scope, interpreter) => {
    for (const child of node.children) if (child.type !== "case_pattern") interpreter.run(child, scope);
  },
  for_statement: loop,
  while_statement: loop,
  try_statement: attempt,
  except_clause: block,
  except_group_clause: block,
  finally_clause: block,
  with_statement: (node, scope, interpreter) => {
    for (const clause of node.ofType("with_clause")) for (const item of clause.children) withItem(item, scope, interpreter);
    for (const body of node.all("body")) interpreter.run(body, scope);
  },
  as_pattern: (node, scope, interpreter) => {
    const [value] = node.children;
    if (value) interpreter.evaluate(value, scope);
  },
  return_statement: (node, scope, interpreter) => {
    const [value] = node.children;
    scope.returned = join(scope.returned, value ? interpreter.evaluate(value, scope) : []);
  },
  function_definition: (node, scope, interpreter) => define(node, [], scope, interpreter),
  class_definition: (node, scope, interpreter) => define(node, [], scope, interpreter),
  decorated_definition: (node, scope, interpreter) => {
    const definition = node.child("definition");
    if (definition) define(definition, node.ofType("decorator"), scope, interpreter);
  },
  import_statement: runImport,
  import_from_statement: runImport,
  future_import_statement: () => {},
  global_statement: (node, scope) => {
    for (const name of node.children) scope.global.add(name.text);
  },
  nonlocal_statement: (node, scope) => {
    for (const name of node.children) scope.global.add(name.text);
  },
  exec_statement: (node, scope, interpreter) => {
    const code = node.child("code");
    if (!code) return;
    interpreter.call(
      [external("builtins.exec")],
      { positional: [interpreter.evaluate(code, scope)], named: new Map(), more: false },
      node,
      scope,
    );
  },
};
