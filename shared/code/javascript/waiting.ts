/**
 * What of a bundle with the SDK inside is looked at only when something that runs names it: most of such a bundle is never named by the
 * program. Functions, classes and modules wait; what is done where it stands does not.
 */
import type { CallExpression } from "acorn";
import { bare, type FunctionNode, isFunction, type Node, writtenKey } from "./nodes.ts";
import { addTo } from "./program.ts";
import { type Definition, lookUp, type Scope } from "./scopes.ts";

type Work = () => void;
type ObjectNode = Extract<Node, { type: "ObjectExpression" }>;

export class Waiting {
  /** By what a name stands for. */
  readonly #named = new Map<Definition[], Work[]>();
  /** Modules of bundles, by their number or path. */
  readonly #modules = new Map<string, Work[]>();
  /** What namespaces list, by name. */
  readonly #members = new Map<string, { readonly of: Definition[]; readonly work: Work }[]>();
  readonly #used = new Set<Definition[] | string>();
  readonly #usedMembers = new Set<string>();
  /** Namespaces that are given away as they are. */
  readonly #whole = new Set<Definition[]>();
  #names: { readonly name: string; readonly scope: Scope; readonly whole: boolean }[] = [];
  #ready: Work[] = [];

  /** `work` waits until somebody uses one of these, which names stand for. */
  forNames(bindings: readonly Definition[][], work: Work): void {
    let done = false;
    const once = () => {
      if (!done) work();
      done = true;
    };
    if (bindings.some((binding) => this.#used.has(binding))) this.#ready.push(once);
    else for (const binding of bindings) addTo(this.#named, binding, once);
  }

  forModule(id: string, work: Work): void {
    if (this.#used.has(id)) this.#ready.push(work);
    else addTo(this.#modules, id, work);
  }

  /** What a namespace lists under a name: that name is used on anything, or all of the namespace. */
  forMember(of: Definition[], key: string, work: Work): void {
    if (this.#usedMembers.has(key) || this.#whole.has(of)) this.#ready.push(work);
    else addTo(this.#members, key, { of, work });
  }

  /** A name is used; what it stands for is looked up later, since it may be declared below. `whole`: not only a member of it. */
  uses(name: string, scope: Scope, whole: boolean): void {
    this.#names.push({ name, scope, whole });
  }

  usesMember(key: string): void {
    if (this.#usedMembers.has(key)) return;
    this.#usedMembers.add(key);
    this.#ready.push(...(this.#members.get(key) ?? []).map(({ work }) => work));
    this.#members.delete(key);
  }

  #usesWhole(of: Definition[]): void {
    if (this.#whole.has(of)) return;
    this.#whole.add(of);
    if (!of.some(isEmptyObject)) return;
    for (const waiting of this.#members.values()) this.#ready.push(...waiting.filter((one) => one.of === of).map(({ work }) => work));
  }

  usesModule(id: string): void {
    this.#used.add(id);
    this.#ready.push(...(this.#modules.get(id) ?? []));
    this.#modules.delete(id);
  }

  /** Does what nobody waits with any more; `between`: to be done after each piece. */
  run(between: Work): void {
    for (;;) {
      for (const { name, scope, whole } of this.#names) {
        const binding = lookUp(scope, name);
        if (binding && whole) this.#usesWhole(binding);
        if (!binding || this.#used.has(binding)) continue;
        this.#used.add(binding);
        this.#ready.push(...(this.#named.get(binding) ?? []));
        this.#named.delete(binding);
      }
      this.#names = [];
      const next = this.#ready.pop();
      if (!next) return;
      next();
      between();
    }
  }
}

/** Whether the value of a name can wait until the name is used: making it does nothing. */
export function canWait(around: Node): boolean {
  const node = bare(around);
  if (around.type === "AwaitExpression") return false;
  // `(init_a(), __toCommonJS(a_exports))`
  if (around.type === "SequenceExpression" && !around.expressions.every((one) => canWait(one))) return false;
  switch (node.type) {
    case "Identifier":
    case "Literal":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassExpression":
      return true;
    case "MemberExpression":
      return !node.computed && canWait(node.object);
    case "ArrayExpression":
      return node.elements.every((one) => !one || (one.type !== "SpreadElement" && canWait(one)));
    case "ObjectExpression":
      return node.properties.every((one) => one.type === "Property" && !one.computed && canWait(one.value));
    case "CallExpression":
      return loads(node);
    default:
      return false;
  }
}

/** `require("a")`, `n(518)`, `require_a()`, `__toESM(require_a(), 1)`, and `wrap((exports, module) => { ... })`, which makes a module. */
function loads(node: CallExpression): boolean {
  if (bare(node.callee).type !== "Identifier" || node.arguments.length > 2) return false;
  const [first, second] = node.arguments;
  if (second && second.type !== "Literal") return false;
  if (!first) return true;
  if (first.type === "Literal") return true;
  if (first.type === "CallExpression") return loads(first);
  const only = first.type === "ObjectExpression" && first.properties.length === 1 ? first.properties[0] : undefined;
  const module = only?.type === "Property" ? only.value : first;
  return isFunction(module) && !module.async && module.params.length <= 2;
}

function isEmptyObject(definition: Definition): boolean {
  return definition.kind === "value" && definition.node.type === "ObjectExpression" && definition.node.properties.length === 0;
}

/** `__export(namespace, { key: () => name, ... })`: what a module gives, listed by a bundler. */
export function listingOf(
  { arguments: [first, second] }: CallExpression,
  scope: Scope,
): { of: Definition[]; list: ObjectNode } | undefined {
  if (first?.type !== "Identifier" || second?.type !== "ObjectExpression" || !second.properties.every(isListed)) return undefined;
  const of = lookUp(scope, first.name);
  return of?.some(isEmptyObject) ? { of, list: second } : undefined;
}

function isListed(one: Node): boolean {
  if (one.type !== "Property" || one.computed || one.value.type !== "ArrowFunctionExpression") return false;
  return one.value.params.length === 0 && one.value.body.type === "Identifier";
}

/** The namespace of which only a member is taken: `(init_a(), __toCommonJS(a_exports))`, `__toESM(a)`, `a`. */
export function namespaceIn(around: Node): Node {
  const node = bare(around);
  const [first] = node.type === "CallExpression" && node.callee.type === "Identifier" ? node.arguments : [];
  return first && first.type !== "SpreadElement" ? namespaceIn(first) : node;
}

/** Of a table of modules. */
const longestName = 80;

/** What bundlers call the table of modules: `t[e].call(m.exports, m, m.exports, r)`, `t[e](m, m.exports, r)`. */
export function moduleTables(text: string): ReadonlySet<string> {
  const calls = text.matchAll(/\[[\w$]+\](?:\.call\([\w$]+\.exports|\([\w$]+,\s*[\w$]+\.exports,)/g);
  const names = [...calls].map(({ index }) => /[\w$]+$/.exec(text.slice(Math.max(0, index - longestName), index))?.[0] ?? "");
  return new Set(names);
}

/** The table of modules that a name stands for is not looked through: its modules wait, each for its number. */
export function moduleOf(property: Node): { readonly id: string; readonly fn: FunctionNode } | undefined {
  if (property.type !== "Property" || property.computed || !isFunction(property.value) || property.value.params.length > 3)
    return undefined;
  const id = writtenKey(property.key, false);
  return id === undefined ? undefined : { id, fn: property.value };
}
