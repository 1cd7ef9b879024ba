/**
 * Private members as compilers write them for older targets: `get(this, slot)`, `set(this, slot, value)`, of Babel also `get(slot, this)`,
 * where `slot` is a `new WeakMap()` or, of static ones, `{ value: undefined }`.
 */
import type { CallExpression } from "acorn";
import type { Evaluation } from "./evaluation.ts";
import type { Node } from "./nodes.ts";
import { addTo, type Program } from "./program.ts";
import { type Definition, lookUp, type Scope } from "./scopes.ts";
import type { Values } from "./values.ts";

/** `get(this, C, "f", slot)`, `set(C, C, value, "f", slot)` */
const mostArguments = 5;

/** Notes a call that may ask for a private member, or set one, by every name that may be the member's. */
export function noteSlot({ slots }: Program, node: CallExpression, scope: Scope): void {
  const given = node.arguments;
  if (given.length < 2 || given.length > mostArguments) return;
  if (given[0]?.type !== "ThisExpression" && given[1]?.type !== "ThisExpression" && given.length < mostArguments - 1) return;
  for (const argument of given) if (argument.type === "Identifier") addTo(slots, argument.name, { node, scope });
}

/** What was ever put into the private member that a call asks for; undefined: it asks for none. */
export function valuesOfSlot(evaluation: Evaluation, node: CallExpression, scope: Scope): Values | undefined {
  const { slots } = evaluation.program;
  for (const argument of node.arguments.slice(0, mostArguments)) {
    if (argument.type !== "Identifier") continue;
    const calls = slots.get(argument.name);
    if (!calls?.some((call) => call.node === node)) continue;
    const binding = lookUp(scope, argument.name);
    const slot = binding?.map(emptySlot).find((one) => one !== undefined);
    if (!slot) continue;
    const put = calls.filter((call) => call.node !== node && lookUp(call.scope, argument.name) === binding);
    return put.flatMap((call) =>
      call.node.arguments.flatMap((value) =>
        value.type === "SpreadElement" || value.type === "ThisExpression" || (value.type === "Identifier" && value.name === argument.name)
          ? []
          : evaluation.of(value, call.scope).filter(({ kind }) => kind !== "class" && kind !== "map"),
      ),
    );
  }
  return undefined;
}

function emptySlot(definition: Definition): Node | undefined {
  if (definition.kind !== "value" || definition.path.length > 0) return undefined;
  const { node } = definition;
  if (node.type === "NewExpression") return node.callee.type === "Identifier" && node.callee.name === "WeakMap" ? node : undefined;
  if (node.type !== "ObjectExpression" || node.properties.length !== 1) return undefined;
  const [only] = node.properties;
  return only?.type === "Property" && only.key.type === "Identifier" && only.key.name === "value" ? node : undefined;
}
