/** Under which other names something is called: a minifier calls a function `d`, gives it to others as `call`, who take it as `w`. */
import { bare, type FunctionNode, type Node } from "./nodes.ts";
import { type Alias, addTo, type Program } from "./program.ts";
import { type Definition, define, lookUp, type Scope } from "./scopes.ts";

/** How many places are looked at that take something under another name. */
const maximumTaken = 40;

/** `as` is another name for a name; also `() => name`, as bundlers list what a module gives. */
export function noteAlias(program: Program, as: string, around: Node, scope: Scope, local?: Scope): void {
  let value = bare(around);
  if (value.type === "ArrowFunctionExpression" && value.params.length === 0) value = bare(value.body);
  if (value.type === "Identifier" && value.name !== "undefined" && (value.name !== as || local))
    addTo(program.aliases, value.name, { as, scope, ...(local && { local }) });
}

/** Puts a name into a scope; where it stands for a part of something, also under what that part is called. */
export function noteName(program: Program, scope: Scope, name: string, definition: Definition): void {
  define(scope, name, definition);
  const key = definition.kind === "import" ? definition.name : definition.kind === "unknown" ? undefined : definition.path.at(-1);
  if (typeof key === "string" && key !== name) addTo(program.taken, key, { name, scope });
}

/** Puts a function into a scope under its name. */
export function noteFunctionName(program: Program, fn: FunctionNode, name: string, scope: Scope): void {
  define(scope, name, { kind: "value", node: fn, scope, path: [] });
  addTo(program.namesOf, fn, name);
}

/** A name, with what it stands for where it is used; without: a member of any object. */
export interface Called {
  readonly name: string;
  readonly binding: Definition[] | undefined;
}

/** How many names are followed to further ones for one function. */
const maximumNames = 40;

/** Every name under which what a name stands for may be used, that name first. */
export function namesFor(program: Program, name: string, binding: Definition[] | undefined): readonly Called[] {
  const names: Called[] = [{ name, binding }];
  const seen = new Set<unknown>([binding]);
  const keys = new Set<string>();
  for (let at = 0; at < Math.min(names.length, maximumNames); at++) {
    const { name: known, binding: of } = names[at] as Called;
    for (const { as, local } of aliasesOf(program, known, of)) if (local) addOnce(names, seen, as, lookUp(local, as));
    for (const key of keysOf(program, known, of)) {
      if (keys.has(key)) continue;
      keys.add(key);
      if (key !== known || of !== undefined) names.push({ name: key, binding: undefined });
      for (const { name: as, scope } of (program.taken.get(key) ?? []).slice(0, maximumTaken)) addOnce(names, seen, as, lookUp(scope, as));
    }
  }
  return names;
}

function keysOf(program: Program, name: string, binding: Definition[] | undefined): readonly string[] {
  return [name, ...aliasesOf(program, name, binding).flatMap(({ as, local }) => (local ? [] : [as]))];
}

function addOnce(names: Called[], seen: Set<unknown>, name: string, binding: Definition[] | undefined): void {
  if (!binding || seen.has(binding)) return;
  seen.add(binding);
  names.push({ name, binding });
}

/** A short name stands for a thousand things in a minified file. */
function aliasesOf({ aliases, aliasesByBinding }: Program, name: string, binding: Definition[] | undefined): readonly Alias[] {
  if (!binding) return [];
  let grouped = aliasesByBinding.get(name);
  if (!grouped) {
    grouped = new Map();
    for (const alias of aliases.get(name) ?? []) {
      const found = lookUp(alias.scope, name);
      if (found) addTo(grouped, found, alias);
    }
    aliasesByBinding.set(name, grouped);
  }
  return grouped.get(binding) ?? [];
}
