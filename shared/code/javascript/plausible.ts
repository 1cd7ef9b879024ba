/** Calls that cannot be: a client of several, or one matched by the name of a member, that has no such operation. */
import { actionOf } from "../../data/action-table.ts";
import { operationRow } from "../../data/operation-actions.ts";
import { servicePrefixOf } from "../../data/sdk-services.ts";
import { operationsOfV2Method } from "./names-of-v2.ts";
import { operationOfMethod } from "./names-of-v3.ts";
import type { Operation, Value, Values } from "./values.ts";

type Method = Extract<Value, { kind: "method" }>;

/** Whether anything is known of an operation by the name that a client calls it. */
function isKnown({ client, operation }: Operation): boolean {
  const prefix = servicePrefixOf(client);
  if (prefix === undefined) return false;
  const name = operation.toLowerCase();
  return actionOf(`${prefix}:${name}`) !== undefined || (operationRow(client, name) ?? operationRow(prefix, name)) !== undefined;
}

/**
 * Of the methods that one expression may be: those that are known, where one is. `new AWS[name]().getObject` is a method of the one client
 * that has it. What is only guessed and not known is none, and so is what may be a method of the program's own.
 */
export function plausible(values: Values): Values {
  const methods = values.filter((value) => value.kind === "method");
  const other = values.some(({ kind }) => kind === "function");
  if (methods.length === 0 || !(other || methods.some(({ guess }) => guess) || methods.some(({ client }) => client !== methods[0]?.client)))
    return values;
  const known = methods.filter(isMethod);
  return values.filter((value) => value.kind !== "method" || (known.length > 0 ? known.includes(value) : !value.guess && !other));
}

function isMethod({ client, api, name }: Method): boolean {
  if (api === "plain") return true;
  const operations =
    api === "v2" || api === "v2document" ? operationsOfV2Method(client, api === "v2document", name) : operationOfMethod(client, api, name);
  if (operations === "byArgument") return true;
  return operations !== undefined && [operations].flat().every(isKnown);
}
