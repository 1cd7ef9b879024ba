/** Packages that call AWS for the program. */

import { type LibraryCall, libraryCalls, unreadLibraries } from "../../data/python-libraries.ts";
import { argument, handedOver } from "./arguments.ts";
import { request } from "./clients.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { textsOf } from "./texts.ts";
import { type Arguments, unknown, type Values } from "./values.ts";

/**
 * A function of a package, a class that is made, or a method of such an object.
 * @param path its dotted name; releases move things between modules: the package and the last words count
 * @param made what the object was made with
 * @returns undefined where nothing is known of it
 */
export function callLibrary(
  path: string,
  method: string | undefined,
  given: Arguments,
  made: Arguments,
  at: SyntaxNode,
  interpreter: Interpreter,
): Values | undefined {
  const rows = rowsOf(method === undefined ? path : `${path}.${method}`);
  if (!rows) return undefined;
  const answers = rows.map(([service, operation, members = {}]) => {
    const named = new Map(Object.entries(members).map(([name, source]) => [name, from(source, given, made)]));
    return request({ service, otherRole: false }, operation, named, at, interpreter);
  });
  // a secret or parameter is handed on as it is
  return rows.every(([, operation]) => readsSecret.test(operation)) ? (answers.at(-1) ?? [unknown]) : [unknown];
}

const readsSecret = /^(DescribeSecret|GetSecretValue|GetParameter\w*)$/;

function rowsOf(path: string): readonly LibraryCall[] | undefined {
  const words = path.split(".");
  const [root = ""] = words;
  const of = libraryCalls[root];
  return of?.[words.slice(-2).join(".")] ?? of?.[words.at(-1) ?? ""];
}

/** `0 name`: the argument at that position or of that name; `made 0 name`: of those that the object was made with. */
function from(source: string, given: Arguments, made: Arguments): Values {
  const words = source.split(" ");
  const [position = "", name = ""] = words.slice(-2);
  return argument(words.length > 2 ? made : given, Number(position), name);
}

/** Whether the table has a method of such a class. */
export function isLibraryMethod(path: string, name: string): boolean {
  return isLibraryClass(path) && rowsOf(`${path}.${name}`) !== undefined;
}

/** A class whose objects' methods are in the table. */
export function isLibraryClass(path: string): boolean {
  const words = path.split(".");
  const last = words.at(-1) ?? "";
  return Object.keys(libraryCalls[words[0] ?? ""] ?? {}).some((name) => name.startsWith(`${last}.`));
}

/** In words, where a package calls AWS in ways that we do not follow. */
export function unreadLibrary(path: string, given: Arguments): string | undefined {
  const row = unreadLibraries.find(({ names }) => names.test(path));
  if (!row) return undefined;
  if (
    row.withAddress &&
    !handedOver(given).some((value) => textsOf([value])[0]?.some((part) => "text" in part && /^s3a?:\/\//.test(part.text)))
  ) {
    return undefined;
  }
  return row.what;
}
