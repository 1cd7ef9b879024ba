/** What a call gives back. */
import type { CallExpression } from "acorn";
import { bundledModule, whole, wrappedModule } from "./bundled-modules.ts";
import { resultOfCollection } from "./collections.ts";
import type { Evaluation } from "./evaluation.ts";
import { isReflect } from "./indirect-calls.ts";
import { clientDefinedV2 } from "./markers-v2.ts";
import { builderOf } from "./markers-v3.ts";
import { bare, isFunction, type Node, writtenKey } from "./nodes.ts";
import { valuesOfSlot } from "./private-slots.ts";
import { lookUp, type Scope } from "./scopes.ts";
import { resultOfStateMachine } from "./state-machines.ts";
import { instanceOf, isOfSdk, isSdkPackage, type Value, type Values } from "./values.ts";

export function resultOf(evaluation: Evaluation, node: CallExpression, scope: Scope): Values {
  // what its texts say by themselves leads into no circles
  const defined = builderOf(node) ?? clientDefinedV2(node);
  if (defined) return [defined];
  const callee = bare(node.callee);
  const first = node.arguments[0];
  const written = first && writtenKey(first, true);
  if (written !== undefined && callee.type === "Identifier") {
    // also a bundler's own function of the kind, which is called otherwise
    if ((callee.name === "require" && !lookUp(scope, "require")) || isSdkPackage(written)) return evaluation.load(written, scope.module);
  }
  const slot = valuesOfSlot(evaluation, node, scope);
  if (slot) return slot;
  const step = resultOfStateMachine(evaluation, node, scope);
  if (step) return step;
  const bundled = wrappedModule(evaluation, node) ?? bundledModule(evaluation, node, scope);
  if (bundled) return bundled;
  const paginator = ofPaginatorFactory(evaluation, node, scope);
  if (paginator) return [paginator];
  if (callee.type === "MemberExpression") {
    const result = resultOfMethod(evaluation, node, callee, scope);
    if (result) return result;
  }
  const called = evaluation.of(callee, scope);
  if (called.length === 0) return passedThrough(evaluation, node, scope);
  return called.flatMap((value) => resultOfCalling(evaluation, value, node, scope));
}

/** `createPaginator(Client, ScanCommand, "ExclusiveStartKey", "LastEvaluatedKey", "Limit")`, whatever it is called. */
function ofPaginatorFactory(evaluation: Evaluation, { arguments: given }: CallExpression, scope: Scope): Value | undefined {
  const [client, command, token] = given;
  if (given.length < 4 || client?.type === "SpreadElement" || token?.type !== "Literal" || typeof token.value !== "string")
    return undefined;
  if (command?.type !== "Identifier" && command?.type !== "MemberExpression" && command?.type !== "ClassExpression") return undefined;
  const operations = evaluation.of(command, scope).filter((value) => value.kind === "command");
  return operations.length > 0
    ? { kind: "asks", operations: operations.map(({ client: of, operation }) => ({ client: of, operation })), request: 1 }
    : undefined;
}

function resultOfCalling(evaluation: Evaluation, value: Value, node: CallExpression, scope: Scope): Values {
  switch (value.kind) {
    case "function": {
      const values = evaluation.returned(value);
      // `var require_x = wrap((exports, module) => {...})`, `__toESM(require_x())`: what is put in comes out
      if (values.some((one) => isOfSdk(one))) return values;
      return [
        ...values,
        ...passedThrough(
          evaluation,
          node,
          scope,
          (one) => one.kind === "package" || one.kind === "clientClass" || (one.kind === "client" && values.length === 0),
        ),
      ];
    }
    case "package":
      // a library of which we know nothing: `captureAWSv3Client(client)`
      return passedThrough(evaluation, node, scope);
    case "bundled":
      return value.called ? whole(evaluation, value.node) : [value];
    case "module":
    case "client":
    case "clientClass":
    case "command":
      return [value];
    default:
      return [];
  }
}

/** Of functions that we cannot see into: what of AWS is put in comes out, perhaps with something around it. */
function passedThrough(evaluation: Evaluation, node: CallExpression, scope: Scope, only: (value: Value) => boolean = isOfSdk): Values {
  return node.arguments.slice(0, 3).flatMap((argument) => {
    if (argument.type === "SpreadElement" || isFunction(argument)) return [];
    return evaluation.of(argument, scope).filter((value) => only(value) || value.kind === "module" || value.kind === "bundled");
  });
}

/** Methods that every value has; undefined: it is another one. */
function resultOfMethod(
  evaluation: Evaluation,
  node: CallExpression,
  callee: Extract<Node, { type: "MemberExpression" }>,
  scope: Scope,
): Values | undefined {
  const key = writtenKey(callee.property, callee.computed);
  const first = node.arguments[0];
  const valuesOf = (argument: (typeof node.arguments)[number] | undefined) =>
    argument && argument.type !== "SpreadElement" ? evaluation.of(argument, scope) : [];
  switch (key) {
    case "bind":
      return evaluation.of(callee.object, scope);
    case "get": {
      const [object, name] = isReflect(callee.object, scope) ? node.arguments : [];
      if (!object || !name || object.type === "SpreadElement" || name.type === "SpreadElement")
        return resultOfCollection(evaluation, node, callee, scope);
      return evaluation.keys(name, scope).flatMap((one) => evaluation.member(evaluation.of(object, scope), one));
    }
    case "construct":
      return isReflect(callee.object, scope) ? valuesOf(first).flatMap(instanceOf) : undefined;
    case "from": {
      const classes = evaluation.of(callee.object, scope).filter((value) => value.kind === "clientClass");
      return classes.length > 0 ? classes.map(({ client, api }) => ({ kind: "client", client, api })) : undefined;
    }
    case "assign":
    case "freeze":
      return isGlobal(callee.object, "Object", scope) ? node.arguments.flatMap(valuesOf) : undefined;
    case "all":
    case "resolve":
      return isGlobal(callee.object, "Promise", scope) ? valuesOf(first) : undefined;
    case "then": {
      // `.then(require.bind(require, 518))`
      if (first?.type === "CallExpression") return bundledModule(evaluation, first, scope) ?? [];
      if (!first || !isFunction(first as Node)) return [];
      return evaluation.of(first as Node, scope).flatMap((value) => (value.kind === "function" ? evaluation.returned(value) : []));
    }
    default:
      return resultOfCollection(evaluation, node, callee, scope);
  }
}

function isGlobal(node: Node, name: string, scope: Scope): boolean {
  return node.type === "Identifier" && node.name === name && !lookUp(scope, name);
}
