/** Addresses and ARNs that an answer gives of what was asked for by its name: `(await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl`. */
import type { Evaluation } from "./evaluation.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";
import { type Expression, lookUp } from "./scopes.ts";

/** Member of the answer -> operations that give it, and the member of the request that names the thing. */
const answers: Readonly<Record<string, { readonly operations: readonly string[]; readonly name: string } | undefined>> = {
  QueueUrl: { operations: ["GetQueueUrl", "CreateQueue"], name: "QueueName" },
  TopicArn: { operations: ["CreateTopic"], name: "Name" },
};

/** The request whose member `name` tells what a member of its answer is; undefined: it is no such answer. */
export function requestAnswered(
  evaluation: Evaluation,
  answer: Expression,
  key: string,
): { request: Expression; name: string } | undefined {
  const known = Object.hasOwn(answers, key) ? answers[key] : undefined;
  const call = known && callOf(answer);
  if (!known || call?.node.type !== "CallExpression") return undefined;
  const { node, scope } = call;
  const callee = bare(node.callee);
  const [first] = node.arguments;
  if (callee.type !== "MemberExpression" || !first || first.type === "SpreadElement") return undefined;
  const method = writtenKey(callee.property, callee.computed) ?? "";
  const command = bare(first);
  if (method === "send" && command.type === "NewExpression") {
    const asks = evaluation
      .of(command.callee, scope)
      .some((value) => value.kind === "command" && known.operations.includes(value.operation));
    const [request] = command.arguments;
    return asks && request && request.type !== "SpreadElement" ? { request: { node: request, scope }, name: known.name } : undefined;
  }
  const isMethod = known.operations.some((operation) => operation.toLowerCase() === method.toLowerCase());
  return isMethod ? { request: { node: first, scope }, name: known.name } : undefined;
}

/** The call that an expression or the name of its result stands for; `.promise()` of SDK v2 taken off. */
function callOf({ node: around, scope }: Expression): Expression | undefined {
  const node: Node = bare(around);
  if (node.type === "Identifier") {
    const [only, ...others] = lookUp(scope, node.name) ?? [];
    if (only?.kind !== "value" || others.length > 0 || only.path.length > 0 || bare(only.node).type === "Identifier") return undefined;
    return callOf(only);
  }
  if (node.type !== "CallExpression") return undefined;
  const callee = bare(node.callee);
  const isPromise =
    callee.type === "MemberExpression" && node.arguments.length === 0 && writtenKey(callee.property, callee.computed) === "promise";
  return isPromise ? callOf({ node: callee.object, scope }) : { node, scope };
}
