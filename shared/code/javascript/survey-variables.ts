/** What the survey writes down of variables, of what bundlers list and of their tables of modules; most of it may wait. */
import type { CallExpression, Pattern } from "acorn";
import { noteAlias, noteName } from "./aliases.ts";
import { type FunctionNode, isClass, isFunction, type Node, writtenKey } from "./nodes.ts";
import { noteClassName, noteObject, notePlace, noteResult, noteReturn } from "./notes.ts";
import { definePattern, expressionsIn, keysIn } from "./patterns.ts";
import { addTo, type Program } from "./program.ts";
import { type Module, type Scope, varScope } from "./scopes.ts";
import { canWait, listingOf, moduleOf, type Waiting } from "./waiting.ts";

/** The walk through a file, as far as it is needed here. */
export interface Walker {
  readonly program: Program;
  readonly module: Module;
  readonly waiting: Waiting | undefined;
  /** What bundlers call the tables of modules of this file. */
  readonly tables: ReadonlySet<string>;
  visit(node: Node, scope: Scope, parent: Node): void;
  function(node: FunctionNode, scope: Scope): void;
  part(of: Node): void;
  later(names: readonly string[], scope: Scope, work: () => void): void;
}

/** `const a = b`: where making `b` does nothing, `b` waits until somebody uses `a`. */
export function surveyVariables(walk: Walker, node: Extract<Node, { type: "VariableDeclaration" }>, scope: Scope, parent: Node): void {
  const target = node.kind === "var" ? varScope(scope) : scope;
  const each = (parent.type === "ForOfStatement" || parent.type === "ForInStatement") && parent.left === node;
  for (const { id, init } of node.declarations) {
    const value =
      each && parent.type === "ForOfStatement"
        ? { node: parent.right, scope, path: [true] as const }
        : init
          ? { node: init, scope }
          : undefined;
    definePattern(id, value, (name, definition) => noteName(walk.program, target, name, definition), !init && !each);
    for (const part of expressionsIn(id)) walk.visit(part, scope, node);
    if (!init) continue;
    walk.part(init);
    if (walk.waiting) for (const key of keysIn(id)) walk.waiting.usesMember(key);
    const look = () => (id.type === "Identifier" ? surveyVariable(walk, id.name, init, scope, target) : walk.visit(init, scope, node));
    if (walk.waiting && canWait(init)) walk.later(namesOf(id), target, look);
    else look();
  }
}

function surveyVariable(walk: Walker, name: string, init: Node, scope: Scope, target: Scope): void {
  if (isFunction(init)) addTo(walk.program.namesOf, init, name);
  if (isClass(init)) noteClassName(walk.program, init, name);
  noteResult(walk.program, name, init, scope);
  noteAlias(walk.program, name, init, scope, target);
  notePlace(walk.program, name, init, target);
  if (walk.tables.has(name) && init.type === "ObjectExpression") surveyTable(walk, init, scope);
  else walk.visit(init, scope, init);
}

/** What a namespace gives waits, each for its name. */
export function surveyListing(walk: Walker, node: CallExpression, scope: Scope): boolean {
  const listed = walk.waiting && listingOf(node, scope);
  if (!listed) return false;
  noteObject(walk.program, listed.list, scope);
  for (const property of listed.list.properties) {
    if (property.type !== "Property" || property.value.type !== "ArrowFunctionExpression") continue;
    const fn = property.value;
    walk.program.scopeOf.set(fn, { parent: scope, module: walk.module, fn, cls: scope.cls, holdsVar: true });
    noteReturn(walk.program, fn, fn.body, scope);
    walk.waiting?.forMember(listed.of, writtenKey(property.key, false) ?? "", () => walk.visit(fn.body, scope, fn));
  }
  return true;
}

/** The modules of a bundle, each of which waits for its number. */
function surveyTable(walk: Walker, node: Extract<Node, { type: "ObjectExpression" }>, scope: Scope): void {
  noteObject(walk.program, node, scope);
  for (const property of node.properties) {
    const module = moduleOf(property);
    if (module && walk.waiting) walk.waiting.forModule(module.id, () => walk.function(module.fn, scope));
    else walk.visit(property, scope, node);
  }
}

function namesOf(pattern: Pattern): readonly string[] {
  const names: string[] = [];
  definePattern(pattern, undefined, (name) => names.push(name));
  return names;
}
