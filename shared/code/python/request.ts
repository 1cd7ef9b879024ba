/** Members of a request that name resources. Contents (items, bodies, secrets) are never kept. */
import type { CodeText } from "../../model/code.ts";
import type { Parameters } from "./recorder.ts";
import { literalsOf, textsOf } from "./texts.ts";
import type { Values } from "./values.ts";

const naming =
  /(Names?|Arns?|ARNs?|Ids?|Urls?|URL|Identifiers?|Buckets?|Prefix|Path|Paths|Clusters?|Cluster|Namespace|Resources?|KeyId|Database|WorkGroup|Alias|Role|Qualifier|ACL|Tagging|Stage)$|^(Key|Source|EventBus|FunctionName|TargetKeyId|SourceKeyId|table|services?|cluster|taskDefinition|stateMachineArn|name|roleArn|logGroupName)$/;
/** Members that hold what people store, whatever it is called there. */
const contents =
  /^(Item|Keys?|ExclusiveStartKey|ExpressionAttribute\w+|AttributeUpdates|Expected|MessageAttributes|MessageSystemAttributes|Metadata|Tags|Variables|Environment|Payload|Body|Message|MessageBody|Parameters|parameters|Secret\w+|Value|Detail|Data|Dimensions|ClientContext|UserAttributes|AuthParameters|messageAttributes)$/;
const deepest = 5;
const mostVariants = 8;
const longest = 512;

interface Member {
  readonly name: string;
  /** One of these; undefined: what cannot be told. */
  readonly either: readonly (CodeText | undefined)[];
}

/** Every request that the arguments may stand for: members that may hold one of several texts give several requests. */
export function requestsOf(named: ReadonlyMap<string, Values>): Parameters[] {
  let variants: Parameters[] = [[]];
  for (const { name, either } of [...named].flatMap(([member, values]) => membersOf(member, values, 0))) {
    if (variants.length * either.length > mostVariants) continue;
    variants = variants.flatMap((one) => either.map((value) => (value ? [...one, { name, value }] : one)));
  }
  return variants;
}

function membersOf(name: string, values: Values, depth: number): Member[] {
  if (name === "RequestItems") return tables(values);
  if (name === "CopySource") return source(values);
  if (name === "Statement") return statement(values);
  const members: Member[] = [];
  if (naming.test(name) && name !== "RoleSessionName") {
    const either = unique(textsOf(values.filter(({ kind }) => kind === "text" || kind === "unknown" || kind === "answer")));
    if (either.some((one) => one !== undefined)) members.push({ name, either });
  }
  if (contents.test(name) || depth >= deepest) return members;
  for (const value of values) {
    if (value.kind === "dict") for (const [inner, of] of value.entries) members.push(...membersOf(inner, of, depth + 1));
    if (value.kind === "list") for (const item of [...value.items, value.rest]) members.push(...membersOf(name, item, depth + 1));
  }
  return members;
}

/** Texts of which something is known, each once. */
function unique(texts: readonly CodeText[]): (CodeText | undefined)[] {
  const kept = texts.map((text) => {
    const length = text.reduce((sum, part) => sum + ("text" in part ? part.text.length : 0), 0);
    return length > longest || text.every((part) => "unknown" in part) ? undefined : text;
  });
  return [...new Map(kept.map((text) => [JSON.stringify(text), text])).values()];
}

/** Batches of DynamoDB are keyed by table. */
function tables(values: Values): Member[] {
  const names = values.flatMap((value) => (value.kind === "dict" ? [...value.entries.keys()] : []));
  return names.map((name) => ({ name: "TableName", either: [nameOfKey(name)] }));
}

/** Keys of dictionaries that are no plain text are written as JSON by expressions.ts. */
function nameOfKey(key: string): CodeText {
  return key.startsWith("\u0000") ? JSON.parse(key.slice(1)) : [{ text: key }];
}

/** `{"Bucket": b, "Key": k}` is what `b/k` says. */
function source(values: Values): Member[] {
  return values.flatMap((value): Member[] => {
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

/** PartiQL names its table in the text. */
function statement(values: Values): Member[] {
  const { texts } = literalsOf(values);
  const names = texts.flatMap((text) => /\b(?:FROM|INTO|UPDATE)\s+"?([\w.-]+)"?/i.exec(text)?.[1] ?? []);
  return names.length > 0 ? [{ name: "TableName", either: names.map((name) => [{ text: name }]) }] : [];
}
