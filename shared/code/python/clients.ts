/** Calls of boto3's clients. */
import { operationsOf, waiterOperation } from "../../data/boto3.ts";
import type { CodeText } from "../../model/code.ts";
import { argument, membersGiven } from "./arguments.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Caller } from "./recorder.ts";
import { requestsOf } from "./request.ts";
import type { SyntaxNode } from "./syntax.ts";
import { literalsOf, textsOf } from "./texts.ts";
import { type Arguments, type ClientValue, entriesOf, list, unknown, type Value, type Values } from "./values.ts";

/** What a client has beside operations. */
const noOperation =
  /^(_|can_paginate$|close$|exceptions$|meta$|generate_presigned_(url|post)$|get_(paginator|waiter)$|(up|down)load_file(obj)?$|copy$)/;
const verbs = /^(get|list|describe|create|delete|put|update|start|stop|batch|send|tag|untag|search|invoke|publish|add|remove|set)_/;

/** The operation behind a method's name, as the API has it; undefined where it is none that this service has. */
export function operationOf(service: string, method: string): string | undefined {
  if (noOperation.test(method)) return undefined;
  const known = operationsOf(service);
  if (known) return known.get(method.replaceAll("_", ""));
  return /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(method) ? pascal(method) : undefined;
}

/** `describe_db_instances`: `DescribeDbInstances`; actions are compared without case. */
export function pascal(method: string): string {
  return method
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/**
 * A method of a client is called.
 * @param alone it can only be this client: an operation that our table does not know yet may be a new one
 */
export function callClient(
  of: ClientValue,
  method: string,
  given: Arguments,
  at: SyntaxNode,
  alone: boolean,
  interpreter: Interpreter,
): Values {
  const special = specials[method];
  if (special) return special(of, given, at, interpreter);
  const transferred = of.service === "s3" ? transfers[method] : undefined;
  if (transferred) return transfer(of, transferred, given, at, interpreter);
  const operation = operationOf(of.service, method);
  if (operation !== undefined) return request(of, operation, membersGiven(given), at, interpreter);
  if (alone && verbs.test(method) && !noOperation.test(method)) {
    for (const parameters of requestsOf(membersGiven(given))) interpreter.recorder.call(of, pascal(method), parameters, at.at, "medium");
  }
  return [unknown];
}

/** Records the operation. @returns what AWS answers */
export function request(
  of: Caller,
  operation: string,
  named: ReadonlyMap<string, Values>,
  at: SyntaxNode,
  interpreter: Interpreter,
): Values {
  const all = of.endpoint ? new Map([...named, ["EndpointUrl", of.endpoint] as const]) : named;
  for (const parameters of requestsOf(all)) interpreter.recorder.call(of, operation, parameters, at.at);
  const name = named.get(operation === "CreateTopic" ? "Name" : "QueueName");
  return [answer(operation, name && textsOf(name)[0])];
}

export function answer(operation: string, name?: CodeText): Value {
  return { kind: "answer", operation, key: `answer ${operation} ${JSON.stringify(name ?? "")}`, ...(name && { name }) };
}

type Special = (of: ClientValue, given: Arguments, at: SyntaxNode, interpreter: Interpreter) => Values;

/** The operation is named by a text. */
const namedOperation =
  (
    position: number,
    argumentName: string,
    use: (of: ClientValue, operation: string, given: Arguments, at: SyntaxNode, i: Interpreter) => Values,
  ) =>
  (of: ClientValue, given: Arguments, at: SyntaxNode, interpreter: Interpreter): Values => {
    const { texts, whole } = literalsOf(argument(given, position, argumentName));
    if (!whole) interpreter.recorder.unresolved(`an operation of ${of.service} whose name is put together at run time`, at.at);
    const values = texts.flatMap((text) => use(of, text, given, at, interpreter));
    return values.length > 0 ? values : [unknown];
  };

/** Tokens for a database are signed here; the database then asks for an action of another service's name. */
const tokenArguments = ["DBHostname", "Port", "DBUsername", "Region"];
const asService = ({ otherRole }: Caller, service: string): Caller => ({ service, otherRole });

const specials: Readonly<Record<string, Special>> = {
  get_paginator: namedOperation(0, "operation_name", (of, text, _, at, interpreter) =>
    later(of, "paginator", operationOf(of.service, text), at, interpreter),
  ),
  get_waiter: namedOperation(0, "waiter_name", (of, text, _, at, interpreter) =>
    later(of, "waiter", waiterOperation(of.service, text), at, interpreter),
  ),
  generate_presigned_url: namedOperation(0, "ClientMethod", (of, text, given, at, interpreter) => {
    const members = entriesOf(argument(given, 1, "Params").filter((value) => value.kind === "dict"));
    const operation = operationOf(of.service, text);
    if (operation !== undefined) request(of, operation, members, at, interpreter);
    return [unknown];
  }),
  _make_api_call: namedOperation(0, "operation_name", (of, text, given, at, interpreter) => {
    const members = entriesOf(argument(given, 1, "api_params").filter((value) => value.kind === "dict"));
    return request(of, text, members, at, interpreter);
  }),
  generate_db_auth_token: (of, given, at, interpreter) => {
    if (of.service === "rds") request(asService(of, "rds-db"), "connect", members(given, tokenArguments), at, interpreter);
    return [unknown];
  },
  generate_db_connect_auth_token: (of, given, at, interpreter) => {
    if (of.service === "dsql") request(of, "DbConnect", members(given, ["hostname"]), at, interpreter);
    return [unknown];
  },
  generate_db_connect_admin_auth_token: (of, given, at, interpreter) => {
    if (of.service === "dsql") request(of, "DbConnectAdmin", members(given, ["hostname"]), at, interpreter);
    return [unknown];
  },
  generate_presigned_post: (of, given, at, interpreter) => {
    if (of.service === "s3") request(of, "PutObject", members(given, ["Bucket", "Key"]), at, interpreter);
    return [unknown];
  },
};

/** A paginator or waiter: what it calls is recorded where it is run, or here where nobody is seen to run it. */
function later(
  of: ClientValue,
  kind: "paginator" | "waiter",
  operation: string | undefined,
  at: SyntaxNode,
  interpreter: Interpreter,
): Values {
  if (operation === undefined) return [unknown];
  interpreter.recorder.mention(at.place, of, operation, at.at);
  return [{ kind, client: of, operation, at: at.place, key: `${kind} ${of.key} ${operation} ${at.place}` }];
}

/** `paginator.paginate(...)`, `waiter.wait(...)` */
export function runLater(
  of: Extract<Value, { kind: "paginator" | "waiter" }>,
  given: Arguments,
  at: SyntaxNode,
  interpreter: Interpreter,
): Values {
  interpreter.recorder.settle(of.at);
  return [list([], request(of.client, of.operation, membersGiven(given), at, interpreter))];
}

/**
 * What boto3's managed transfers call, as boto3's s3transfer does it; a large file goes in parts. Giving an upload up (AbortMultipartUpload) only follows an error and is not counted as needed.
 */
export const transfers: Readonly<Record<string, { names: readonly string[]; operations: readonly string[] }>> = {
  upload_file: { names: ["Filename", "Bucket", "Key", "ExtraArgs"], operations: ["PutObject", "UploadPart"] },
  upload_fileobj: { names: ["Fileobj", "Bucket", "Key", "ExtraArgs"], operations: ["PutObject", "UploadPart"] },
  download_file: { names: ["Bucket", "Key", "Filename", "ExtraArgs"], operations: ["HeadObject", "GetObject"] },
  download_fileobj: { names: ["Bucket", "Key", "Fileobj", "ExtraArgs"], operations: ["HeadObject", "GetObject"] },
  copy: { names: ["CopySource", "Bucket", "Key", "ExtraArgs"], operations: ["CopyObject"] },
};

export function transfer(
  of: Caller,
  { names, operations }: { names: readonly string[]; operations: readonly string[] },
  given: Arguments,
  at: SyntaxNode,
  interpreter: Interpreter,
): Values {
  for (const operation of operations) request(of, operation, members(given, names), at, interpreter);
  return [unknown];
}

/** Arguments that have a position as well as a name. */
function members(given: Arguments, names: readonly string[]): ReadonlyMap<string, Values> {
  const all = names.map((name, position) => [name, argument(given, position, name)] as const);
  // files are on this side
  return new Map(all.filter(([name, values]) => values.length > 0 && !name.startsWith("File")));
}
