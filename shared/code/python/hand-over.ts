import { isHarmless, isTabled } from "../../data/python-libraries.ts";
import { handedOver } from "./arguments.ts";
import { isWellKnown } from "./installed.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { type Arguments, anyArguments, type Scope, type Value } from "./values.ts";

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
  if (isHarmless(name) || isTabled(name) || isWellKnown(name)) return;
  for (const value of handedOver(given)) {
    if (value.kind === "client" || value.kind === "resource")
      interpreter.recorder.unresolved(`what the package ${name} does with a client of ${value.service}`, at.at, value.service);
    else if (value.kind === "session") interpreter.recorder.unresolved(`what the package ${name} does with a session of boto3`, at.at);
  }
}
