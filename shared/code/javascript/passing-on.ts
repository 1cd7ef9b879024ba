/** What stands where something is created: commands that only pass a request on, and names of commands that are put together. */
import { type Node, writtenKey } from "./nodes.ts";
import type { Creation } from "./program.ts";
import type { Scope } from "./scopes.ts";

/** `${name}Command`, `name + "Command"` */
export function endsInCommand(name: Node): boolean {
  if (name.type === "TemplateLiteral") return name.quasis.at(-1)?.value.raw.endsWith("Command") === true;
  return name.type === "BinaryExpression" && name.right.type === "Literal" && String(name.right.value).endsWith("Command");
}

/**
 * What only passes a request on, inside the SDK: `client.send(new ScanCommand(input), ...rest)` of a paginator,
 * `this.clientCommand = new GetItemCommand(this.input)` of lib-dynamodb.
 */
export function isPassing(node: Creation["node"], scope: Scope, parent: Node): boolean {
  if (parent.type === "AssignmentExpression")
    return parent.left.type === "MemberExpression" && writtenKey(parent.left.property, parent.left.computed) === "clientCommand";
  const params = scope.fn?.params ?? [];
  // `async (Command, client, input, withCommand, ...rest) => { ... new Command(input)` of createPaginator
  const [made] = params;
  if (params.length === 5 && params[4]?.type === "RestElement" && made?.type === "Identifier" && node.callee.type === "Identifier")
    return node.callee.name === made.name;
  if (parent.type !== "CallExpression" || scope.fn?.params.length !== 3) return false;
  const [request] = node.arguments;
  const [, input, rest] = scope.fn.params;
  return rest?.type === "RestElement" && input?.type === "Identifier" && request?.type === "Identifier" && request.name === input.name;
}
