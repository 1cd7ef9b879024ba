/** Modules of the program as they are imported: each is run once, when the first import asks for it. */
import type { Found, Modules } from "./modules.ts";
import { newScope } from "./scope.ts";
import type { SyntaxNode } from "./syntax.ts";
import { external, join, type Scope, unknown, type Values } from "./values.ts";

export class Imports {
  readonly #trees: ReadonlyMap<string, SyntaxNode>;
  readonly #modules: Modules;
  readonly #execute: (tree: SyntaxNode, scope: Scope) => void;
  /** What is assigned to names of a module from elsewhere; kept from one reading of the program to the next. */
  readonly #late = new Map<string, Map<string, Values>>();
  /** First words of modules that none of the files is, each with a file that imports it. */
  readonly foreign = new Map<string, string>();
  #scopes = new Map<string, Scope>();

  constructor(trees: ReadonlyMap<string, SyntaxNode>, modules: Modules, execute: (tree: SyntaxNode, scope: Scope) => void) {
    this.#trees = trees;
    this.#modules = modules;
    this.#execute = execute;
  }

  /** How many files were run. */
  get size(): number {
    return this.#scopes.size;
  }

  get ran(): Iterable<string> {
    return this.#scopes.keys();
  }

  /** Everything is run anew. */
  forget(): void {
    this.#scopes = new Map();
  }

  /** @returns the names of the file, as far as they are known while it is running; undefined for a file that could not be read */
  run(path: string): Scope | undefined {
    const tree = this.#trees.get(path);
    const known = this.#scopes.get(path);
    if (!tree || known) return known;
    const scope = newScope({ kind: "module", key: path, path }, this.lateOf(path));
    this.#scopes.set(path, scope);
    this.#execute(tree, scope);
    return scope;
  }

  /** `import a.b` from that file; a package that is not the function's own is known by its name only. */
  byName(name: string, from: string): Values {
    const found = this.#modules.find(name, from);
    // the packages on the way are imported too
    if (found && "file" in found && name.includes(".") && !name.startsWith(".")) this.byName(name.slice(0, name.lastIndexOf(".")), from);
    if (found) return this.#value(found);
    if (name.startsWith(".")) return [unknown];
    this.foreign.set(name.split(".")[0] ?? name, from);
    return [external(name)];
  }

  /** Runs the file of those that a text names, itself or something in it, as settings of frameworks do: `"orders.views.show"`. */
  byText(text: string, files: ReadonlySet<string>): void {
    const words = text.split(/[.:]/);
    for (let length = words.length; length > 0; length--) {
      const found = this.#modules.find(words.slice(0, length).join("."), "");
      if (!found) continue;
      if ("file" in found && files.has(found.file)) this.run(found.file);
      return;
    }
  }

  below(module: string, name: string): Values {
    const found = this.#modules.below(module, name);
    return found ? this.#value(found) : [unknown];
  }

  #value(found: Found): Values {
    const path = "file" in found ? found.file : found.folder;
    if ("file" in found) this.run(path);
    return [{ kind: "module", key: `module ${path}`, path }];
  }

  namesOf(module: Values): ReadonlyMap<string, Values> {
    const names = new Map<string, Values>();
    for (const value of module) {
      if (value.kind !== "module") continue;
      for (const [name, values] of [...(this.#scopes.get(value.path)?.names ?? []), ...this.lateOf(value.path)]) {
        names.set(name, join(names.get(name) ?? [], values));
      }
    }
    return names;
  }

  lateOf(path: string): Map<string, Values> {
    const known = this.#late.get(path) ?? new Map<string, Values>();
    this.#late.set(path, known);
    return known;
  }
}
