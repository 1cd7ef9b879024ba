/** Who calls a function that is all that a module of CommonJS gives: `require("./store")(client)`, `const store = require("./store"); store(client)`. */
import { bare, type FunctionNode, isFunction, type Node, writtenKey } from "./nodes.ts";
import type { Call, Creation, NamedResult, Program } from "./program.ts";
import { lookUp, type Scope } from "./scopes.ts";

/** A call that may ask for a module: what it is called, and whether its arguments name that module. */
interface Loader {
  readonly name: string;
  readonly asks: (given: readonly Node[]) => boolean;
}

export interface CallsOfWhole {
  /** `require("./store")(client)` */
  readonly direct: readonly (Call | Creation)[];
  /** Names of what such a call gave. */
  readonly named: readonly { readonly name: string; readonly scope: Scope }[];
}

/** Where what the module around a function gives as a whole may be called. Whether it is that function is for the caller to see. */
export function callsOfWhole(program: Program, fn: FunctionNode): CallsOfWhole {
  const loaders = loadersOf(program, fn);
  const direct = loaders.flatMap(({ name, asks }) =>
    (program.callsOf.get(`${name}()`) ?? []).filter(({ node }) => {
      const callee = bare(node.callee);
      return callee.type === "CallExpression" && asks(callee.arguments);
    }),
  );
  const named = loaders.flatMap(({ name, asks }) => (program.resultNames.get(name) ?? []).filter(({ node }) => asks(node.arguments)));
  const imported = (program.taken.get("default") ?? []).filter(({ name, scope }) =>
    lookUp(scope, name)?.some((one) => one.kind === "import" && namesFile(one.source, scopeOf(program, fn)?.module.path ?? "")),
  );
  return { direct, named: [...named, ...imported] };
}

function scopeOf(program: Program, fn: FunctionNode): Scope | undefined {
  return program.scopeOf.get(fn);
}

function loadersOf(program: Program, fn: FunctionNode): readonly Loader[] {
  const scope = scopeOf(program, fn);
  if (!scope) return [];
  const loaders: Loader[] = [{ name: "require", asks: ([first]) => namesFile(first && writtenKey(first, true), scope.module.path) }];
  for (let at = scope.parent; at; at = at.parent) {
    if (!at.fn || at.fn === fn) continue;
    const wrapped = wrappers(program).get(at.fn);
    if (wrapped) loaders.push({ name: wrapped.name, asks: (given) => given.length === 0 });
    for (const id of program.namesOf.get(at.fn) ?? []) loaders.push(...loadersOfTable(program, at.fn, id));
  }
  return loaders;
}

/** Whether a relative name may mean a file, by its last step. */
function namesFile(specifier: string | undefined, path: string): boolean {
  if (specifier === undefined) return false;
  const last = (of: string) =>
    of
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "");
  const name = last(specifier);
  return name === last(path) || last(path) === "index";
}

const wrappersOf = new WeakMap<Program, Map<FunctionNode, NamedResult>>();

/** `var require_a = wrap((exports, module) => {})`, `wrap({ "a.js"(exports, module) {} })`: by the function. */
function wrappers(program: Program): Map<FunctionNode, NamedResult> {
  const known = wrappersOf.get(program);
  if (known) return known;
  const found = new Map<FunctionNode, NamedResult>();
  for (const result of [...program.resultNames.values()].flat()) {
    const [first] = result.node.arguments;
    const only = first?.type === "ObjectExpression" && first.properties.length === 1 ? first.properties[0] : undefined;
    const fn = only?.type === "Property" ? only.value : first;
    if (fn && isFunction(fn)) found.set(fn, result);
  }
  wrappersOf.set(program, found);
  return found;
}

/** `{ 518: (module, exports, require) => {} }`: by the names that the modules of the table have for `require`. */
function loadersOfTable(program: Program, fn: FunctionNode, id: string): readonly Loader[] {
  const table = (program.members.get(id) ?? []).find(({ value, object }) => value === fn && object.type === "ObjectExpression")?.object;
  if (table?.type !== "ObjectExpression") return [];
  const names = new Set<string>();
  for (const property of table.properties) {
    const third = property.type === "Property" && isFunction(property.value) ? property.value.params[2] : undefined;
    if (third?.type === "Identifier") names.add(third.name);
  }
  return [...names].map((name) => ({
    name,
    asks: ([first]: readonly Node[]) => first?.type === "Literal" && String(first.value) === id,
  }));
}
