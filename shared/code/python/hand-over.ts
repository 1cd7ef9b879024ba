import { handedOver } from "./arguments.ts";
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
