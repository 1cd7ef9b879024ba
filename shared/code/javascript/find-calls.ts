/** The calls of a program, and what looks like one but cannot be told. */
import type { SdkCall, UnresolvedCall } from "../../model/code.ts";
import { isOperationLike, isSent, isWaiting } from "./call-forms.ts";
import { maximumTable } from "./collections.ts";
import type { Evaluation } from "./evaluation.ts";
import { handedClients } from "./handed-clients.ts";
import { type IndirectCall, indirectCall } from "./indirect-calls.ts";
import { memberOfPackage } from "./libraries.ts";
import { isInLibrary } from "./library-bodies.ts";
import { methodsInBundle } from "./methods-in-bundle.ts";
import { operationOfArgument, operationsOfV2Method } from "./names-of-v2.ts";
import { operationOfMethod } from "./names-of-v3.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";
import { requestsOf } from "./parameters.ts";
import { endsInCommand, isPassing } from "./passing-on.ts";
import { plausible } from "./plausible.ts";
import type { Call, Creation } from "./program.ts";
import { requestsTo } from "./requests-of-libraries.ts";
import { type Module, placeOf, type Scope } from "./scopes.ts";
import { signedBy } from "./signed-requests.ts";
import { isSdkPackage, type Operation, type Value, type Values } from "./values.ts";

export interface Found {
  readonly calls: SdkCall[];
  readonly unresolved: UnresolvedCall[];
}

/** What credentials ask for: that needs no permission of the role. */
const ofCredentials = /^(sso|ssooidc|signin)\.|^cognitoidentity\.(GetId|GetCredentialsForIdentity|GetOpenIdToken)$/;

/** `runs`: whether what stands in a scope can run; undefined: all of it counts. */
export function findCalls(evaluation: Evaluation, counts: (module: Module) => boolean, runs?: (scope: Scope) => boolean): Found {
  const finder = new Finder(evaluation);
  const { program } = evaluation;
  const isOwn = ({ node: { start }, scope }: Call | Creation) =>
    counts(scope.module) && !scope.module.ofSdk.some(([from, to]) => start >= from && start < to) && (!runs || runs(scope));
  for (const creation of program.creations) if (isOwn(creation)) finder.creation(creation);
  for (const call of program.calls) if (isOwn(call)) finder.call(call);
  return finder.found;
}

class Finder {
  readonly found: Found = { calls: [], unresolved: [] };
  readonly #evaluation: Evaluation;
  /** Names of methods that can be an operation; undefined: any. */
  readonly #methods: ReadonlySet<string> | undefined;

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
    this.#methods = methodsInBundle(evaluation);
  }

  creation({ node, scope, parent }: Creation): void {
    const [request] = node.arguments;
    if (isPassing(node, scope, parent) || this.#isInLibrary(scope)) return;
    this.#handed(node, scope);
    for (const value of this.#valuesOf(node.callee, scope, isSent(parent))) {
      if (value.kind === "command") this.#add(value, node, scope, request, value.guess);
      else if (value.kind === "askingClass") for (const operation of value.operations) this.#add(operation, node, scope, request);
      else if (value.kind === "signer") this.#signed(value, node, scope);
    }
    this.#dynamic(node.callee, node, scope);
  }

  call({ node, scope }: Call): void {
    const callee = bare(node.callee);
    const key = callee.type === "MemberExpression" ? writtenKey(callee.property, callee.computed) : undefined;
    const indirect = indirectCall(node, scope);
    if (indirect) {
      this.#indirect(indirect, node, scope);
      return;
    }
    this.#handed(node, scope);
    if (key !== undefined && this.#methods && !this.#methods.has(key)) return;
    if (this.#isInLibrary(scope)) return;
    for (const value of plausible(this.#valuesOf(callee, scope, isOperationLike(key)))) this.#called(value, node, scope);
    if (isWaiting(node)) this.#waits(node, scope);
    this.#dynamic(callee, node, scope);
  }

  /** @param asks it is written like something that asks AWS: that it is nothing at all is worth a second look */
  #valuesOf(node: Node, scope: Scope, asks: boolean): Values {
    const values = this.#evaluation.of(node, scope);
    return values.length === 0 && asks ? this.#evaluation.again(node, scope) : values;
  }

  /** What an unknown package does with clients. */
  #handed(node: Call["node"] | Creation["node"], scope: Scope): void {
    const handed = handedClients(this.#evaluation, node, scope);
    for (const client of handed?.clients ?? [])
      this.#unresolved(`what the package ${handed?.package} does with a client of ${client}`, node, scope, client);
  }

  /** A waiter that a minifier has put where it is called: `wait({ minDelay: 2, maxDelay: 120 }, request, ask)`. */
  #waits({ arguments: [, request, ask] }: Call["node"], scope: Scope): void {
    if (!ask || ask.type === "SpreadElement") return;
    for (const value of this.#evaluation.of(ask, scope))
      if (value.kind === "asks") for (const operation of value.operations) this.#add(operation, ask, scope, request);
  }

  #indirect({ callee, given, creates }: IndirectCall, node: Call["node"], scope: Scope): void {
    const direct = { ...node, callee, arguments: given } as Call["node"];
    if (creates) {
      this.creation({ node: { ...direct, type: "NewExpression" } as Creation["node"], scope, parent: node });
      return;
    }
    for (const value of plausible(this.#evaluation.of(callee, scope))) this.#called(value, direct, scope);
    this.#dynamic(callee, node, scope);
  }

  #called(value: Value, node: Call["node"], scope: Scope): void {
    if (value.kind === "asks") {
      if (value.unknown) this.#unresolved(`what ${value.unknown} asks for`, node, scope);
      for (const { operation, request, scope: at, as } of requestsTo(this.#evaluation, value, node, scope))
        this.#add(operation, node, scope, request, undefined, as, at);
    } else if (value.kind === "method") this.#method(value, node, scope);
    else if (value.kind === "package") {
      // a module of CommonJS that is what others call its default
      const itself = memberOfPackage(value.name, "default");
      if (itself?.kind === "asks") this.#called(itself, node, scope);
    } else if (value.kind === "signer") this.#signed(value, node, scope);
  }

  #signed({ inside }: Extract<Value, { kind: "signer" }>, node: Call["node"] | Creation["node"], scope: Scope): void {
    const { operations, whole, written } = signedBy(this.#evaluation, node, scope);
    if (inside && !written) return;
    for (const operation of operations) this.#add(operation, node, scope);
    if (!whole) this.#unresolved("a request that the code signs itself", node, scope);
  }

  #method({ client, api, name, guess }: Extract<Value, { kind: "method" }>, node: Call["node"], scope: Scope): void {
    const [first, second] = node.arguments;
    if (api === "v2" || api === "v2document") {
      const operations = operationsOfV2Method(client, api === "v2document", name);
      if (operations !== "byArgument") {
        for (const operation of operations ?? []) this.#add(operation, node, scope, first, guess);
        return;
      }
      const named = first && first.type !== "SpreadElement" ? this.#evaluation.keys(first, scope) : [];
      if (named.length === 0) this.#unresolved(`${name} of ${client}, of an operation named at run time`, node, scope, client);
      for (const argument of named) {
        const operation = operationOfArgument(client, name, argument);
        if (operation) this.#add(operation, node, scope, second, guess);
      }
      return;
    }
    if (api === "plain") return;
    const operation = operationOfMethod(client, api, name);
    if (operation) this.#add(operation, node, scope, /^(wait|paginate)/.test(name) && node.arguments.length > 1 ? second : first, guess);
  }

  /** `client[name]()`, `new sdk[name]()` where the name is put together at run time. */
  #dynamic(around: Node, node: Node, scope: Scope): void {
    const callee = bare(around);
    if (callee.type !== "MemberExpression" || !callee.computed || writtenKey(callee.property, true) !== undefined) return;
    if (this.#evaluation.keys(callee.property, scope).length > 0) return;
    if (node.type === "NewExpression" && endsInCommand(callee.property)) {
      this.#unresolved("a command named at run time", node, scope);
      return;
    }
    for (const value of this.#evaluation.of(callee.object, scope)) {
      if (value.kind === "client" && value.api !== "plain")
        this.#unresolved(`an operation of ${value.client} named at run time`, node, scope, value.client);
      else if (value.kind === "package" && isSdkPackage(value.name))
        this.#unresolved(`a member of ${value.name} named at run time`, node, scope);
      else if (value.kind === "object" && this.#isNamespace(value)) this.#unresolved("a member of the SDK named at run time", node, scope);
    }
  }

  /** All that a package of the SDK gives, as rollup joins it: an object of very many members, of commands among them. */
  #isNamespace({ node, scope }: Extract<Value, { kind: "object" }>): boolean {
    if (node.type !== "ObjectExpression" || node.properties.length <= maximumTable) return false;
    return node.properties.some(
      (one) => one.type === "Property" && this.#evaluation.of(one.value, scope).some(({ kind }) => kind === "command"),
    );
  }

  #isInLibrary(scope: Scope): boolean {
    return this.#evaluation.program.libraryBodies.size > 0 && isInLibrary(this.#evaluation.program, scope);
  }

  #add({ client, operation }: Operation, node: Node, scope: Scope, request?: Node, guess?: true, as?: string, within = scope): void {
    if (operation === "DescribeEndpoints" || ofCredentials.test(`${client}.${operation}`)) return;
    const at = placeOf(node, scope.module);
    for (const parameters of requestsOf(this.#evaluation, request, within, as))
      this.found.calls.push({ client, operation, parameters, confidence: guess ? "medium" : "high", at });
  }

  #unresolved(what: string, node: Node, scope: Scope, client?: string): void {
    this.found.unresolved.push({ ...(client && { client }), what, at: placeOf(node, scope.module) });
  }
}
