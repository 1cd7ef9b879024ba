import { isHarmless, isTabled } from "../../data/python-libraries.ts";
import { handedOver } from "./arguments.ts";
import { isWellKnown } from "./installed.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { type Arguments, anyArguments, elements, type Scope, type Value, type Values } from "./values.ts";

/** A value that whoever gets it may call. */
export function handsOver(value: Value): boolean {
  return value.kind === "function" || value.kind === "partial";
}

/** Functions that are given to somebody else's code are called by it, with what we do not know. */
export function callWhatIsHandedOver(given: Arguments, at: SyntaxNode, scope: Scope, interpreter: Interpreter): void {
  const callable = handedOver(given).filter(handsOver);
  if (callable.length > 0) interpreter.call(callable, anyArguments, at, scope);
}

/** Clients that are given to a package of which nobody here knows what it does with them: what it asks of their services is open. */
export function clientsHandedOver(path: string, given: Arguments, at: SyntaxNode, interpreter: Interpreter): void {
  const name = path.split(".")[0] ?? path;
  if (!isHarmless(name) && !isTabled(name) && !isWellKnown(name)) leaveOpen(`the package ${name}`, given, at, interpreter);
}

/** Methods by which things are only kept, written down or taken out again, whatever has them. */
const keeping =
  /^(add|append|appendleft|extend|insert|put|put_nowait|set|setdefault|update|push|get|pop|remove|discard|index|count|debug|info|warn|warning|error|exception|critical|log|print|write|format|bind|enter_context|enter_async_context)$/;

/** Clients that are given to something of which nothing is known, or only from which package it is; its method, or it itself, is called. */
export function clientsHandedToStranger(callee: Value, given: Arguments, at: SyntaxNode, interpreter: Interpreter): void {
  const of = callee.kind === "bound" ? callee.of : callee;
  if (of.kind === "unknown" && of.from !== undefined) clientsHandedOver(of.from, given, at, interpreter);
  else if (callee.kind !== "bound") leaveOpen("something unknown that is called", given, at, interpreter);
  else if (!keeping.test(callee.name)) leaveOpen(callee.name, given, at, interpreter);
}

const deepestGiven = 4;
/** Methods that write down what they are given, and call at most what every object has. */
const writing = /^(debug|info|warn|warning|error|exception|critical|log|print)$/;

/** Objects of the program that are given to a method of something of which nothing is known, or only from which package it is. */
export function objectsHandedToStranger(of: Value, method: string, given: Arguments, interpreter: Interpreter): void {
  const from = of.kind === "external" ? of.path.split(".")[0] : of.kind === "unknown" ? of.from : undefined;
  if (!writing.test(method) && (from !== undefined || !keeping.test(method))) objectsHandedOver(from, given, interpreter);
}

/** Objects of the program that somebody else gets: a framework calls their methods by names that only it says, as `on_get`. */
export function objectsHandedOver(from: string | undefined, given: Arguments, interpreter: Interpreter): void {
  const to = from !== undefined && isHarmless(from) ? "python" : "others";
  for (const value of within(handedOver(given))) {
    const of = value.kind === "instance" ? value.of : value;
    if (of.kind === "class" && interpreter.given.get(of.key)?.to !== "others") interpreter.given.set(of.key, { of, to });
  }
}

/** Values, and what is in them as far down as people nest what they give. */
function within(values: Values, deep = deepestGiven): Values {
  const held = values.flatMap((value) => {
    if (value.kind === "list") return elements([value]);
    return value.kind === "dict" ? [...value.entries.values(), value.rest].flat() : [];
  });
  return held.length === 0 || deep === 0 ? values : [...values, ...within(held, deep - 1)];
}

/** @param who in words, who may ask something by what is given */
function leaveOpen(who: string, given: Arguments, at: SyntaxNode, interpreter: Interpreter): void {
  for (const value of handedOver(given)) {
    if (value.kind === "client" || value.kind === "resource") {
      if (!value.otherRole) interpreter.recorder.unresolved(`what ${who} does with a client of ${value.service}`, at.at, value.service);
    } else if (value.kind === "session" && !value.otherRole)
      interpreter.recorder.unresolved(`what ${who} does with a session of boto3`, at.at);
    else if (value.kind === "credentials") interpreter.recorder.unresolved(`what ${who} asks with the role's keys`, at.at);
  }
}
