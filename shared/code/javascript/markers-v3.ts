/**
 * Classes of the SDK v3 inside a bundle, where a minifier may have taken their names. What it cannot take are texts: every command
 * carries the names of its operation and its client. Generations, as read in the packages:
 * - 3.28, 3.300: `resolveMiddleware() { ... clientName = "SQSClient"; commandName = "SendMessageCommand" ... }`
 * - 3.499 to 3.9xx: `Command.classBuilder()....s("AmazonSQS", "SendMessage", {}).n("SQSClient", "SendMessageCommand")....build()`
 * - 3.11xx: `command = makeBuilder(parameters, "AmazonSQS", "SQSClient", plugin)`; `class extends command(ep, mw, "SendMessage", schema)`
 * - lib-dynamodb: `this.clientCommand = new GetItemCommand(this.input)`
 */
import type { CallExpression } from "acorn";
import type { Evaluation } from "./evaluation.ts";
import { bare, type ClassNode, type Node, writtenKey } from "./nodes.ts";
import { lookUp, type Module, type Scope } from "./scopes.ts";
import { clientName, type Value } from "./values.ts";

/** A command is at most about this long, also with its comments; larger classes are not searched for its texts. */
const longestCommand = 12_000;
const built = /\.n\(\s*["'](\w+)Client["'],\s*["'](\w+)Command["']\s*\)/;
const spelled = /["'](\w+)Client["'][^"']{1,60}["'](\w+)Command["']/;

/** What a class is: a command, a client, or a class of the program's own. */
export function classValue(evaluation: Evaluation, node: ClassNode, scope: Scope): Value {
  const { module } = scope;
  const over = node.superClass && bare(node.superClass);
  if (!over) return { kind: "class", node, scope };
  if (over.type === "CallExpression") {
    const command = ofBuilder(evaluation, over, scope) ?? ofText(built, module.text.slice(over.start, over.end));
    if (command) return command;
  }
  if (node.end - node.start < longestCommand && node.body.body.length > 0) {
    const command = ofBody(evaluation, node, module);
    if (command) return command;
  }
  const aggregated = clientOfAggregated(evaluation, node, scope);
  if (aggregated) return { kind: "clientClass", client: aggregated, api: "whole" };
  const [parent] = evaluation.of(over, scope);
  // `class Orders extends DynamoDBClient`: one of the program's own
  if (parent?.kind === "clientClass" && node.body.body.length === 0)
    return { ...parent, api: parent.api === "plain" ? "whole" : parent.api };
  return { kind: "class", node, scope };
}

function ofBuilder(evaluation: Evaluation, { callee, arguments: given }: CallExpression, scope: Scope): Value | undefined {
  const operation = given[2];
  if (operation?.type !== "Literal" || typeof operation.value !== "string" || !/^[A-Z]\w*$/.test(operation.value)) return undefined;
  const builder = evaluation.of(callee, scope).find(({ kind }) => kind === "builder");
  return builder?.kind === "builder" ? { kind: "command", client: builder.client, operation: operation.value } : undefined;
}

/** `makeBuilder(parameters, "AmazonSQS", "SQSClient", plugin)`, whatever it is called. */
export function builderOf({ arguments: [, service, client] }: CallExpression): Value | undefined {
  if (service?.type !== "Literal" || typeof service.value !== "string" || client?.type !== "Literal") return undefined;
  return typeof client.value === "string" && /^\w+Client$/.test(client.value)
    ? { kind: "builder", client: clientName(client.value) }
    : undefined;
}

function ofText(marker: RegExp, text: string): Value | undefined {
  const [, client, operation] = marker.exec(text) ?? [];
  return client && operation ? { kind: "command", client: clientName(client), operation } : undefined;
}

function ofBody(evaluation: Evaluation, node: ClassNode, module: Module): Value | undefined {
  const text = module.text.slice(node.start, node.end);
  if (text.includes("resolveMiddleware") && text.includes("Command")) {
    const command = ofText(spelled, text);
    if (command) return command;
  }
  const wrapped = /\.clientCommand\s*=\s*new\b/.exec(text);
  if (!wrapped) return undefined;
  const creation = evaluation.program.creations.find(
    ({ node: made, scope, parent }) =>
      scope.module === module && made.start > node.start && made.end < node.end && parent.type === "AssignmentExpression",
  );
  // lib-dynamodb: the name says it where bundlers leave it
  const made = creation && bare(creation.node.callee);
  const named = made?.type === "MemberExpression" && /^([A-Z]\w*)Command$/.exec(writtenKey(made.property, made.computed) ?? "")?.[1];
  if (named) return { kind: "command", client: "dynamodb", operation: named };
  return creation && evaluation.of(creation.node.callee, creation.scope).find(({ kind }) => kind === "command");
}

/** `createAggregatedClient(commands, SQS)`: the client of the commands, for that class. */
function clientOfAggregated(evaluation: Evaluation, node: ClassNode, scope: Scope): string | undefined {
  const name = node.id?.name ?? evaluation.program.classNames.get(node);
  if (!name) return undefined;
  for (const call of evaluation.program.aggregations.get(name) ?? []) {
    const named = lookUp(call.scope, name)?.some((definition) => definition.kind === "value" && definition.node === node);
    if (call.scope.module !== scope.module || !named) continue;
    const commands = evaluation.of(call.node.arguments[0] as Node, call.scope)[0];
    if (commands?.kind !== "object" || commands.node.type !== "ObjectExpression") continue;
    const first = commands.node.properties[0];
    if (first?.type !== "Property") continue;
    const command = evaluation.of(first.value, commands.scope)[0];
    if (command?.kind === "command") return command.client;
  }
  return undefined;
}

/**
 * What has to be looked at in a class of the SDK whose code says no more than what it is: nothing in a client and in a command that
 * carries the names of both, else what makes the command. Undefined: it is no such class.
 */
export function partsOfSdkClass(node: ClassNode, text: string): readonly Node[] | undefined {
  const over = node.superClass && bare(node.superClass);
  if (!over) return undefined;
  if (over.type === "CallExpression" && node.body.body.length === 0) {
    const [, , operation] = over.arguments;
    if (operation?.type === "Literal") return [over.callee];
    return built.test(text.slice(over.start, over.end)) ? [] : undefined;
  }
  const code = text.slice(node.start, node.end);
  // of lib-dynamodb
  if (code.includes(".clientCommand")) return [node.body];
  const client = /\bsuper\(/.test(code) && /\bthis\.middlewareStack(\.use\(|\s*=)/.test(code);
  return client || (code.includes("resolveMiddleware") && spelled.test(code)) ? [] : undefined;
}
