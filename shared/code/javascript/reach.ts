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
      else if (/^(\.|#|~\/|@\/)/.test(source) && !/\.(json|node|wasm|css|html|txt|graphql|sql)$/.test(source)) whole = false;
    }
  }
  return { modules, whole };
}

/** `src/app.handler` -> `src/app.js`; folders in front of it may be missing in a tree of sources. */
function entryOf(program: Program, handler: string): Module | undefined {
  const steps = handler.replace(/^\.?\//, "").split("/");
  const name = [...steps.slice(0, -1), (steps.at(-1) ?? "").split(".").slice(0, -1).join(".") || steps.at(-1)].join("/");
  return resolveModule(program, `./${name}`, "");
}
