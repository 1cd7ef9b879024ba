/** A program of several files, read until nothing new is learned. */
import { attributeOf } from "./attributes.ts";
import { callValues } from "./calls.ts";
import { lineage } from "./classes.ts";
import { Effort } from "./effort.ts";
import { evaluateExpression } from "./expressions.ts";
import { keyOfCall, runFunction } from "./functions.ts";
import type { Given, Interpreter } from "./interpreter.ts";
import { Imports } from "./module-runs.ts";
import type { Modules } from "./modules.ts";
import { Recorder } from "./recorder.ts";
import { SaidNames } from "./said-names.ts";
import { runStatement } from "./statements.ts";
import type { SyntaxNode } from "./syntax.ts";
import { callTheRest } from "./uncalled.ts";
import { type Arguments, anyArguments, type FunctionValue, type Scope, unknown, type Value, type Values } from "./values.ts";

/** Bounds on what a text may make us do, beside those of Effort; ordinary programs stay far below. */
/** Deeper than this, a function is not read inside its caller but afterwards. */
const deepestCall = 300;
const mostWaysToCall = 40;
const mostRounds = 4;

/** Which files are the function's own; the others belong to packages. */
interface Sources {
  readonly roots: ReadonlySet<string>;
  /** Of a package that is published for everybody: what nothing calls in it is no evidence. */
  readonly isPublished: (path: string) => boolean;
}

interface Entry {
  readonly path: string;
  readonly name: string;
}

export class Program implements Interpreter {
  recorder = new Recorder();
  readonly services = new Set<string>();
  readonly given = new Map<string, Given>();
  readonly #trees: ReadonlyMap<string, SyntaxNode>;
  readonly imports: Imports;
  readonly #said: SaidNames;
  readonly #sources: Sources;
  readonly #fields = new Map<string, Map<string, Values>>();
  #classes = new Map<string, { scope: Scope; bases: Values }>();
  #answers = new Map<string, Values>();
  #ways = new Map<SyntaxNode, number>();
  #defined = new Map<string, FunctionValue>();
  /** Objects whose methods were called. */
  readonly #objects = new Map<string, Value>();
  /** Calls that were too deep in others, to be read for themselves. */
  readonly #postponed = new Map<string, [FunctionValue, Arguments]>();
  #news = false;
  #anything = false;
  readonly #effort = new Effort();

  constructor(trees: ReadonlyMap<string, SyntaxNode>, modules: Modules, sources: Sources) {
    this.#trees = trees;
    this.#said = new SaidNames(trees.values());
    this.imports = new Imports(trees, modules, (tree, scope) => {
      this.#said.run(tree);
      this.run(tree, scope);
    });
    this.#sources = sources;
  }

  /** Reads from the handler on, or everything where there is none. @returns files that were read */
  read(entry: Entry | undefined): number {
    for (let round = 0; round < mostRounds; round++) {
      this.recorder = new Recorder();
      this.imports.forget();
      this.#said.forget();
      this.#classes = new Map();
      this.#answers = new Map();
      this.#ways = new Map();
      this.#defined = new Map();
      this.#news = false;
      this.#round(entry);
      if (!this.#news || this.cutShort !== undefined) break;
    }
    return this.imports.size;
  }

  /** Why the reading of the program ended early. */
  get cutShort(): string | undefined {
    return this.#effort.cutShort;
  }

  #readPostponed(): void {
    for (const [key, [called, given]] of this.#postponed) {
      this.#postponed.delete(key);
      this.invoke(called, given);
    }
  }

  #round(entry: Entry | undefined): void {
    for (const path of entry ? [entry.path] : this.#sources.roots) this.imports.run(path);
    const [tree, scope] = entry ? [this.#trees.get(entry.path), this.imports.run(entry.path)] : [];
    const handler = entry && scope?.names.get(entry.name);
    if (handler && tree && scope) this.call(handler, anyArguments, tree, scope);
    this.#readPostponed();
    if (this.#anything) for (const path of this.#sources.roots) this.imports.run(path);
    callTheRest(
      {
        defined: this.#defined,
        objects: this.#objects,
        called: (node) => this.#ways.has(node),
        said: (name) => this.#said.has(name),
        foundByText: (name) => this.#said.isFoundByText(name),
        importNamed: () => {
          for (const text of this.#said.dotted()) this.imports.byText(text, this.#sources.roots);
        },
        ofPackage: (path) => (this.#sources.roots.has(path) ? "none" : this.#sources.isPublished(path) ? "published" : "own"),
        fromHandler: handler !== undefined && !this.#anything,
      },
      this,
    );
    this.#readPostponed();
  }

  evaluate(node: SyntaxNode, scope: Scope): Values {
    return this.#effort.deeper(node, () => evaluateExpression(node, scope, this)) ?? [unknown];
  }

  run(node: SyntaxNode, scope: Scope): void {
    this.#effort.deeper(node, () => runStatement(node, scope, this));
  }

  call(callee: Values, given: Arguments, at: SyntaxNode, scope: Scope): Values {
    return callValues(callee, given, at, scope, this);
  }

  attribute(of: Values, name: string, at: SyntaxNode, calling: boolean): Values {
    return attributeOf(of, name, at, calling, this);
  }

  invoke(called: FunctionValue, given: Arguments): Values {
    const ways = this.#ways.get(called.node) ?? 0;
    const asked = ways >= mostWaysToCall ? anyArguments : given;
    const key = keyOfCall(called, asked);
    const known = this.#answers.get(key);
    if (known) return known;
    if (this.#effort.depth > deepestCall) {
      this.#postponed.set(key, [called, asked]);
      return [unknown];
    }
    this.#ways.set(called.node, ways + 1);
    this.#said.run(called.node);
    if (called.self?.kind === "instance") this.#objects.set(called.self.key, called.self);
    // whoever calls itself finds nothing yet
    this.#answers.set(key, []);
    const answer = runFunction(called, asked, this);
    this.#answers.set(key, answer);
    return answer;
  }

  fields(object: Value): Map<string, Values> {
    if (object.kind === "module") return this.imports.lateOf(object.path);
    const key = object.kind === "function" ? `fields of ${object.key}` : object.key;
    const known = this.#fields.get(key) ?? new Map<string, Values>();
    this.#fields.set(key, known);
    return known;
  }

  classOf(key: string): { readonly scope: Scope; readonly bases: Values } | undefined {
    return this.#classes.get(key);
  }

  defineClass(key: string, scope: Scope, bases: Values): void {
    this.#classes.set(key, { scope, bases });
  }

  defineFunction(defined: FunctionValue): void {
    if (!this.#defined.has(defined.key)) this.#defined.set(defined.key, defined);
  }

  importModule(name: string, from: Scope): Values {
    return this.imports.byName(name, from.path);
  }

  submodule(module: string, name: string): Values {
    return this.imports.below(module, name);
  }

  namesOf(module: Values): ReadonlyMap<string, Values> {
    return this.imports.namesOf(module);
  }

  functionsOf(of: Values): Values {
    const names = of.flatMap((value) => {
      if (value.kind === "module") return [...this.namesOf([value]).keys()];
      const from = value.kind === "instance" ? value.of : value;
      const classes = from.kind === "class" ? lineage(from, this).classes : [];
      return [...new Set(classes.flatMap(({ key }) => [...(this.#classes.get(key)?.scope.names.keys() ?? [])]))];
    });
    if (names.length > mostWaysToCall) this.namesAnything();
    const at = of.find((value) => value.kind === "instance" || value.kind === "class" || value.kind === "module");
    const [tree] = this.#trees.values();
    if (!at || !tree) return [];
    return names
      .slice(0, mostWaysToCall)
      .flatMap((name) => attributeOf(of, name, tree, true, this).filter(({ kind }) => kind === "function"));
  }

  importsAnything(): void {
    this.#anything = true;
  }

  isSaid(name: string): boolean {
    return this.#said.has(name);
  }

  namesAnything(): void {
    this.#said.anything = true;
  }

  changed(): void {
    this.#news = true;
  }
}
