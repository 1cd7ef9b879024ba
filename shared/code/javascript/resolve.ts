/** Names of modules -> our files. */
import { packageOf } from "./libraries.ts";
import { entryOf } from "./package-manifest.ts";
import type { Program } from "./program.ts";
import type { Module } from "./scopes.ts";

const endings = ["", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx", "/index.js", "/index.mjs", "/index.cjs", "/index.ts"];

/**
 * The file that a name of a module means in a file; undefined: a package, or a file that is not there. Names such as `@/lib/db` or
 * `#lib/db`, which a setting maps to a folder that we do not know, mean the file with the longest common end.
 */
export function resolveModule(program: Program, specifier: string, from: string): Module | undefined {
  if (/^\.{1,2}(\/|$)/.test(specifier)) return fileAt(program, join(from.split("/").slice(0, -1), specifier));
  const layer = /^\/opt\/(.+)$/.exec(specifier)?.[1];
  if (layer) return fileAt(program, layer) ?? fileAt(program, layer.replace(/^nodejs\//, ""));
  if (specifier.startsWith("node:") || specifier.startsWith("@aws-sdk/")) return undefined;
  return inPackage(program, specifier) ?? byEnd(program, specifier.replace(/^[@~#]?\//, "").replace(/^[@#~]/, ""));
}

/** `@acme/db`, `orders-lib/orders`. */
function inPackage(program: Program, specifier: string): Module | undefined {
  const name = packageOf(specifier);
  const found = program.packages.get(name);
  if (!found) return undefined;
  const inside = specifier.slice(name.length + 1);
  const said = entryOf(found, inside);
  const path = (said ?? inside).replace(/\/$/, "");
  const guesses = path === "" ? ["", "/src", "/lib", "/dist"] : [`/${path}`, `/dist/${path}`, `/src/${path}`, `/lib/${path}`];
  // what it says may be made of sources that lie beside it when it is deployed
  for (const one of inside === "" ? [...guesses, "/src/index"] : guesses) {
    const file = fileAt(program, found.folder + one);
    if (file) return file;
  }
  return undefined;
}

function fileAt(program: Program, path: string): Module | undefined {
  // TypeScript names the file that it will write
  const written = path.replace(/\.([cm]?)jsx?$/, "");
  for (const base of written === path ? [path] : [path, written])
    for (const ending of endings) {
      const found = program.modules.get(base + ending);
      if (found) return found;
    }
  return undefined;
}

function byEnd(program: Program, name: string): Module | undefined {
  if (!name.includes("/")) return undefined;
  for (const folder of ["", "src/", "lib/", "app/"]) {
    const found = fileAt(program, folder + name);
    if (found) return found;
  }
  const bare = name.replace(/\.\w+$/, "");
  const fits = [...program.modules.values()].filter(({ path }) => endings.some((ending) => path.endsWith(`/${bare}${ending || ".js"}`)));
  return fits.length === 1 ? fits[0] : undefined;
}

function join(folder: readonly string[], relative: string): string {
  const steps = [...folder];
  for (const step of relative.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
