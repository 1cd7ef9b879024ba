/** Calls, by what is called. */

import { without } from "./arguments.ts";
import { callByName } from "./by-name.ts";
import { answersOf, attributeOfInstance, instantiate } from "./classes.ts";
import { callClient, runLater } from "./clients.ts";
import { callExternal } from "./externals.ts";
import { callWhatIsHandedOver, clientsHandedToStranger, handsOver, objectsHandedToStranger } from "./hand-over.ts";
import type { Interpreter } from "./interpreter.ts";
import { callLibrary } from "./libraries.ts";
import { callDict, callList, callText } from "./methods.ts";
import { callCollection, callResource } from "./resources.ts";
import { callSession } from "./sessions.ts";
import { subscripted } from "./subscripts.ts";
import type { SyntaxNode } from "./syntax.ts";
import { type Arguments, elements, join, noArguments, partOf, type Scope, unknown, type Value, type Values } from "./values.ts";

type Bound = Extract<Value, { kind: "bound" }>;

export function callValues(callee: Values, given: Arguments, at: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  // what can be told of the callee goes before what its name may mean
  const known = callee.filter((value) => value.kind === "bound" && isAws(value.of)).length;
  // nothing at all is known of it: where something is, the rest is what was too much to follow
  const [alone] = callee.every(isStrange) ? callee : [];
  if (alone && !(alone.kind === "bound" && isHandedOn(alone.name, given))) clientsHandedToStranger(alone, given, at, interpreter);
  return join(...callee.map((value) => callOne(value, given, at, scope, known, interpreter)));
}

function isStrange(value: Value): boolean {
  return value.kind === "unknown" || value.kind === "none" || (value.kind === "bound" && isStrange(value.of));
}

function isAws({ kind }: Value): boolean {
  return (
    kind === "client" || kind === "resource" || kind === "session" || kind === "paginator" || kind === "waiter" || kind === "collection"
  );
}

function callOne(value: Value, given: Arguments, at: SyntaxNode, scope: Scope, known: number, interpreter: Interpreter): Values {
  switch (value.kind) {
    case "function":
      return interpreter.invoke(value, given);
    case "class":
      return instantiate(value, given, interpreter);
    case "partial": {
      const named = new Map([...value.given.named, ...given.named]);
      const positional = [...value.given.positional, ...given.positional];
      return interpreter.call(value.callee, { positional, named, more: given.more || value.given.more }, at, scope);
    }
    case "instance":
      return interpreter.call(attributeOfInstance(value, "__call__", interpreter), given, at, scope);
    case "external":
      return callExternal(value.path, given, at, scope, interpreter);
    case "bound":
      interpreter.recorder.settle(value.at);
      return callBound(value, given, at, scope, known, interpreter);
    default:
      objectsHandedToStranger(value, "", given, interpreter);
      return strange(value, given, at, scope, interpreter);
  }
}

function callBound(value: Bound, given: Arguments, at: SyntaxNode, scope: Scope, known: number, interpreter: Interpreter): Values {
  const { of, name } = value;
  switch (of.kind) {
    case "client":
      return callClient(of, name, given, at, known === 1, interpreter);
    case "resource":
      return callResource(of, name, given, at, interpreter);
    case "collection":
      return callCollection(of, name, at, interpreter);
    case "session":
      return callSession(of, name, given, at, interpreter);
    case "paginator":
    case "waiter":
      return runLater(of, given, at, interpreter);
    case "made":
      callLibrary(of.path, name, given, of.given, at, interpreter);
      return answersOf(of.model, name);
    case "text":
      return callText(of, name, given);
    case "dict":
      return callDict(of, name, given, at, scope, interpreter);
    case "list":
      callWhatIsHandedOver(given, at, scope, interpreter);
      return callList(of, name, given, at, scope, interpreter);
    case "credentials":
      return [of];
    case "answer":
      return name === "get" ? subscripted([of], given.positional[0] ?? [unknown]) : [of];
    default:
      return callStranger(value, given, at, scope, known > 0, interpreter);
  }
}

/** Methods of pools, loops and the like that call what they are given with the arguments behind it. */
const runs = /^(submit|apply|apply_async|call_later|call_soon|run_in_executor|run_sync|add_job|start_soon|spawn|call)$/;
const maps = /^(map|imap|imap_unordered|starmap|map_async)$/;

/** Pools and the like give the rest to the function that they get. */
function isHandedOn(name: string, { positional }: Arguments): boolean {
  return (runs.test(name) || maps.test(name)) && positional.some((values) => values.some(isCallable));
}

function isCallable(value: Value): boolean {
  return handsOver(value) || value.kind === "bound";
}

function callStranger(
  { of, name }: Bound,
  given: Arguments,
  at: SyntaxNode,
  scope: Scope,
  told: boolean,
  interpreter: Interpreter,
): Values {
  const receiver = at.child("function")?.child("object")?.text ?? "";
  if (/^(load|exec)_module$/.test(name)) interpreter.importsAnything();
  // what is looked up may be any of its methods
  if (/^__getattr(ibute)?__$/.test(name)) interpreter.namesAnything();
  if (!told) callByName(receiver, name, given, at, interpreter.services, interpreter);
  if (/^enter_(async_)?context$/.test(name)) return given.positional[0] ?? [unknown];
  if (!isHandedOn(name, given)) objectsHandedToStranger(of, name, given, interpreter);
  return handed(name, given, at, scope, interpreter) ?? strange(of, given, at, scope, interpreter);
}

/** A function or an operation that is handed over together with its arguments. */
export function handed(name: string, given: Arguments, at: SyntaxNode, scope: Scope, interpreter: Interpreter): Values | undefined {
  const position = given.positional.findIndex((values) => values.some(isCallable));
  if (position < 0) return undefined;
  const callee = (given.positional[position] ?? []).filter(isCallable);
  if (maps.test(name)) {
    const items = given.positional.slice(position + 1).map(elements);
    return [...interpreter.call(callee, { ...noArguments, positional: items }, at, scope), unknown];
  }
  if (!runs.test(name)) return undefined;
  return join(interpreter.call(callee, without(given, position + 1), at, scope), [unknown]);
}

/** Nothing is known of what is called; a decorator or wrapper gives back the function that it got. */
function strange(of: Value, given: Arguments, at: SyntaxNode, scope: Scope, interpreter: Interpreter): Values {
  callWhatIsHandedOver(given, at, scope, interpreter);
  return join((given.positional[0] ?? []).filter(handsOver), [partOf(of)]);
}
