/** Everything the survey of all files found: one table for the whole program, since what is made in one file is used in another. */
import type { AnyNode, CallExpression, NewExpression } from "acorn";
import type { ClassNode, FunctionNode, Node } from "./nodes.ts";
import type { Manifest } from "./package-manifest.ts";
import type { Definition, Expression, Module, Scope } from "./scopes.ts";
import type { Value } from "./values.ts";

/** `object.key = value`, `{ key: value }`, `class { key = value }`, `class { key() {} }`. */
export interface Member {
  /** The object literal, the class, or the expression that is assigned to. */
  readonly object: Node;
  readonly value: Node;
  readonly scope: Scope;
  /** assigned: `object` is an expression that stands for the object. */
  readonly how: "written" | "assigned";
  /** `get key() {}`: what it returns is the member. */
  readonly getter?: boolean;
}

/** silent: asks for nothing on behalf of its caller; creations: for what is created in it; otherwise for what its value says. */
export type LibraryBody = "silent" | "creations" | Value;

export interface Creation {
  readonly node: NewExpression;
  readonly scope: Scope;
  readonly parent: AnyNode;
}

export interface Call {
  readonly node: CallExpression;
  readonly scope: Scope;
}

export interface BoundCall {
  readonly call: Call | Creation;
  /** What the name that is called stands for there; undefined where it is a member, or stands for nothing in the file. */
  readonly binding: Definition[] | undefined;
  /** It may stand for something that has this name elsewhere, too: it is a member, or comes from elsewhere. */
  readonly isOpen: boolean;
}

export interface NamedResult {
  readonly name: string;
  /** The call that gives it. */
  readonly node: CallExpression;
  readonly callee: Node;
  readonly scope: Scope;
}

/** Another name for what a name stands for: `{ as: name }`, `exports.as = name`, and, with a scope of its own, `const as = name`. */
export interface Alias {
  readonly as: string;
  readonly scope: Scope;
  readonly local?: Scope;
}

/** A name for a part of something: `const { key: name } = a`, `import { key as name } from "a"`. */
export interface TakenPart {
  readonly name: string;
  readonly scope: Scope;
}

/** `object[name] = value`; the key where it is written. */
export interface AssignedMember {
  readonly key: string | undefined;
  readonly name: Node;
  readonly value: Node;
  readonly scope: Scope;
}

/** A package beside the function's own code. */
export interface ReadPackage extends Pick<Manifest, "main" | "entries" | "isPublished"> {
  readonly folder: string;
}

export interface Program {
  /** By path. */
  readonly modules: Map<string, Module>;
  /** Packages in node_modules that are read like the function's own code, by name. */
  readonly packages: Map<string, ReadPackage>;
  /** Names of packages that were looked at and have nothing to do with the SDK. */
  readonly withoutSdk: ReadonlySet<string>;
  readonly members: Map<string, Member[]>;
  /** Lists of what a module gives, `{ key: () => value }` and `["key", () => value]`, as an argument of a call. */
  readonly listings: Set<Node>;
  /** What is assigned to members of object literals that a name stands for. */
  readonly assignedTo: Map<Node, AssignedMember[]>;
  /** What is put into tables under keys that are told at run time, by the member that holds the table: `this.name[key] = value`. */
  readonly keptIn: Map<string, AssignedMember[]>;
  readonly creations: Creation[];
  readonly calls: Call[];
  /** Calls and creations by the last name of what is called: `f`, `a.f`; of what `f()` returns: `f()`; of what is put into maps, sets and lists also `a.set`; of `a[b]`: `[]`. */
  readonly callsOf: Map<string, (Call | Creation)[]>;
  /** Functions that stand in a call as an argument. */
  readonly passed: Map<FunctionNode, { readonly call: Call; readonly index: number }>;
  /** Functions that are called where they stand. */
  readonly calledInPlace: Map<FunctionNode, Call>;
  /** Calls of the kind `f(a, Name)`, by the name. */
  readonly aggregations: Map<string, Call[]>;
  /** Calls that may ask for a private member of a compiled class, or set one, by the name of the member. */
  readonly slots: Map<string, Call[]>;
  /** Functions and classes of libraries inside a bundle: what they ask for is asked by whoever calls them. */
  readonly libraryBodies: Map<Node, LibraryBody>;
  /** What a function is called: its own name, the variable, the member or the class (for a constructor) that holds it. */
  readonly namesOf: Map<FunctionNode, string[]>;
  /** What a class that has no name of its own is called: `var A = class {}`. */
  readonly classNames: Map<Node, string>;
  /** Classes that extend another one, by the last name of that. */
  readonly extending: Map<string, { readonly node: ClassNode; readonly scope: Scope }[]>;
  /** What the result of a call is called, by the last name of what is called: `const a = f()`, `{ a: f() }`. */
  readonly resultNames: Map<string, NamedResult[]>;
  /** By the name that has another one. */
  readonly aliases: Map<string, Alias[]>;
  /** Filled by `namesFor`: the same, by what the name stands for where it stands. */
  readonly aliasesByBinding: Map<string, Map<Definition[], Alias[]>>;
  /** By the key that is taken under another name. */
  readonly taken: Map<string, TakenPart[]>;
  /** Filled by `boundCalls`: calls by a name, with what the name stands for where they stand. */
  readonly bound: Map<string, readonly BoundCall[]>;
  /** What a map, a set, a list or an empty table is called where it is created. */
  readonly collectionNames: Map<Node, string>;
  /** Calls that put something into a list that has a name. */
  readonly pushedTo: Map<Node, Call[]>;
  /** The variable that gets what a function returns that is called where it stands: `var A = (function () { ... return a })()`. */
  readonly placeNames: Map<FunctionNode, { readonly as: string; readonly local: Scope }>;
  /** The function that returns a function. */
  readonly returnedBy: Map<FunctionNode, FunctionNode>;
  /** What functions return. */
  readonly returns: Map<FunctionNode, Expression[]>;
  readonly scopeOf: Map<Node, Scope>;
}

export function emptyProgram(): Program {
  return {
    modules: new Map(),
    packages: new Map(),
    withoutSdk: new Set(),
    members: new Map(),
    listings: new Set(),
    assignedTo: new Map(),
    keptIn: new Map(),
    creations: [],
    calls: [],
    callsOf: new Map(),
    aliases: new Map(),
    aliasesByBinding: new Map(),
    taken: new Map(),
    bound: new Map(),
    passed: new Map(),
    calledInPlace: new Map(),
    aggregations: new Map(),
    slots: new Map(),
    classNames: new Map(),
    extending: new Map(),
    resultNames: new Map(),
    collectionNames: new Map(),
    pushedTo: new Map(),
    placeNames: new Map(),
    returnedBy: new Map(),
    libraryBodies: new Map(),
    namesOf: new Map(),
    returns: new Map(),
    scopeOf: new Map(),
  };
}

/** Adds to a list in a map. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
