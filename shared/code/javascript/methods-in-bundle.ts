/** Which methods can be calls of AWS at all in a bundle that has the whole SDK inside. */
import type { Evaluation } from "./evaluation.ts";
import { namesInLibraries } from "./libraries.ts";
import { documentNames } from "./names-of-v3.ts";
import { isSdkPackage } from "./values.ts";

/** A bundler's own `require` is called anything. */
const loadsOutside = /\(\s*["'](?:aws-sdk|@aws-sdk\/|@aws-lambda-powertools\/|@middy\/)[\w./-]*["']\s*\)/;

function isOutside(source: string): boolean {
  return isSdkPackage(source) || source.startsWith("@aws-") || source.startsWith("@middy/");
}

/**
 * Methods that values of the language have: called on something of which nothing is known, they are these. Shorter names may be what a minifier
 * calls something else, and `search` is an operation.
 */
const ofLanguage: ReadonlySet<string> = new Set(
  [Array, String, Object, Map, Promise, Function, RegExp, Number, Date, Symbol, JSON, Math, Buffer, Object.getPrototypeOf(Uint8Array)]
    .flatMap((one) => [one, one.prototype ?? {}].flatMap((of) => Object.getOwnPropertyNames(of)))
    .filter((name) => name.length > 3 && name !== "search"),
);

/** Where the SDK is inside the bundle, only methods that are operations of commands in it can be calls. */
export function methodsInBundle({ program }: Evaluation): ReadonlySet<string> | undefined {
  if (program.libraryBodies.size === 0) return undefined;
  for (const { sources, text } of program.modules.values()) if ([...sources].some(isOutside) || loadsOutside.test(text)) return undefined;
  const names = new Set<string>();
  for (const { text } of program.modules.values())
    for (const [, name = ""] of text.matchAll(/["']([A-Z]\w{2,60}?)(?:Command)?["']/g)) names.add(lowerFirst(name));
  for (const name of program.members.keys())
    if (/^(paginate|waitUntil|waitFor)[A-Z]|Command$/.test(name) || /^[\w$]{1,4}$/.test(name)) names.add(name);
  return names.difference(ofLanguage).union(new Set([...namesInLibraries, ...Object.keys(documentNames).map(lowerFirst)]));
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
