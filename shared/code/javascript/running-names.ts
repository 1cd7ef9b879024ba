/** The names of all that a module gives, where it is used as a whole. */
import { giversOf } from "./bundled-modules.ts";
import type { Evaluation } from "./evaluation.ts";
import { type Node, writtenKey } from "./nodes.ts";
import type { Running } from "./running.ts";
import { lookUp, type Module, type Scope } from "./scopes.ts";
import type { Value } from "./values.ts";

/** What a module inside a bundle gives, of which a name is the parameter that takes it. */
export function givenBy({ given }: Running, node: Node, scope: Scope): readonly string[] {
  const taken = node.type === "MemberExpression" && writtenKey(node.property, node.computed) === "exports" ? node.object : node;
  return (taken.type === "Identifier" ? (lookUp(scope, taken.name) ?? []) : []).flatMap((one) =>
    one.kind === "parameter" && giversOf(one.fn).length > 0 ? given.within(one.scope.module, one.fn.start, one.fn.end) : [],
  );
}

/** What a module gives, and those that it hands on. */
export function namesOf(evaluation: Evaluation, { given }: Running, value: Value): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<Node | Module>();
  const look = (one: Value): void => {
    if ((one.kind !== "module" && one.kind !== "bundled") || seen.has(one.kind === "module" ? one.module : one.node)) return;
    seen.add(one.kind === "module" ? one.module : one.node);
    const [module, start, end] = one.kind === "module" ? [one.module] : [one.scope.module, one.node.start, one.node.end];
    for (const name of given.within(module, start, end)) found.add(name);
    for (const from of given.handedOnWithin(module, start, end)) for (const inner of evaluation.of(from.node, from.scope)) look(inner);
  };
  look(value);
  return [...found];
}
