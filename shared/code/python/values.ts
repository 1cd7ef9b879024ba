/**
 * What an expression may hold, as far as reading tells. An expression has a list of values: several where branches meet, none where nothing
 * was assigned yet. Every value has a key; equal keys are the same value.
 */
import type { CodeText } from "../../model/code.ts";
import type { SyntaxNode } from "./syntax.ts";

export type Values = readonly Value[];

export interface Arguments {
  readonly positional: readonly Values[];
  readonly named: ReadonlyMap<string, Values>;
  /** `*args` or `**more` of which it could not be told what they hold. */
  readonly more: boolean;
}

export type Value =
  /** `from`: the package that gave it, by the first word of its name; none where not even that is known. */
  | { readonly kind: "unknown"; readonly key: string; readonly from?: string }
  | { readonly kind: "none"; readonly key: string }
  | { readonly kind: "text"; readonly key: string; readonly parts: CodeText }
  /** Something of a package that is not the function's own, by its dotted name: `boto3.client`, `os.environ`. */
  | { readonly kind: "external"; readonly key: string; readonly path: string }
  /** An object that such a class made; `model`: a class of the program's own that extends it, whose objects its methods answer. */
  | { readonly kind: "made"; readonly key: string; readonly path: string; readonly given: Arguments; readonly model?: ClassValue }
  | { readonly kind: "module"; readonly key: string; readonly path: string }
  | { readonly kind: "function"; readonly key: string; readonly node: SyntaxNode; readonly scope: Scope; readonly self?: Value }
  | { readonly kind: "class"; readonly key: string; readonly node: SyntaxNode; readonly scope: Scope }
  /** `whole`: the object as it is, where `super()` sees it as one of a base. */
  | { readonly kind: "instance"; readonly key: string; readonly of: ClassValue; readonly whole?: Value }
  | { readonly kind: "list"; readonly key: string; readonly items: readonly Values[]; readonly rest: Values }
  | { readonly kind: "dict"; readonly key: string; readonly entries: ReadonlyMap<string, Values>; readonly rest: Values }
  | { readonly kind: "partial"; readonly key: string; readonly callee: Values; readonly given: Arguments }
  /** A session of boto3 or one of its kind. */
  | { readonly kind: "session"; readonly key: string; readonly otherRole: boolean }
  /** The role's own keys, taken out of a session at that place, or a part of them. */
  | { readonly kind: "credentials"; readonly key: string; readonly at: string }
  /** `endpoint`: where it is sent to, if that says what the calls are about. */
  | {
      readonly kind: "client";
      readonly key: string;
      readonly service: string;
      readonly otherRole: boolean;
      readonly endpoint?: Values;
    }
  | ResourceValue
  /** What a list of resources gives: each of them has the ids that are known of all. */
  | { readonly kind: "collection"; readonly key: string; readonly item: ResourceValue }
  /** An attribute of a client or the like, to be called. */
  | { readonly kind: "bound"; readonly key: string; readonly of: Value; readonly name: string; readonly at: string }
  | { readonly kind: "paginator"; readonly key: string; readonly client: ClientValue; readonly operation: string; readonly at: string }
  | { readonly kind: "waiter"; readonly key: string; readonly client: ClientValue; readonly operation: string; readonly at: string }
  /** What AWS answered, or a part of it. */
  | { readonly kind: "answer"; readonly key: string; readonly operation: string; readonly name?: CodeText };

/** The names of a module, function or class body, as they stand while it is read from top to bottom (scope.ts). */
export interface Scope {
  readonly kind: "module" | "function" | "class";
  /** Tells scopes apart: the same function called with the same values has the same one. */
  readonly key: string;
  /** The module's file. */
  readonly path: string;
  readonly outer?: Scope;
  names: Map<string, Values>;
  /** Names that are meant to be the module's or an outer function's: `global x`. */
  readonly global: Set<string>;
  /** What is assigned from elsewhere, at a time that is not known. */
  readonly late: Map<string, Values>;
  /** What the function answers. */
  returned: Values;
  /** How many loops stand around the statement that is read. */
  loops: number;
  /** For `super()`: the object of the method, and the class it stands in. */
  readonly self?: Value;
  readonly inClass?: ClassValue;
}

export type DictValue = Extract<Value, { kind: "dict" }>;
export type ClassValue = Extract<Value, { kind: "class" }>;
export type ClientValue = Extract<Value, { kind: "client" }>;
export type FunctionValue = Extract<Value, { kind: "function" }>;
export type TextValue = Extract<Value, { kind: "text" }>;

export interface ResourceValue {
  readonly kind: "resource";
  readonly key: string;
  readonly service: string;
  /** `Table`; the service's own has no name. */
  readonly shape: string;
  readonly ids: ReadonlyMap<string, Values>;
  /** Its attributes are there already: they came with a list. */
  readonly loaded: boolean;
  readonly otherRole: boolean;
}

const mostValues = 12;
const longestKey = 600;

export const unknown: Value = { kind: "unknown", key: "?" };
/** What a package gave. */
export function unknownOf(from: string): Value {
  return { kind: "unknown", key: `? of ${from}`, from };
}
/** What is known of a part of something unknown, or of what it answers: where that is from. */
export function partOf(whole: Value): Value {
  return whole.kind === "unknown" ? whole : unknown;
}
export const none: Value = { kind: "none", key: "None" };
/** What an entry of a dictionary is on the ways on which the dictionary has none: an argument that is not given. */
export const absent: Value = { kind: "none", key: "not there" };
export const noArguments: Arguments = { positional: [], named: new Map(), more: false };
/** A call of which only that it happens is known. */
export const anyArguments: Arguments = { positional: [], named: new Map(), more: true };

/** All values of both; more than a dozen are as good as unknown, but for the first. */
export function join(...lists: readonly Values[]): Values {
  const lone = lists.filter((list) => list.length > 0);
  if (lone.length < 2) return lone[0] ?? [];
  const all = new Map<string, Value>();
  for (const list of lone) for (const value of list) all.set(value.key, value);
  const values = [...all.values()];
  return values.length > mostValues ? [...values.slice(0, mostValues), unknown] : values;
}

export function keyOf(values: Values): string {
  return values.length === 1 ? (values[0]?.key ?? "") : values.map(({ key }) => key).join("|");
}

export function keyOfArguments({ positional, named, more }: Arguments): string {
  const names = [...named].map(([name, values]) => `${name}=${keyOf(values)}`);
  return short([...positional.map(keyOf), ...names.toSorted(), ...(more ? ["*"] : [])].join(","));
}

/** Long keys are summed up: their length and a hash tell them apart well enough. */
function short(key: string): string {
  if (key.length <= longestKey) return key;
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  return `${key.slice(0, longestKey / 2)}~${key.length}~${hash}`;
}

export function text(parts: CodeText): Value {
  const [only] = parts;
  const key = parts.length === 1 && only && "text" in only ? `"${only.text}` : JSON.stringify(parts);
  return { kind: "text", parts, key: short(key) };
}

export function literal(written: string): Value {
  return text([{ text: written }]);
}

export function external(path: string): Value {
  return { kind: "external", path, key: `external ${path}` };
}

export function list(items: readonly Values[], rest: Values = []): Value {
  return { kind: "list", items, rest, key: short(`[${items.map(keyOf).join(",")};${keyOf(rest)}]`) };
}

export function dict(entries: ReadonlyMap<string, Values>, rest: Values = []): Value {
  const rows = [...entries].map(([name, values]) => `${name}:${keyOf(values)}`);
  return { kind: "dict", entries, rest, key: short(`{${rows.join(",")};${keyOf(rest)}}`) };
}

export function client(service: string, otherRole = false, endpoint: Values = []): ClientValue {
  const key = `client ${service}${otherRole ? " of another role" : ""}${endpoint.length > 0 ? ` at ${keyOf(endpoint)}` : ""}`;
  return { kind: "client", service, otherRole, key, ...(endpoint.length > 0 && { endpoint }) };
}

export function session(otherRole: boolean): Value {
  return { kind: "session", otherRole, key: `session ${otherRole}` };
}

export function resource(of: Omit<ResourceValue, "kind" | "key">): ResourceValue {
  const ids = [...of.ids].map(([name, values]) => `${name}=${keyOf(values)}`);
  return { kind: "resource", ...of, key: short(`resource ${of.service} ${of.shape} ${of.otherRole} ${of.loaded} ${ids.join(",")}`) };
}

export function isAbsent({ key }: Value): boolean {
  return key === absent.key;
}

/** Entries of a dictionary that may be any of these: one that not all of them have may not be there. */
export function entriesOf(dicts: readonly DictValue[]): Map<string, Values> {
  const names = new Set(dicts.flatMap(({ entries }) => [...entries.keys()]));
  return new Map([...names].map((name) => [name, join(...dicts.map(({ entries }) => entries.get(name) ?? [absent]))]));
}

/** What a loop over it, or `[0]`, may give. */
export function elements(values: Values): Values {
  return join(
    ...values.map((value): Values => {
      if (value.kind === "list") return join(...value.items, value.rest);
      if (value.kind === "dict") return [...value.entries.keys()].map(literal);
      if (value.kind === "collection") return [value.item];
      if (value.kind === "answer") return [value];
      return [partOf(value)];
    }),
  );
}
