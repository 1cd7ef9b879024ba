/** Members of a request that name resources. Contents (items, bodies, secrets) are never kept. */
import { type CodeText, untold } from "../../model/code.ts";
import {
  deepest,
  eachOnce,
  holdsContents,
  type Member,
  mostVariants,
  namesSomething,
  namesWithin,
  notTold,
  others,
  variantsOf,
  withoutValues,
  word,
} from "../request-members.ts";
import type { Parameters } from "./recorder.ts";
import { textsOf } from "./texts.ts";
import { entriesOf, isAbsent, type Value, type Values } from "./values.ts";

/** Members of transfers that programs of this language give beside those of requests: files of their own. */
const ofFiles = /^File(name|obj)$/i;

/** Every request that the arguments may stand for: members that may hold one of several texts give several requests. */
export function requestsOf(named: ReadonlyMap<string, Values>): Parameters[] {
  const open = named.has(untold) || (named.get(namesWithin) ?? []).some(isOpen);
  return variantsOf([...(open ? [others] : []), ...[...named].flatMap(([member, values]) => membersOf(member, values, 0))]);
}

/** Something in it, or the whole of it, could not be told. */
function isOpen(value: Value): boolean {
  if (value.kind === "list")
    return [...value.items, value.rest].some((item) => item.some(isOpen)) || value.items.some((item) => item.length === 0);
  return value.kind !== "dict" || value.rest.length > 0;
}

function membersOf(name: string, values: Values, depth: number): Member[] {
  if (name === "RequestItems") return tables(values);
  if (name === "CopySource") return source(values);
  if (name === "Statement") return statement(values);
  const given = values.filter(({ kind }) => kind !== "none");
  if (given.length === 0 || !word.test(name)) return [];
  const open = !holds(name) && depth < deepest;
  // an entry of a dictionary that does not always have it
  const may = values.some(isAbsent);
  const inner = open ? innerOf(name, given, depth + 1).map((member) => ({ ...member, ...(may && { may }) })) : [];
  const texts = names(name) ? eachOnce(textsOf(given.filter(({ kind }) => kind !== "dict" && kind !== "list"))) : [notTold];
  // once more after what it holds: others of it could not be told
  const more = inner.length > 0 && open && given.some(holdsUntold) ? [{ name, either: [notTold] }] : [];
  // a list of texts is the member itself, several times
  if (inner.some((member) => member.name === name)) return [...inner, ...more];
  return [{ name, either: texts, ...(may && { may }) }, ...inner, ...more];
}

/** A list with items of which nothing is known, or what may be another list altogether. */
function holdsUntold(value: Value): boolean {
  if (value.kind !== "list") return value.kind !== "dict";
  return [...value.items, value.rest].some((item) => item.some(({ kind }) => kind !== "dict" && kind !== "text" && kind !== "list"));
}

function holds(member: string): boolean {
  return holdsContents(member) || ofFiles.test(member);
}

function names(member: string): boolean {
  return namesSomething(member) && !ofFiles.test(member);
}

/** Of several dictionaries it is one: what not all of them have may not be given. */
function innerOf(name: string, given: Values, depth: number): Member[] {
  const dicts = given.filter((value) => value.kind === "dict");
  const others = given.filter(({ kind }) => kind !== "dict").flatMap((value) => within(name, value, depth));
  return [...[...entriesOf(dicts)].flatMap(([inner, of]) => membersOf(inner, of, depth)), ...others];
}

function within(name: string, value: Value, depth: number): Member[] {
  if (value.kind === "dict") return innerOf(name, [value], depth);
  if (value.kind !== "list") return [];
  return [...value.items, value.rest].flatMap((item) => {
    const texts = item.filter(({ kind }) => kind === "text");
    const others = item.filter(({ kind }) => kind === "dict" || kind === "list").flatMap((one) => within(name, one, depth));
    return texts.length > 0 && names(name) ? [{ name, either: eachOnce(textsOf(texts)) }, ...others] : others;
  });
}

/** Batches of DynamoDB are keyed by table. */
function tables(values: Values): Member[] {
  const keys = values.flatMap((value) => (value.kind === "dict" ? [...value.entries.keys()] : []));
  const isOthers = ({ kind, ...value }: Value) => kind !== "none" && !("entries" in value && value.rest.length === 0);
  const more = keys.length > 0 && values.some(isOthers) ? [{ name: "TableName", either: [notTold] }] : [];
  return [...keys.map((name) => ({ name: "TableName", either: [nameOfKey(name)] })), ...more];
}

/** Keys of dictionaries that are no plain text are written as JSON by expressions.ts. */
function nameOfKey(key: string): CodeText {
  return key.startsWith("\u0000") ? JSON.parse(key.slice(1)) : [{ text: key }];
}

/** `{"Bucket": b, "Key": k}` is what `b/k` says. */
function source(values: Values): Member[] {
  return values.slice(0, mostVariants).flatMap((value): Member[] => {
    if (value.kind === "text") return [{ name: "CopySource", either: [value.parts] }];
    if (value.kind !== "dict") return [];
    const [buckets, keys] = ["Bucket", "Key"].map((name) => textsOf(value.entries.get(name) ?? []));
    return [
      {
        name: "CopySource",
        either: (buckets ?? []).flatMap((bucket) => (keys ?? []).map((key) => [...bucket, { text: "/" }, ...key])).slice(0, mostVariants),
      },
    ];
  });
}

function statement(values: Values): Member[] {
  return [{ name: "Statement", either: eachOnce(textsOf(values).map(withoutValues)) }];
}
