/** What names stand for, where: the tables that the survey of a file fills and the evaluation reads. */
import type { Program as Tree } from "acorn";
import type { ClassNode, FunctionNode, Node } from "./nodes.ts";

/** One of our files. */
export interface Module {
  readonly path: string;
  readonly text: string;
  readonly scope: Scope;
  /** What it gives others, by name: `export`, `exports.x =`. */
  readonly exported: Map<string, Expression[]>;
  /** `module.exports =` */
  readonly whole: Expression[];
  /** `export { a as b } from "c"`; from `*`: all of it. */
  readonly passedOn: { readonly name: string; readonly source: string; readonly from: string }[];
  /** The names of modules that it loads. */
  readonly sources: Set<string>;
  /** Set where it loads something of a name that is not written out. */
  dynamic?: Expression;
  /** Where modules of the SDK's version 2 stand in it, from and to: what these call is no call of the program. */
  readonly ofSdk: readonly (readonly [number, number])[];
  /** There were decorators in it, which the tree does not have: what they stand before may be called by whoever reads them. */
  readonly decorated?: true;
  /** Where its lines begin; filled when somebody asks. */
  lineStarts?: readonly number[];
  readonly tree: Tree;
}

/** A node with the scope in which its names are looked up. */
export interface Expression {
  readonly node: Node;
  readonly scope: Scope;
}

export interface Scope {
  readonly parent?: Scope;
  readonly module: Module;
  /** The function whose body this is part of. */
  readonly fn?: FunctionNode;
  /** The class that `this` is an instance of. */
  readonly cls?: ClassNode;
  /** The file's or a function's own: where `var` goes. */
  readonly holdsVar: boolean;
  names?: Map<string, Definition[]>;
}

/** A step from a value to a part of it, as destructuring takes it; `true`: an element that is not told. */
export type Step = string | true;

/** One way in which a name gets its value. */
export type Definition =
  | { readonly kind: "value"; readonly node: Node; readonly scope: Scope; readonly path: readonly Step[] }
  | { readonly kind: "parameter"; readonly fn: FunctionNode; readonly index: number; readonly scope: Scope; readonly path: readonly Step[] }
  | { readonly kind: "import"; readonly source: string; readonly name: string }
  | { readonly kind: "unknown" };

export function define(scope: Scope, name: string, definition: Definition): void {
  scope.names ??= new Map();
  const known = scope.names.get(name);
  if (known) known.push(definition);
  else scope.names.set(name, [definition]);
}

export function varScope(scope: Scope): Scope {
  let at = scope;
  while (!at.holdsVar && at.parent) at = at.parent;
  return at;
}

/** Where a name is defined, from inside to outside; undefined: nowhere in the file. */
export function lookUp(scope: Scope, name: string): Definition[] | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.names?.get(name);
    if (found) return found;
  }
  return undefined;
}

/** `app.js:12`: where something stands. */
export function placeOf(node: Node, module: Module): string {
  module.lineStarts ??= [0, ...[...module.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  let [low, high] = [0, module.lineStarts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((module.lineStarts[middle] ?? 0) <= node.start) low = middle;
    else high = middle;
  }
  return `${module.path}:${low + 1}`;
}
