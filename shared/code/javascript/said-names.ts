/** What waits until something that runs says its name: functions, classes, methods, and names under which these go elsewhere. */
import { isClass, type Node } from "./nodes.ts";
import type { Module, Scope } from "./scopes.ts";

export type Work = () => void;

export class SaidNames {
  /** Functions and classes of which nobody has said the name. */
  readonly held = new Set<Node>();
  readonly #members = new Map<string, Work[]>();
  /** With which names begin that are put together when the code runs. */
  readonly #beginnings = new Set<string>();
  readonly #names = new Map<Module, Map<string, Work[]>>();
  readonly #saidMembers = new Set<string>();
  readonly #saidNames = new Map<Module, Set<string>>();
  readonly #ready: Work[] = [];
  /** Classes and objects of which every method runs, because it may be called without its name being said. */
  readonly #open = new Set<Node>();
  readonly #methodsOf = new Map<Node, Work[]>();
  readonly #functionsOn = new Map<Node, Map<string, Work[]>>();
  readonly #saidOn = new Map<Node, Set<string>>();

  /** Whether what stands in a scope can run. */
  runs(scope: Scope): boolean {
    for (let at: Scope | undefined = scope; at; at = at.parent)
      if ((at.fn && this.held.has(at.fn)) || (at.cls && this.held.has(at.cls))) return false;
    return true;
  }

  /** Something says the name of a member, or of what a module gives. */
  sayMember(name: string): void {
    if (this.#saidMembers.has(name)) return;
    this.#saidMembers.add(name);
    this.#ready.push(...(this.#members.get(name) ?? []));
    this.#members.delete(name);
  }

  /** Something says a name that is put together when the code runs: `"on" + event.type`. */
  sayBeginning(beginning: string): void {
    if (this.#beginnings.has(beginning)) return;
    this.#beginnings.add(beginning);
    for (const name of [...this.#members.keys()]) if (name.startsWith(beginning)) this.sayMember(name);
  }

  /** Something says a name in a file, whatever that stands for there. */
  sayName(name: string, module: Module): void {
    const said = this.#saidNames.get(module) ?? new Set<string>();
    this.#saidNames.set(module, said);
    if (said.has(name)) return;
    said.add(name);
    this.#ready.push(...(this.#names.get(module)?.get(name) ?? []));
  }

  whenMember(name: string, work: Work): void {
    const waiting = this.#members.get(name) ?? [];
    if (this.#saidMembers.has(name)) this.#ready.push(work);
    else this.#members.set(name, waiting);
    waiting.push(work);
    for (const beginning of this.#beginnings) if (name.startsWith(beginning)) this.sayMember(name);
  }

  whenName(name: string, module: Module, work: Work): void {
    const names = this.#names.get(module) ?? new Map<string, Work[]>();
    this.#names.set(module, names);
    const waiting = names.get(name) ?? [];
    if (this.#saidNames.get(module)?.has(name)) this.#ready.push(work);
    else names.set(name, waiting);
    waiting.push(work);
  }

  /** A method waits for its name, or until its class or object is open. */
  whenMethod(of: Node, name: string, work: Work): void {
    const methods = this.#methodsOf.get(of) ?? [];
    this.#methodsOf.set(of, methods);
    methods.push(work);
    if (this.#open.has(of)) this.#ready.push(work);
    else this.whenMember(name, work);
  }

  /** A function of an object that has a name waits for that name and its own, `db.get`, or until the object is open. */
  whenOn(of: Node, name: string, work: Work): void {
    const on = this.#functionsOn.get(of) ?? new Map<string, Work[]>();
    this.#functionsOn.set(of, on);
    on.set(name, [...(on.get(name) ?? []), work]);
    const all = this.#methodsOf.get(of) ?? [];
    this.#methodsOf.set(of, all);
    all.push(work);
    if (this.#open.has(of) || this.#saidOn.get(of)?.has(name)) this.#ready.push(work);
  }

  /** Something says the name of a function after a name of its object. */
  sayOn(of: Node, name: string): void {
    const said = this.#saidOn.get(of) ?? new Set<string>();
    this.#saidOn.set(of, said.add(name));
    this.#ready.push(...(this.#functionsOn.get(of)?.get(name) ?? []));
  }

  /** All methods of a class or an object may be called. @returns whether that is new */
  open(node: Node): boolean {
    if (this.#open.has(node) || (!isClass(node) && !this.#methodsOf.has(node))) return false;
    this.#open.add(node);
    this.#ready.push(...(this.#methodsOf.get(node) ?? []));
    return true;
  }

  openAll(): void {
    for (const node of this.#methodsOf.keys()) this.open(node);
    for (const name of [...this.#members.keys()]) this.sayMember(name);
  }

  /** Does what nothing waits for any more. */
  drain(): void {
    for (let next = this.#ready.pop(); next; next = this.#ready.pop()) next();
  }
}
