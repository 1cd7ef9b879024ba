/** Members of a request that name resources. Contents (items, bodies, secrets) are never kept. */

import { membersOfVariable, roleMember } from "../../data/request-members.ts";
import type { CodeText } from "../../model/code.ts";
import type { Parameters } from "./recorder.ts";
import { textsOf } from "./texts.ts";
import type { Value, Values } from "./values.ts";

/** Members that name resources are kept with their texts, by the ends of their names and those that data/request-members.ts lists. */
const naming =
  /(Names?|Arns?|Ids?|Urls?|Uris?|Identifiers?|Buckets?|Prefix|Paths?|Clusters?|Namespace|Resources?|Database|WorkGroup|Alias|Role|Qualifier|Stage|Location|Definition)$/i;
const listed = new Set(["key", "acl", "table", ...Object.values(membersOfVariable).flat()].map((name) => name.toLowerCase()));
/** Members that hold what people store, whatever it is called there: that they are there is all that is kept. */
const contents =
  /^(Item|Keys?|ExclusiveStartKey|ExpressionAttribute\w+|AttributeUpdates|Expected|MessageAttributes|MessageSystemAttributes|Metadata|Tags|Variables|Environment|Payload|Body|Message|MessageBody|Parameters|Secret(String|Binary)|Value|Detail|Data|Dimensions|ClientContext|UserAttributes|AuthParameters|RoleSessionName|File(name|obj))$/i;
/** Where PartiQL comes to values. */
const storedFrom = /\b(WHERE|VALUE|SET|REMOVE)\b/i;
const word = /^[A-Za-z]\w*$/;
const deepest = 5;
const mostVariants = 8;
const mostMembers = 80;
const longest = 512;
const notTold: CodeText = [{ unknown: true }];

interface Member {
  readonly name: string;
  /** One of these. */
  readonly either: readonly CodeText[];
}

/** Every request that the arguments may stand for: members that may hold one of several texts give several requests. */
export function requestsOf(named: ReadonlyMap<string, Values>): Parameters[] {
  let variants: Parameters[] = [[]];
  const members = [...named].flatMap(([member, values]) => membersOf(member, values, 0)).slice(0, mostMembers);
  for (const { name, either } of members) {
    const values = variants.length * either.length > mostVariants ? [notTold] : either;
    variants = variants.flatMap((one) => values.map((value) => [...one, { name, value }]));
  }
  return variants;
}

function membersOf(name: string, values: Values, depth: number): Member[] {
  if (name === "RequestItems") return tables(values);
  if (name === "CopySource") return source(values);
  if (name === "Statement") return statement(values);
  const given = values.filter(({ kind }) => kind !== "none");
  if (given.length === 0 || !word.test(name)) return [];
  const open = !contents.test(name) && depth < deepest;
  const inner = open ? given.flatMap((value) => within(name, value, depth + 1)) : [];
  // a list of texts is the member itself, several times
  if (inner.some((member) => member.name === name)) return inner;
  const texts = names(name) ? unique(textsOf(given.filter(({ kind }) => kind !== "dict" && kind !== "list"))) : [notTold];
  return [{ name, either: texts }, ...inner];
}

function names(member: string): boolean {
  if (contents.test(member) && member.toLowerCase() !== "key") return false;
  return naming.test(member) || listed.has(member.toLowerCase()) || roleMember.test(member);
}

function within(name: string, value: Value, depth: number): Member[] {
  if (value.kind === "dict") return [...value.entries].flatMap(([inner, of]) => membersOf(inner, of, depth));
  if (value.kind !== "list") return [];
  return [...value.items, value.rest].flatMap((item) => {
    const texts = item.filter(({ kind }) => kind === "text");
    const others = item.filter(({ kind }) => kind === "dict" || kind === "list").flatMap((one) => within(name, one, depth));
    return texts.length > 0 && names(name) ? [{ name, either: unique(textsOf(texts)) }, ...others] : others;
  });
}

/** Each text once; one of which nothing is known, or that is too long to name anything, could not be told. */
function unique(texts: readonly CodeText[]): readonly CodeText[] {
  const kept = texts.map((text) => {
    const length = text.reduce((sum, part) => sum + ("text" in part ? part.text.length : 0), 0);
    return length > longest || text.every((part) => "unknown" in part) ? notTold : text;
  });
  return [...new Map(kept.map((text) => [JSON.stringify(text), text])).values()];
}

/** Batches of DynamoDB are keyed by table. */
function tables(values: Values): Member[] {
  const keys = values.flatMap((value) => (value.kind === "dict" ? [...value.entries.keys()] : []));
  return keys.map((name) => ({ name: "TableName", either: [nameOfKey(name)] }));
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

/** PartiQL says what it does to which table before it comes to what is stored there; only that is kept. */
function statement(values: Values): Member[] {
  const heads = textsOf(values).map((parts): CodeText => {
    const end = parts.findIndex((part) => "text" in part && storedFrom.test(part.text));
    const last = parts[end];
    if (!last || !("text" in last)) return parts;
    return [...parts.slice(0, end), { text: last.text.slice(0, last.text.search(storedFrom)) }];
  });
  return [{ name: "Statement", either: unique(heads) }];
}
