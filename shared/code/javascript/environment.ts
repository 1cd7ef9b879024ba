/** What of a program is the environment: `process.env`, under whatever name, and what checks it and gives it back. */
import type { Evaluation } from "./evaluation.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";
import { type Definition, lookUp, type Scope } from "./scopes.ts";

const deepest = 6;

/** `process.env`, `const env = process.env`, `schema.parse(process.env)`, `cleanEnv(process.env, { ... })`; `import.meta.env` is none. */
export function isEnvironment(evaluation: Evaluation, around: Node, scope: Scope, depth = 0): boolean {
  if (depth > deepest) return false;
  const node = bare(around);
  const next = (one: Node) => isEnvironment(evaluation, one, scope, depth + 1);
  switch (node.type) {
    case "MemberExpression":
      return isProcessEnv(node) || (writtenKey(node.property, node.computed) === "data" && isChecked(next, node.object));
    case "CallExpression":
      return isChecked(next, node);
    case "Identifier":
      return (lookUp(scope, node.name) ?? []).some((one) => isDefinedSo(evaluation, one, scope, depth));
    default:
      return false;
  }
}

function isProcessEnv({ object, property, computed }: Extract<Node, { type: "MemberExpression" }>): boolean {
  return (
    writtenKey(property, computed) === "env" && object.type === "Identifier" && (object.name === "process" || object.name === "process$1")
  );
}

/** A call that is given the whole environment, as those that check what is in it. */
function isChecked(isEnv: (node: Node) => boolean, around: Node): boolean {
  const node = bare(around);
  if (node.type === "Identifier") return isEnv(node);
  if (node.type !== "CallExpression" || !/^(?:\w*[pP]arse\w*|\w*Env\w*|validate\w*|load\w*|create|from)$/.test(calledName(node.callee)))
    return false;
  return node.arguments.slice(0, 2).some((one) => one.type !== "SpreadElement" && bare(one).type !== "CallExpression" && isEnv(one));
}

function calledName(around: Node): string {
  const callee = bare(around);
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? (writtenKey(callee.property, callee.computed) ?? "") : "";
}

function isDefinedSo(evaluation: Evaluation, definition: Definition, { module }: Scope, depth: number): boolean {
  if (definition.kind === "value")
    return (
      (definition.path.length === 0 || (definition.path.length === 1 && definition.path[0] === "env" && isProcess(definition.node))) &&
      (definition.path.length > 0 || isEnvironment(evaluation, definition.node, definition.scope, depth + 1))
    );
  if (definition.kind !== "import") return false;
  if (definition.name === "env" && /^(node:)?process$/.test(definition.source)) return true;
  const [loaded] = evaluation.load(definition.source, module);
  const given = loaded?.kind === "module" ? (loaded.module.exported.get(definition.name) ?? []) : [];
  return given.some(({ node, scope }) => isEnvironment(evaluation, node, scope, depth + 1));
}

function isProcess(node: Node): boolean {
  return node.type === "Identifier" && node.name === "process";
}
