/** The names under which files, modules inside bundles and lists of bundlers give something to others. */

import type { Node } from "./nodes.ts";
import type { Giving } from "./running-forms.ts";
import type { Module, Scope } from "./scopes.ts";

/** Where something stands; `givers`: what the modules around it, inside a bundle, call what they give. */
export interface Place {
  readonly module: Module;
  readonly scope: Scope;
  /** Whether classes are for others than the program: then each of their methods may be called. */
  readonly open: boolean;
  readonly givers: ReadonlySet<string>;
  /** Names of the blocks around it, inside of its function. */
  readonly locals: ReadonlyMap<string, Node | undefined>;
  /** The object that `this` is. */
  readonly self?: Node;
}

/** A name that stands somewhere as a whole, not only for a member of it. */
export interface WholeUse {
  readonly node: Node;
  readonly scope: Scope;
  /** Any member of what it is may be meant, whatever that is. */
  readonly any?: true;
}

export class GivenNames {
  readonly #files = new Map<Module, Set<string>>();
  readonly #all: { readonly name: string; readonly module: Module; readonly at: number }[] = [];
  /** What hands on all that another module gives. */
  readonly #handedOn: WholeUse[] = [];
  readonly #whole = new Set<Module>();
  readonly #lists = new Map<Module, Map<string, readonly string[]>>();

  /** `at`: where it is given. */
  note({ named, list, whole }: Giving, module: Module, at: number): void {
    if (whole) this.#whole.add(module);
    const ofFile = this.#files.get(module) ?? new Set<string>();
    this.#files.set(module, ofFile);
    for (const one of named) {
      if (one.ofFile) ofFile.add(one.name);
      this.#all.push({ name: one.name, module, at });
    }
    const lists = this.#lists.get(module) ?? new Map<string, readonly string[]>();
    this.#lists.set(module, lists);
    const names = named.map(({ name }) => name);
    if (list !== undefined) lists.set(list, names);
  }

  /** What a file gives to others; none: that is not told. */
  ofFile(module: Module): readonly string[] {
    if (this.#whole.has(module)) return [];
    return [...(this.#files.get(module) ?? [])];
  }

  /** What is given between two places of a file, as by a module inside a bundle. */
  within(module: Module, start = 0, end = Number.POSITIVE_INFINITY): readonly string[] {
    return this.#all.filter((one) => one.module === module && one.at >= start && one.at < end).map(({ name }) => name);
  }

  noteHandedOn(use: WholeUse): void {
    this.#handedOn.push(use);
  }

  /** What is handed on between two places of a file. */
  handedOnWithin(module: Module, start = 0, end = Number.POSITIVE_INFINITY): readonly WholeUse[] {
    return this.#handedOn.filter(({ node, scope }) => scope.module === module && node.start >= start && node.start < end);
  }

  /** What a bundler has listed for a name that stands for all of it. */
  listed(name: string, module: Module): readonly string[] {
    return this.#lists.get(module)?.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#all.some((one) => one.name === name);
  }
}
