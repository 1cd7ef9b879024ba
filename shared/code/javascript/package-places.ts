/** Where packages lie beside a function's own code, and which of them a file means by a name. */
import { packageOf } from "./libraries.ts";

/** `node_modules/@acme/db/src/index.js`: the folder of the package, its name, and what is in it. */
const place = /^((?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/@.][^/]*))\/(.+)$/;

export interface PackagePlace {
  readonly folder: string;
  readonly name: string;
  readonly inside: string;
}

/** The package in which a file lies, of several within each other the innermost; undefined: it is code of the function itself. */
export function packageAt(path: string): PackagePlace | undefined {
  const [, folder, name, inside] = place.exec(path) ?? [];
  return folder === undefined || name === undefined || inside === undefined ? undefined : { folder, name, inside };
}

/** Folders in which Node.js looks for a package that a file loads, the nearest first. */
export function placesOf(name: string, from: string): string[] {
  const steps = from.split("/").slice(0, -1);
  const places: string[] = [];
  for (let depth = steps.length; depth >= 0; depth -= 1)
    if (steps[depth - 1] !== "node_modules") places.push([...steps.slice(0, depth), "node_modules", name].join("/"));
  return places;
}

/** A text behind `from`, `import` or a bracket. */
const loads = /(?:\bfrom\s{0,4}|\bimport\s{0,4}|\(\s{0,40})(["'`])(@?[a-zA-Z0-9][\w./~-]{0,200})\1/g;

/** Names of packages that a file may load: `import "a/b"`, `require("a")`, and calls of what a minifier made of `require`. */
export function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, , specifier = ""] of text.matchAll(loads)) names.add(packageOf(specifier));
  return names;
}

/** Whether a file is a package's or lies where only layers have code: of those nobody in the same zip need load any. */
export function isOfLayer(path: string): boolean {
  return path.startsWith("nodejs/") || packageAt(path) !== undefined;
}
