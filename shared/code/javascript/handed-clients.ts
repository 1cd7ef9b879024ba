/**
 * Clients that are handed to a package of which nobody here knows what it does with them: `new Store({ client })`, `wrap(client)`,
 * `repository.use(client.send.bind(client))`. What it asks for is then open.
 */
import { isBuiltin } from "node:module";
import type { CallExpression, NewExpression } from "acorn";
import { isUnknownPackage } from "./asking-packages.ts";
import type { Evaluation } from "./evaluation.ts";
import { packageOf } from "./libraries.ts";
import { bare, isFunction, type Node, writtenKey } from "./nodes.ts";
import { resolveModule } from "./resolve.ts";
import { type Definition, lookUp, type Module, type Scope } from "./scopes.ts";
import type { Value } from "./values.ts";

export interface Handed {
  readonly package: string;
  /** Of which service the clients are. */
  readonly clients: ReadonlySet<string>;
}

type Client = Pick<Extract<Value, { kind: "client" }>, "client" | "api">;

const deepest = 8;
/** What is put into a name more often is no object of a package. */
const mostDefinitions = 3;
/** Members of settings, and of what is in them. */
const mostMembers = 30;

/** What a call or creation hands to an unknown package; undefined: nothing, or it is none of such a package. */
export function handedClients(evaluation: Evaluation, node: CallExpression | NewExpression, scope: Scope): Handed | undefined {
  if (node.arguments.length === 0) return undefined;
  const from = foreignPackage(evaluation, node.callee, scope, 0);
  if (from === undefined) return undefined;
  const found = node.arguments.flatMap((one) => (one.type === "SpreadElement" ? [] : clientsIn(evaluation, one, scope, 0)));
  // without the SDK it makes no commands that it could send
  const isHarmless = evaluation.program.withoutSdk.has(from);
  const clients = new Set(found.filter(({ api }) => !(isHarmless && api === "plain")).map(({ client }) => client));
  return clients.size > 0 ? { package: from, clients } : undefined;
}

/** The unknown package from which what is called comes: a member of it, or of something that it made. */
function foreignPackage(evaluation: Evaluation, around: Node, scope: Scope, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  const node = bare(around);
  if (node.type === "Identifier" || node.type === "CallExpression") {
    const loaded = loadedPackage(evaluation, node, scope);
    if (loaded !== undefined) return loaded;
  }
  const next = (inner: Node, of = scope) => foreignPackage(evaluation, inner, of, depth + 1);
  switch (node.type) {
    case "Identifier": {
      const definitions = lookUp(scope, node.name) ?? [];
      if (definitions.length > mostDefinitions) return undefined;
      const found = definitions.map((one) => foreignDefinition(evaluation, one, scope, depth));
      return found.every((one) => one === found[0]) ? found[0] : undefined;
    }
    case "MemberExpression":
      return next(node.object);
    case "NewExpression":
      return next(node.callee);
    case "CallExpression": {
      const [loaded] = node.arguments;
      const written = loaded && loaded.type !== "SpreadElement" ? writtenKey(loaded, true) : undefined;
      if (written !== undefined && node.callee.type === "Identifier" && node.callee.name === "require")
        return unknownPackage(evaluation, written, scope.module);
      // `__importStar(require("a"))`
      const wraps = node.callee.type === "Identifier" && node.callee.name.startsWith("__") && loaded?.type === "CallExpression";
      return next(wraps ? loaded : node.callee);
    }
    case "ImportExpression": {
      const written = writtenKey(node.source, true);
      return written === undefined ? undefined : unknownPackage(evaluation, written, scope.module);
    }
    case "Super":
      return scope.cls?.superClass ? next(scope.cls.superClass) : undefined;
    default:
      return undefined;
  }
}

/** What webpack names by number. In a bundle with the SDK inside it would cost too much to ask. */
function loadedPackage(evaluation: Evaluation, node: Node, scope: Scope): string | undefined {
  if (evaluation.program.libraryBodies.size > 0 || scope.module.ofSdk.length > 0) return undefined;
  const [value, ...others] = evaluation.of(node, scope);
  return value?.kind === "package" && others.length === 0 ? unknownPackage(evaluation, value.name, scope.module) : undefined;
}

function foreignDefinition(evaluation: Evaluation, definition: Definition, { module }: Scope, depth: number): string | undefined {
  if (definition.kind === "import") return unknownPackage(evaluation, definition.source, module);
  return definition.kind === "value" ? foreignPackage(evaluation, definition.node, definition.scope, depth + 1) : undefined;
}

/** Packages that are read, that everybody knows, or of which it is told anyway that they ask for something, are no unknown ones. */
function unknownPackage({ program }: Evaluation, specifier: string, from: Module): string | undefined {
  if (!/^@?[a-z]/i.test(specifier)) return undefined;
  const name = packageOf(specifier);
  if (!isUnknownPackage(name) || isBuiltin(specifier) || resolveModule(program, specifier, from.path)) return undefined;
  return name;
}

function clientsIn(evaluation: Evaluation, around: Node, scope: Scope, depth: number): Client[] {
  if (depth > 2) return [];
  const node = bare(around);
  if (isFunction(node)) return clientsOfSender(evaluation, node, scope);
  const bound = boundClient(node);
  if (bound) return clientsIn(evaluation, bound, scope, depth);
  return evaluation.of(node, scope).flatMap((value) => {
    if (value.kind === "client" || value.kind === "method") return value.guess ? [] : [value];
    if (value.kind === "function") return clientsOfSender(evaluation, value.node, value.scope);
    if (value.kind !== "object") return [];
    const { node: table, scope: inside } = value;
    if (table.type === "ArrayExpression")
      return table.elements
        .slice(0, mostMembers)
        .flatMap((one) => (one && one.type !== "SpreadElement" ? clientsIn(evaluation, one, inside, depth + 1) : []));
    if (table.type !== "ObjectExpression") return [];
    return table.properties
      .slice(0, mostMembers)
      .flatMap((one) => (one.type === "Property" && !isFunction(one.value) ? clientsIn(evaluation, one.value, inside, depth + 1) : []));
  });
}

/** `client.send.bind(client)`, `client.send` */
function boundClient(node: Node): Node | undefined {
  if (node.type === "MemberExpression") return writtenKey(node.property, node.computed) === "send" ? node.object : undefined;
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || writtenKey(node.callee.property, false) !== "bind")
    return undefined;
  const [to] = node.arguments;
  return to && to.type !== "SpreadElement" && to.type !== "ThisExpression" ? to : undefined;
}

/** `(command) => client.send(command)`: whoever gets it sends what he likes. */
function clientsOfSender(
  evaluation: Evaluation,
  { params, body }: Extract<Node, { type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }>,
  scope: Scope,
): Client[] {
  const [first] = params;
  const sends =
    body.type === "BlockStatement" ? body.body.map((one) => (one.type === "ReturnStatement" ? one.argument : undefined)) : [body];
  return sends.flatMap((around) => {
    const call = around && bare(around);
    if (call?.type !== "CallExpression" || first?.type !== "Identifier" || call.callee.type !== "MemberExpression") return [];
    const [sent] = call.arguments;
    const passes = sent?.type === "Identifier" && sent.name === first.name && writtenKey(call.callee.property, false) === "send";
    const client = call.callee.object;
    if (!passes || client.type === "Super") return [];
    return evaluation.of(client, scope).flatMap((value) => (value.kind === "client" ? [value] : []));
  });
}
