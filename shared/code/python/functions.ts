/** Calls of the program's own functions: which argument becomes which name. */
import { decoratorsOf } from "./decorators.ts";
import type { Interpreter } from "./interpreter.ts";
import { newScope } from "./scope.ts";
import type { SyntaxNode } from "./syntax.ts";
import { typeHinted } from "./type-hints.ts";
import {
  type Arguments,
  dict,
  type FunctionValue,
  isAbsent,
  join,
  keyOfArguments,
  list,
  type Scope,
  unknown,
  type Values,
} from "./values.ts";

/** Runs the body with the arguments. @returns what it answers */
export function runFunction(called: FunctionValue, given: Arguments, interpreter: Interpreter): Values {
  const { node, scope: outer, self } = called;
  const key = keyOfCall(called, given);
  const inClass = outer.kind === "class" ? outer.inClass : outer.inClass;
  const owner = self ?? outer.self;
  const scope = newScope({ kind: "function", key, path: outer.path, outer, ...(owner && { self: owner }), ...(inClass && { inClass }) });
  const withSelf = self ? { ...given, positional: [[self], ...given.positional] } : given;
  bind(node.child("parameters")?.children ?? [], withSelf, scope, outer, interpreter);
  const body = node.child("body");
  if (!body) return [unknown];
  if (node.type === "lambda") return interpreter.evaluate(body, scope);
  interpreter.run(body, scope);
  if (scope.returned.length > 0) return scope.returned;
  const type = node.child("return_type");
  return type ? join(typeHinted(type, outer, interpreter), [unknown]) : [unknown];
}

export function keyOfCall({ key, self }: FunctionValue, given: Arguments): string {
  return `${key}(${self?.key ?? ""};${keyOfArguments(given)})`;
}

/** Bound to the object or class that it is taken from, as its decorators have it. */
export function boundTo(found: FunctionValue, self: FunctionValue["self"], ofClass: FunctionValue["self"]): FunctionValue {
  const decorators = decoratorsOf(found.node);
  if (decorators.includes("staticmethod")) return found;
  const to = decorators.includes("classmethod") ? ofClass : self;
  return to ? { ...found, self: to } : found;
}

export function isProperty({ node }: FunctionValue): boolean {
  return decoratorsOf(node).some((name) => /(^|\.)(cached_)?property$/.test(name));
}

function bind(parameters: readonly SyntaxNode[], given: Arguments, scope: Scope, outer: Scope, interpreter: Interpreter): void {
  const named = new Map(given.named);
  let next = 0;
  let byPosition = true;
  for (const parameter of parameters) {
    const [inner] = parameter.children;
    const splat = parameter.type === "typed_parameter" && inner ? inner : parameter;
    const name = parameter.child("name")?.text ?? (splat.type === "identifier" ? splat.text : (splat.children[0]?.text ?? ""));
    if (splat.type === "dictionary_splat_pattern") {
      scope.names.set(name, [dict(named, given.more ? [unknown] : [])]);
    } else if (splat.type === "list_splat_pattern" || parameter.type === "keyword_separator") {
      if (name) scope.names.set(name, [list(given.positional.slice(next), given.more ? [unknown] : [])]);
      byPosition = false;
    } else if (parameter.type !== "positional_separator") {
      const value = (byPosition ? given.positional[next++] : undefined) ?? named.get(name);
      named.delete(name);
      const told = value?.filter((one) => !isAbsent(one)) ?? [];
      const without = value && told.length === value.length ? [] : otherwise(parameter, outer, interpreter);
      scope.names.set(name, join(value ? hinted(told, parameter, outer, interpreter) : [], without));
    }
  }
}

function hinted(value: Values, parameter: SyntaxNode, outer: Scope, interpreter: Interpreter): Values {
  const type = parameter.child("type");
  return type && value.every(({ kind }) => kind === "unknown") ? join(value, typeHinted(type, outer, interpreter)) : value;
}

function otherwise(parameter: SyntaxNode, outer: Scope, interpreter: Interpreter): Values {
  const [written, type] = [parameter.child("value"), parameter.child("type")];
  const value = written ? interpreter.evaluate(written, outer) : [unknown];
  if (!type || !value.every(({ kind }) => kind === "unknown" || kind === "none")) return value;
  return join(value, typeHinted(type, outer, interpreter));
}
