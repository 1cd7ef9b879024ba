/** Requests that the program signs itself: what they ask for is told by the service that they are signed for. */
import { signedOperations } from "../../data/python-libraries.ts";
import type { Evaluation } from "./evaluation.ts";
import { type Node, writtenKey } from "./nodes.ts";
import type { Call, Creation } from "./program.ts";
import type { Scope } from "./scopes.ts";
import { clientName, type Operation } from "./values.ts";

export interface Signed {
  readonly operations: readonly Operation[];
  /** Nothing else can be asked with it. */
  readonly whole: boolean;
  /** A service stands where the signer is made. */
  readonly written: boolean;
}

/** What is asked with `new SignatureV4({ service: "appsync" })`, `createSignedFetcher({ service: "execute-api" })`. */
export function signedBy(evaluation: Evaluation, node: Call["node"] | Creation["node"], scope: Scope): Signed {
  const services = node.arguments.flatMap((options) => servicesIn(evaluation, options, scope));
  const { text } = scope.module;
  const told = services.flatMap(({ node: service, scope: at }) => {
    const names = evaluation.keys(service, at);
    return names.length === 0 ? [undefined] : names.map((name) => operationsOf(name, text));
  });
  return {
    operations: told.flatMap((one) => one ?? []),
    whole: told.length > 0 && told.every((one) => one !== undefined && one.length > 0),
    written: services.length > 0 && node.arguments.some(({ type }) => type === "ObjectExpression"),
  };
}

function servicesIn(evaluation: Evaluation, options: Node, scope: Scope): readonly { readonly node: Node; readonly scope: Scope }[] {
  return evaluation.of(options, scope).flatMap((value) => {
    if (value.kind !== "object" || value.node.type !== "ObjectExpression") return [];
    return value.node.properties.flatMap((one) =>
      one.type === "Property" && writtenKey(one.key, one.computed) === "service" ? [{ node: one.value, scope: value.scope }] : [],
    );
  });
}

function operationsOf(service: string, text: string): readonly Operation[] {
  const told = (signedOperations[service] ?? []).filter(({ where }) => where?.test(text) ?? true);
  return told.map(({ operation }) => ({ client: clientName(service), operation }));
}
