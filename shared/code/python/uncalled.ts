/** Functions that nobody was seen to call: handlers of frameworks, what is registered or found by name, and what is left over. */
import { isCalledByOthers, lineage } from "./classes.ts";
import { decoratorsOf } from "./decorators.ts";
import type { Interpreter } from "./interpreter.ts";
import { isLibraryClass } from "./libraries.ts";
import type { SyntaxNode } from "./syntax.ts";
import { anyArguments, type FunctionValue, type Value } from "./values.ts";

/** A program after what runs by itself has been read. */
interface Read {
  readonly defined: ReadonlyMap<string, FunctionValue>;
  /** Objects that the program makes. */
  readonly objects: ReadonlyMap<string, Value>;
  readonly called: (definition: SyntaxNode) => boolean;
  /** Imports what running code names in texts. */
  readonly importNamed: () => void;
  /** A name that running code says. */
  readonly said: (name: string) => boolean;
  /** A name with which a text ends that running code says, as settings of frameworks do. */
  readonly foundByText: (name: string) => boolean;
  /** Whose package a file belongs to, if any. */
  readonly ofPackage: (path: string) => "none" | "own" | "published";
  /** Reading began at the handler: what it cannot come to does not count. */
  readonly fromHandler: boolean;
}

/** Calls with what we do not know whatever may still be called. */
export function callTheRest(read: Read, interpreter: Interpreter): void {
  if (read.fromHandler) {
    const mayBeCalled = (defined: FunctionValue) => isSaid(defined, read) || isForOthers(defined, read, interpreter);
    do read.importNamed();
    while (callSome(read, interpreter, (defined) => mayBeCalled(defined) || isOfGiven(defined, read, interpreter)));
    if (!interpreter.recorder.isEmpty) return;
    // nothing asks for anything: perhaps what runs is not what it seems
    interpreter.recorder.unreached = true;
  } else callSome(read, interpreter, (defined) => !read.said(nameOf(defined)));
  callSome(read, interpreter, () => true);
  interpreter.recorder.unreached = false;
}

/** @returns whether any was called */
function callSome(read: Read, interpreter: Interpreter, wanted: (defined: FunctionValue) => boolean): boolean {
  const { recorder } = interpreter;
  const before = recorder.unreached;
  let any = false;
  // callers mostly stand below what they call
  for (const defined of [...read.defined.values()].toReversed()) {
    const of = read.ofPackage(defined.node.file.path);
    if (of === "published" || read.called(defined.node) || !wanted(defined)) continue;
    any = true;
    recorder.unreached ||= of === "own";
    callAlone(defined, read, interpreter);
    recorder.unreached = before;
  }
  return any;
}

function nameOf({ node }: FunctionValue): string {
  return node.child("name")?.text ?? "";
}

/** Code that runs says its name; what has none is said where it stands. */
function isSaid(defined: FunctionValue, { said }: Read): boolean {
  return defined.node.type === "lambda" || said(nameOf(defined));
}

/** What Python calls of an object that it is given: of a file, of a filter of logs. */
const calledByPython = /^(write|writelines|read|readline|readinto|flush|close|seek|filter|emit|format)$/;

/** A method of an object that somebody else was given, or makes of a class that a text tells (`"site.middleware.Audit"`), who may call whatever is not meant to be private. */
function isOfGiven(defined: FunctionValue, { foundByText }: Read, interpreter: Interpreter): boolean {
  const [of, name] = [classAround(defined), nameOf(defined)];
  if (!of || name.startsWith("_")) return false;
  if (foundByText(of.node.child("name")?.text ?? "")) return true;
  return [...interpreter.given.values()].some((given) => {
    if (given.to === "python" && !calledByPython.test(name)) return false;
    const { classes, foreign } = lineage(given.of, interpreter);
    // a model of a table is given to be written
    return classes.some(({ key }) => key === of.key) && !foreign.some(isLibraryClass);
  });
}

/** Decorators that call the function in their place, and make it known to nobody. */
const quiet =
  /^(staticmethod|classmethod|property|\w+\.(setter|getter|deleter)|(functools\.)?(cached_property|lru_cache|cache|singledispatch|wraps)|(abc\.)?abstractmethod|(contextlib\.)?(async)?contextmanager|(typing\.)?(overload|override|final)|(tenacity\.|retrying\.)?retry|backoff\.\w+|\w+\.(capture_method|capture(_async)?))$/;

/** Somebody outside the program calls it: what a decorator registers, Python's own methods, methods of a framework's subclass. */
function isForOthers(defined: FunctionValue, { said }: Read, interpreter: Interpreter): boolean {
  const of = classAround(defined);
  if (decoratorsOf(defined.node).some((name) => !quiet.test(name))) return true;
  if (/^__\w+__$/.test(nameOf(defined))) return of === undefined || said(of.node.child("name")?.text ?? "");
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
