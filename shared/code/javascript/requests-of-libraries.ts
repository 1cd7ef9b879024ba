/** The requests that a call of a library makes. */
import type { Evaluation } from "./evaluation.ts";
import { type Node, writtenKey } from "./nodes.ts";
import type { Call } from "./program.ts";
import type { Scope } from "./scopes.ts";
import type { Operation, Value } from "./values.ts";

interface Request {
  readonly operation: Operation;
  readonly request: Node | undefined;
  readonly scope: Scope;
  /** The name of a request that is no object. */
  readonly as?: string;
}

type Listed = Pick<Request, "request" | "scope">;

/** One for each operation and, where the options list requests under names of the program's own, for each of these. */
export function requestsTo(
  evaluation: Evaluation,
  value: Extract<Value, { kind: "asks" }>,
  node: Call["node"],
  scope: Scope,
): readonly Request[] {
  const given = node.arguments[value.request ?? 0];
  const listed = value.listed === undefined || !given ? [] : listedIn(evaluation, given, value.listed, scope);
  const requests = listed.length > 0 ? listed : [{ request: given as Node | undefined, scope }];
  return value.operations.flatMap((operation) =>
    requests.map((one) =>
      isFolder(evaluation, operation, one) ? { operation: byPath, ...one, as: "Path" } : { operation, ...one, as: value.as },
    ),
  );
}

/** `{ fetchData: { config: "/orders/config" } }` */
function listedIn(evaluation: Evaluation, options: Node, name: string, scope: Scope): readonly Listed[] {
  const members = (of: Node, at: Scope) =>
    evaluation.of(of, at).flatMap((value) => {
      if (value.kind !== "object" || value.node.type !== "ObjectExpression") return [];
      return value.node.properties.flatMap((one) =>
        one.type === "Property" ? [{ key: writtenKey(one.key, one.computed), request: one.value, scope: value.scope }] : [],
      );
    });
  return members(options, scope)
    .filter(({ key }) => key === name)
    .flatMap((list) => members(list.request, list.scope));
}

const byPath: Operation = { client: "ssm", operation: "GetParametersByPath" };

/** Parameters of which the name ends in a slash are asked for by their folder. */
function isFolder(evaluation: Evaluation, { operation }: Operation, { request, scope }: Listed): boolean {
  if (operation !== "GetParameters" || !request) return false;
  const text = request.type === "TemplateLiteral" ? request.quasis.at(-1)?.value.cooked : evaluation.keys(request, scope)[0];
  return text?.endsWith("/") === true;
}
