/** Which files the handler loads, directly and through others. */
import { isOfLayer } from "./package-places.ts";
import type { Program } from "./program.ts";
import { resolveModule } from "./resolve.ts";
import type { Module } from "./scopes.ts";

export interface Reach {
  readonly modules: ReadonlySet<Module>;
  /** Everything that is loaded could be told. */
  readonly whole: boolean;
}

/** What is reached from `src/app.handler`; undefined: that file is not there, so that nothing can be said. */
export function reachedFrom(program: Program, handler: string | undefined): Reach | undefined {
  const entry = handler && entryOf(program, handler);
  return entry ? loadedFrom(program, [entry]) : undefined;
}

/**
 * Which files of packages count: those that the function's own load; all of them where there is nothing else, as in a layer.
 */
export function packagesLoaded(program: Program): (module: Module) => boolean {
  const own = [...program.modules.values()].filter(({ path }) => !isOfLayer(path));
  if (own.length === program.modules.size || own.length === 0) return () => true;
  const { modules } = loadedFrom(program, own);
  return (module) => modules.has(module);
}

function loadedFrom(program: Program, entries: readonly Module[]): Reach {
  const modules = new Set<Module>(entries);
  let whole = true;
  for (const module of modules) {
    if (module.dynamic) whole = false;
    for (const source of module.sources) {
      const loaded = resolveModule(program, source, module.path);
      if (loaded) modules.add(loaded);
      else if (isMissing(program, source, module.path)) whole = false;
    }
  }
  return { modules, whole };
}

/** What webpack writes to load its own other files: `r.f.require = (id) => { ... require("./" + r.u(id)) }`. */
const loadsChunks = /[\w$]\.f\.require\s*=/;

/** Whether a file loads nothing but what is told, and files of the same bundle. */
export function isToldWhole(program: Program, { dynamic, text, sources, path }: Module): boolean {
  return (!dynamic || loadsChunks.test(text)) && [...sources].every((source) => !isMissing(program, source, path));
}

/** A file of the program's own that is not there. */
function isMissing(program: Program, source: string, path: string): boolean {
  if (!/^(\.|#|~\/|@\/)/.test(source) || /\.(json|node|wasm|css|html|txt|graphql|sql)$/.test(source)) return false;
  return !resolveModule(program, source, path);
}

/** `src/app.handler` -> `src/app.js`; folders in front of it may be missing in a tree of sources. */
function entryOf(program: Program, handler: string): Module | undefined {
  const steps = handler.replace(/^\.?\//, "").split("/");
  const name = [...steps.slice(0, -1), (steps.at(-1) ?? "").split(".").slice(0, -1).join(".") || steps.at(-1)].join("/");
  return resolveModule(program, `./${name}`, "");
}
