/** How names are found and assigned. */
import { join, type Scope, type Values } from "./values.ts";

export function newScope(of: Pick<Scope, "kind" | "key" | "path" | "outer" | "self" | "inClass">, late = new Map<string, Values>()): Scope {
  return { ...of, names: new Map(), global: new Set(), late, returned: [], loops: 0 };
}

/** The scope of the module around. */
export function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.outer) at = at.outer;
  return at;
}

/** The value of a name as Python finds it: here, in the functions around, in the module; undefined where none has it. */
export function lookUp(name: string, scope: Scope): Values | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    if (at.kind === "class" && at !== scope) continue;
    const here = at.names.get(name);
    const late = at.late.get(name);
    if (here || late) return join(here ?? [], late ?? []);
  }
  return undefined;
}

/** @returns whether it is news to a scope that outlives this one */
export function assign(name: string, values: Values, scope: Scope): boolean {
  if (!scope.global.has(name)) {
    scope.names.set(name, values);
    return false;
  }
  return assignLate(name, values, holder(name, scope).late);
}

/** Adds what may be assigned at a time that is not known. @returns whether that is news */
export function assignLate(name: string, values: Values, late: Map<string, Values>): boolean {
  const before = late.get(name) ?? [];
  const after = join(before, values);
  if (after.length === before.length) return false;
  late.set(name, after);
  return true;
}

/** `nonlocal` names the function around that has the name, `global` the module. */
function holder(name: string, scope: Scope): Scope {
  for (let at = scope.outer; at?.outer; at = at.outer) if (at.kind === "function" && at.names.has(name)) return at;
  return moduleOf(scope);
}

/** Both ways may have been gone: names hold what either left. */
export function joinNames(one: ReadonlyMap<string, Values>, other: ReadonlyMap<string, Values>): Map<string, Values> {
  const all = new Map(one);
  for (const [name, values] of other) {
    const before = all.get(name);
    if (before !== values) all.set(name, before ? join(before, values) : values);
  }
  return all;
}
