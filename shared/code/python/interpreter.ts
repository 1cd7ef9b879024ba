import type { Recorder } from "./recorder.ts";
import type { SyntaxNode } from "./syntax.ts";
import type { Arguments, ClassValue, FunctionValue, Scope, Value, Values } from "./values.ts";

/** `python`: only Python itself got it, which calls methods of names that are known: `write`, `filter`. */
export interface Given {
  readonly of: ClassValue;
  readonly to: "python" | "others";
}

/** What the parts of the reader ask of each other; program.ts is it. */
export interface Interpreter {
  readonly recorder: Recorder;
  /** What an expression may hold. */
  evaluate(node: SyntaxNode, scope: Scope): Values;
  /** Runs statements from top to bottom. */
  run(node: SyntaxNode, scope: Scope): void;
  /** Calls whatever the callee may be. */
  call(callee: Values, given: Arguments, at: SyntaxNode, scope: Scope): Values;
  /** Calls a function of the program; the same one with the same values is read once. */
  invoke(called: FunctionValue, given: Arguments): Values;
  /** `calling`: it is about to be called, so that methods of what is not known matter. */
  attribute(of: Values, name: string, at: SyntaxNode, calling: boolean): Values;
  /** Attributes that were put on an object from inside or outside, by the object's key. */
  fields(object: Value): Map<string, Values>;
  /** The names of a class body, and the classes it is made from. */
  classOf(key: string): { readonly scope: Scope; readonly bases: Values } | undefined;
  defineClass(key: string, scope: Scope, bases: Values): void;
  /** Remembers a function of the program, so that it is read even when nobody is seen to call it. */
  defineFunction(defined: FunctionValue): void;
  /** Runs the module behind a name as `import` does; a package that is not the function's own is `external`. */
  importModule(name: string, from: Scope): Values;
  /** All names of a module that is ours. */
  namesOf(module: Values): ReadonlyMap<string, Values>;
  /** A name of a module of ours that its code does not assign: a module below it. */
  submodule(module: string, name: string): Values;
  /** Functions of a module, object or class that a name put together at run time may be. */
  functionsOf(of: Values): Values;
  /** A module is imported by a name that could not be told. */
  importsAnything(): void;
  /** Code that runs says that name. */
  isSaid(name: string): boolean;
  /** A name that could not be told is looked up in something that is not known. */
  namesAnything(): void;
  /** Services of which the program makes clients or resources. */
  readonly services: Set<string>;
  /** Classes of which somebody else got an object, or the class itself, by their keys. */
  readonly given: Map<string, Given>;
  /** Something outlives the scope that assigned it: what was read before may have to be read again. */
  changed(): void;
}
