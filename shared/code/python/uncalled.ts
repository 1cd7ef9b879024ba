/** Functions that nobody was seen to call: handlers of frameworks, what is registered or found by name, and what is left over. */
import { isCalledByOthers } from "./classes.ts";
import { decoratorsOf } from "./decorators.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { anyArguments, type FunctionValue, type Value } from "./values.ts";

/** A program after what runs by itself has been read. */
interface Read {
  readonly defined: ReadonlyMap<string, FunctionValue>;
  /** Objects that the program makes. */
  readonly objects: ReadonlyMap<string, Value>;
  readonly called: (definition: SyntaxNode) => boolean;
  /** A name that stands elsewhere than where it is defined. */
  readonly mentioned: (name: string) => boolean;
  /** Whose package a file belongs to, if any. */
  readonly ofPackage: (path: string) => "none" | "own" | "published";
  /** Reading began at the handler: what it does not reach is weak evidence. */
  readonly fromHandler: boolean;
}

/** Calls them all with what we do not know; first those that are named nowhere, for they may call the others. */
export function callTheRest(read: Read, interpreter: Interpreter): void {
  const { recorder } = interpreter;
  for (const wanted of [false, true]) {
    // callers mostly stand below what they call
    for (const defined of [...read.defined.values()].toReversed()) {
      if (read.called(defined.node) || read.mentioned(nameOf(defined)) !== wanted) continue;
      const of = read.ofPackage(defined.node.file.path);
      if (of === "published") continue;
      recorder.unreached = of === "own" || (read.fromHandler && !wanted && !isForOthers(defined, interpreter));
      callAlone(defined, read, interpreter);
      recorder.unreached = false;
    }
  }
}

function nameOf({ node }: FunctionValue): string {
  return node.child("name")?.text ?? "";
}

/** Somebody outside the program calls it: what a decorator registers, Python's own methods, methods of a framework's subclass. */
function isForOthers(defined: FunctionValue, interpreter: Interpreter): boolean {
  if (decoratorsOf(defined.node).length > 0 || /^__\w+__$/.test(nameOf(defined))) return true;
  const of = classAround(defined);
  return of !== undefined && isCalledByOthers(of, interpreter);
}

function classAround({ scope }: FunctionValue) {
  return scope.kind === "class" ? scope.inClass : undefined;
}

/** A method is called on the objects that were made, or on one of which nothing is known. */
function callAlone(defined: FunctionValue, { objects, called }: Read, interpreter: Interpreter): void {
  const of = classAround(defined);
  if (!of) {
    interpreter.invoke(defined, anyArguments);
    return;
  }
  const made = [...objects.values()].filter((one) => one.kind === "instance" && one.of.key === of.key);
  const on = made.length > 0 ? made : interpreter.call([of], anyArguments, defined.node, defined.scope);
  const methods = interpreter.attribute(on, nameOf(defined), defined.node, true).filter(({ kind }) => kind === "function");
  interpreter.call(methods, anyArguments, defined.node, defined.scope);
  if (!called(defined.node)) interpreter.invoke({ ...defined, ...(on[0] && { self: on[0] }) }, anyArguments);
}
