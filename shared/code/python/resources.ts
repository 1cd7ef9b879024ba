/** boto3's resources: `dynamodb.Table(name).put_item(...)`, `bucket.objects.all()`. What each of them calls is data (data/boto3.ts). */
import { resourceShape } from "../../data/boto3.ts";
import { answer, request, transfers } from "./clients.ts";
import type { Interpreter } from "./interpreter.ts";
import { requestsOf } from "./request.ts";
import { type Row, relation, rowOf } from "./resource-rows.ts";
import type { SyntaxNode } from "./syntax.ts";
import { type Arguments, client, list, literal, type ResourceValue, resource, unknown, type Value, type Values } from "./values.ts";

/** What boto3 adds to its own model in code. */
const added: Readonly<Record<string, string>> = {
  "dynamodb Table batch_writer": "BatchWriteItem TableName=Name",
  "s3 Bucket load": "ListBuckets",
  "s3 ObjectSummary load": "HeadObject Bucket=BucketName Key=Key",
  "ec2  create_tags": "CreateTags",
  "ec2  delete_tags": "DeleteTags",
  "ec2 Instance delete_tags": "DeleteTags Resources[]=Id",
};

export function attributeOfResource(of: ResourceValue, name: string, at: SyntaxNode, interpreter: Interpreter): Values {
  const shape = resourceShape(of.service, of.shape);
  if (!shape) return [unknown];
  for (const identifier of shape.identifiers?.split(" ") ?? []) {
    const [id = "", alias] = identifier.split(":");
    if (name === snake(id) || (alias && name === snake(alias))) return of.ids.get(id) ?? [unknown];
  }
  const listed = shape.collections?.[name];
  if (listed !== undefined) {
    const { operation, members, gives } = rowOf(listed);
    request(of, operation, filledIn(members, of), at, interpreter);
    const item = resource({ ...of, shape: gives?.shape ?? "", loaded: gives?.loaded ?? false, ids: idsOf(gives?.ids ?? [], of, []) });
    return [{ kind: "collection", item, key: `collection of ${item.key}` }];
  }
  // everything else is an attribute: the first one loads them all
  if (!of.loaded) load(of, at, interpreter);
  const reference = shape.has?.[name];
  return reference === undefined ? [unknown] : [sub(of, relation(reference), [])];
}

/** Whether an attribute of that name is to be called: an action, another resource. */
export function isMethod(of: ResourceValue, name: string): boolean {
  const shape = resourceShape(of.service, of.shape);
  const own = shape?.actions?.[name] ?? added[`${of.service} ${of.shape} ${name}`];
  return own !== undefined || /^[A-Z]/.test(name) || /^(load|reload)$/.test(name) || (of.service === "s3" && name in transfers);
}

/** An action that is handed on, as `submit(table.put_item, ...)`: whoever gets it calls it. */
export function mentionAction(of: ResourceValue, name: string, at: SyntaxNode, interpreter: Interpreter): void {
  const own = resourceShape(of.service, of.shape)?.actions?.[name];
  if (own === undefined) return;
  const { operation, members } = rowOf(own);
  interpreter.recorder.mention(at.place, of, operation, at.at, requestsOf(filledIn(members, of))[0]);
}

export function callResource(of: ResourceValue, method: string, given: Arguments, at: SyntaxNode, interpreter: Interpreter): Values {
  const shape = resourceShape(of.service, of.shape);
  const own = shape?.actions?.[method] ?? added[`${of.service} ${of.shape} ${method}`];
  if (own !== undefined) return act(of, rowOf(own), given, at, interpreter);
  const other = shape?.has?.[method];
  if (other !== undefined) return [sub(of, relation(other), given.positional, given.named)];
  const transferred = of.service === "s3" ? transfers[method] : undefined;
  if (transferred && of.shape !== "") return transferOf(of, transferred, given, at, interpreter);
  if (method === "load" || method === "reload") load(of, at, interpreter);
  return [unknown];
}

function act(of: ResourceValue, { operation, members, gives }: Row, given: Arguments, at: SyntaxNode, interpreter: Interpreter): Values {
  const named = new Map([...filledIn(members, of), ...given.named]);
  const answered = request(of, operation, named, at, interpreter);
  if (operation === "BatchWriteItem") return [resource({ ...of, shape: "batch", loaded: true })];
  if (!gives) return answered;
  const ids = new Map(idsOf(gives.ids, of, [], given.named));
  // of the address of a queue, or the ARN of a topic, that is asked for by its name, the name is what is known
  const name = given.named.get(operation === "CreateTopic" ? "Name" : "QueueName");
  if (name && ids.has("Url")) ids.set("Url", name);
  if (name && operation === "CreateTopic") ids.set("Arn", name);
  const made = resource({ ...of, shape: gives.shape, loaded: false, ids });
  return [made, list([], [made])];
}

function load(of: ResourceValue, at: SyntaxNode, interpreter: Interpreter): void {
  const row = resourceShape(of.service, of.shape)?.load ?? added[`${of.service} ${of.shape} load`];
  if (row === undefined) return;
  const { operation, members } = rowOf(row);
  request(of, operation, filledIn(members, of), at, interpreter);
}

/** Buckets and objects know the first arguments of a transfer themselves. */
function transferOf(
  of: ResourceValue,
  { names, operations }: (typeof transfers)[string],
  given: Arguments,
  at: SyntaxNode,
  interpreter: Interpreter,
): Values {
  const known = of.shape === "Bucket" ? ["Bucket"] : ["Bucket", "Key"];
  const named = new Map(given.named);
  const bucket = of.ids.get(of.shape === "Bucket" ? "Name" : "BucketName");
  const key = of.ids.get("Key");
  if (bucket) named.set("Bucket", bucket);
  if (key && of.shape !== "Bucket") named.set("Key", key);
  for (const [position, name] of names.filter((one) => !known.includes(one)).entries()) {
    const value = given.positional[position];
    if (value) named.set(name, value);
  }
  for (const operation of operations) request(of, operation, named, at, interpreter);
  return [unknown];
}

function sub(
  of: ResourceValue,
  { shape, ids }: NonNullable<Row["gives"]>,
  positional: readonly Values[],
  named: ReadonlyMap<string, Values> = new Map(),
): Value {
  return resource({ ...of, shape, loaded: false, ids: idsOf(ids, of, positional, named) });
}

/** Ids of another resource: given (`$`, in order), the request's, ours by name, or not known (`?`). */
function idsOf(
  ids: Row["members"],
  of: ResourceValue,
  positional: readonly Values[],
  named: ReadonlyMap<string, Values> = new Map(),
): ReadonlyMap<string, Values> {
  let next = 0;
  return new Map(
    ids.map(([id, source]) => {
      if (source === "$") return [id, positional[next++] ?? named.get(snake(id)) ?? named.get(id) ?? [unknown]];
      if (source.startsWith("request.")) return [id, named.get(source.slice("request.".length)) ?? [unknown]];
      return [id, of.ids.get(source) ?? [unknown]];
    }),
  );
}

/** Members of a request that come from the resource: `TableName=Name`, `Delete.Objects[].Key=Key`. */
function filledIn(members: Row["members"], of: ResourceValue): Map<string, Values> {
  return new Map(
    members.map(([path, source]) => {
      const name =
        path
          .replaceAll(/\[[^\]]*\]/g, "")
          .split(".")
          .at(-1) ?? path;
      return [name, source.startsWith("'") ? [literal(source.slice(1, -1))] : (of.ids.get(source) ?? [unknown])];
    }),
  );
}

/** `bucket.objects.filter(...).delete()` */
export function callCollection(
  of: Extract<Value, { kind: "collection" }>,
  method: string,
  at: SyntaxNode,
  interpreter: Interpreter,
): Values {
  if (method === "pages") return [list([], [of])];
  const row = resourceShape(of.item.service, of.item.shape)?.batch?.[method];
  if (row === undefined) return [of];
  const { operation, members } = rowOf(row);
  request(of.item, operation, filledIn(members, of.item), at, interpreter);
  return [answer(operation)];
}

export function clientOf(of: ResourceValue): Value {
  return client(of.service, of.otherRole);
}

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
}
