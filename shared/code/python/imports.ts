import type { Interpreter } from "./interpreter.ts";
import { assign } from "./scope.ts";
import type { SyntaxNode } from "./syntax.ts";
import { literalsOf } from "./texts.ts";
import { join, type Scope, unknown, type Values } from "./values.ts";

/** `import a.b`, `from a import b as c`, `from . import *` */
export function runImport(node: SyntaxNode, scope: Scope, interpreter: Interpreter): void {
  const names = node.all("name").map((name) => {
    const [path, alias] = name.type === "aliased_import" ? [name.child("name"), name.child("alias")] : [name, undefined];
    return { path: plain(path), alias: alias?.text };
  });
  const from = node.child("module_name");
  if (node.type === "import_statement" || !from) {
    for (const { path, alias } of names) {
      const whole = interpreter.importModule(path, scope);
      const first = path.split(".")[0] ?? path;
      assign(alias ?? first, alias || first === path ? whole : interpreter.importModule(first, scope), scope);
    }
    return;
  }
  const module = interpreter.importModule(plain(from), scope);
  for (const { path, alias } of names) assign(alias ?? path, memberOf(module, plain(from), path, node, scope, interpreter), scope);
  if (node.ofType("wildcard_import").length > 0) {
    const names = interpreter.namesOf(module);
    for (const [name, values] of names) assign(name, values, scope);
    // a module below that the list names is imported too
    for (const name of listed(names.get("__all__") ?? [])) {
      if (!names.has(name)) assign(name, interpreter.attribute(module, name, node, false), scope);
    }
  }
}

/** `__all__ = ["orders", "users"]` */
function listed(all: Values): string[] {
  return all.flatMap((value) => (value.kind === "list" ? literalsOf([...value.items.flat(), ...value.rest]).texts : []));
}

function memberOf(module: Values, from: string, name: string, at: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  const found = interpreter.attribute(module, name, at, false);
  if (found.some(({ kind }) => kind !== "unknown")) return found;
  const below = interpreter
    .importModule(from.endsWith(".") ? `${from}${name}` : `${from}.${name}`, scope)
    .filter(({ kind }) => kind === "module");
  return below.length > 0 ? join(below, []) : [unknown];
}

function plain(node: SyntaxNode | undefined): string {
  return (node?.text ?? "").replaceAll(/\s/g, "");
}
