/** The seam between the parts of the evaluation: each works out one kind of expression and asks the others through this. */
import type { Node } from "./nodes.ts";
import type { Program } from "./program.ts";
import type { Module, Scope } from "./scopes.ts";
import type { Value, Values } from "./values.ts";

export interface Evaluation {
  readonly program: Program;
  /** What an expression can stand for; empty: it cannot be told, or has nothing to do with AWS. */
  of(node: Node, scope: Scope): Values;
  /** The same once more, where it came to nothing because it was asked while something around it was being worked out; not always. */
  again(node: Node, scope: Scope): Values;
  /** What a member of these can be. */
  member(of: Values, key: string): Values;
  /** Works out a member of a node once; while that goes on it is nothing. */
  memberOnce(of: Node, key: string, work: () => Values): Values;
  /** What `import`ing or `require`ing this name gives. */
  load(specifier: string, from: Module): Values;
  /** What a function returns. */
  returned(of: Extract<Value, { kind: "function" }>): Values;
  /** The texts that an expression can be, where all of them can be told. */
  keys(node: Node, scope: Scope): readonly string[];
}
