/** Requests that the program signs itself, and the role's keys that it takes out of a session for that. */
import { signedOperations, signers } from "../../data/python-libraries.ts";
import { argument, handedOver } from "./arguments.ts";
import { request } from "./clients.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { literalsOf } from "./texts.ts";
import { type Arguments, unknown, type Values } from "./values.ts";

/** `session.get_credentials()`: once a key of them is read, what is asked with it is open, unless it is seen to go where it is told. */
export function takenCredentials(otherRole: boolean, at: SyntaxNode): Values {
  if (otherRole) return [unknown];
  return [{ kind: "credentials", key: `credentials ${at.place}`, at: at.place }];
}

/** Credentials among the arguments of somebody of whom it is known what he does with them. */
export function giveCredentials(given: Arguments, interpreter: Interpreter): void {
  for (const value of handedOver(given)) if (value.kind === "credentials") interpreter.recorder.give(value.at);
}

/** Makes a signer. @returns whether it is one */
export function signs(path: string, given: Arguments, at: SyntaxNode, interpreter: Interpreter): boolean {
  const signer = signers.find(({ names }) => names.test(path));
  if (!signer) return false;
  giveCredentials(given, interpreter);
  const named = signer.service ? argument(given, ...signer.service) : [];
  const { texts, whole } = named.length === 0 && signer.otherwise ? { texts: [signer.otherwise], whole: !given.more } : literalsOf(named);
  for (const service of whole ? texts : []) {
    const told = (signedOperations[service] ?? []).filter(({ where }) => where?.test(at.file.text) ?? true);
    for (const { operation } of told) request({ service, otherRole: false }, operation, new Map(), at, interpreter);
    if (told.length === 0) interpreter.recorder.unresolved("a request that the code signs itself", at.at, service);
  }
  if (!whole || texts.length === 0) interpreter.recorder.unresolved("a request that the code signs itself", at.at);
  return true;
}
