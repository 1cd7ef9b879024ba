/** Which actions a call asks of IAM. Pure. */

import { type ActionFacts, actionOf } from "../data/action-table.ts";
import { operationRow } from "../data/operation-actions.ts";
import { roleMember, rolesByArnOnly, rolesNotPassed } from "../data/request-members.ts";
import { servicePrefixOf } from "../data/sdk-services.ts";
import type { ActionUse, OperationRow } from "../model/action-use.ts";
import type { SdkCall } from "../model/code.ts";
import { has, type Request, valuesOf } from "./need-request.ts";

/** An action with what of the request it is about. */
export interface Asked {
  readonly facts: ActionFacts;
  readonly on?: readonly string[];
  readonly forwarded: boolean;
  /** One of several that it could be: the request does not say which. */
  readonly perhaps?: boolean;
}

/** Every action that a call asks; empty where it needs no permission; undefined where it is not known what it asks. */
export function actionsAsked(call: SdkCall, request: Request): readonly Asked[] | undefined {
  const prefix = servicePrefixOf(call.client);
  if (prefix === undefined) return undefined;
  const asked = ofOperation(call, prefix, request);
  if (!asked || asked.length === 0) return asked;
  return rolesNotPassed.includes(prefix) || /^(get|list|describe|assume)/i.test(call.operation)
    ? asked
    : [...asked, ...passedRoles(prefix, request)];
}

function ofOperation(call: SdkCall, prefix: string, request: Request): readonly Asked[] | undefined {
  const operation = call.operation.toLowerCase();
  const special = prefix === "dynamodb" ? transaction(operation, request) : prefix === "apigateway" ? httpVerb(operation) : undefined;
  if (special) return special;
  const row: OperationRow | undefined = operationRow(call.client, operation) ?? operationRow(prefix, operation);
  if (row?.length === 0) return [];
  const uses = (row ?? ["*"]).map(
    (use): ActionUse =>
      typeof use !== "string" ? use : { action: use.endsWith("*") ? `${use === "*" ? prefix : use.slice(0, -2)}:${operation}` : use },
  );
  const isAsked = (use: ActionUse) => (!use.when || has(request, use.when)) && !(use.unless && has(request, use.unless));
  const asked = known(uses.filter(isAsked));
  // in JavaScript a member that stands there may be undefined, and is then not sent: it is one or the other
  const either = call.at.includes(".py:")
    ? []
    : uses.filter(({ unless, forwarded }) => unless && !forwarded && mayBeUndefined(request, unless));
  if (!asked || either.length === 0) return asked;
  const members = new Set(either.flatMap(({ unless }) => unless ?? []));
  const whenThere = known(uses.filter((use) => isAsked(use) && use.when?.some((name) => members.has(name)))) ?? [];
  const open = new Set(whenThere.map(({ facts }) => facts));
  const all = [...asked, ...(known(either) ?? [])];
  return all.map((one) => (open.has(one.facts) || !asked.includes(one) ? { ...one, perhaps: true } : one));
}

/** Whether all of the members that a request has of these are of values that nobody could tell. */
function mayBeUndefined({ members }: Request, names: readonly string[]): boolean {
  const values = names.flatMap((name) => members.get(name.toLowerCase()) ?? []);
  return values.length > 0 && values.every((value) => value === "*");
}

function known(uses: readonly ActionUse[]): readonly Asked[] | undefined {
  const asked = uses.flatMap(({ action, on, forwarded }): Asked[] => {
    const facts = actionOf(action);
    return facts ? [{ facts, forwarded: forwarded ?? false, ...(on ? { on } : {}) }] : [];
  });
  return asked.length < uses.length || uses.length === 0 ? undefined : asked;
}

const named = (actions: readonly string[], perhaps = false): readonly Asked[] | undefined =>
  known(actions.map((action) => ({ action })))?.map((one) => (perhaps ? { ...one, perhaps } : one));

const writes = { put: "PutItem", update: "UpdateItem", delete: "DeleteItem", conditioncheck: "ConditionCheckItem" };
const statements = { SELECT: "PartiQLSelect", INSERT: "PartiQLInsert", UPDATE: "PartiQLUpdate", DELETE: "PartiQLDelete" };

/**
 * Each write of a transaction as a call of its own, for it has a table of its own; any other call as it is. Readers list what stands in a member
 * right after it, and the list once more after its writes where it holds others that they could not tell.
 */
export function writesApart(call: SdkCall): readonly SdkCall[] {
  if (call.operation.toLowerCase() !== "transactwriteitems") return [call];
  const names = call.parameters.map(({ name }) => name.toLowerCase());
  const first = names.findIndex((name) => name in writes);
  const starts = names.flatMap((name, at) => (name in writes || (name === "transactitems" && at > first) ? [at] : []));
  const table = names.indexOf("tablename");
  // a table named before any write may be that of each
  if (first === -1 || (table !== -1 && table < first)) return [call];
  return starts.map((start, n) => ({ ...call, parameters: call.parameters.slice(start, starts[n + 1]) }));
}

/** What DynamoDB is asked for in a transaction or in PartiQL is in the members of the request. */
function transaction(operation: string, request: Request): readonly Asked[] | undefined {
  if (operation === "transactwriteitems") {
    const stated = Object.entries(writes).filter(([member]) => has(request, [member]));
    const shown = [...(has(request, ["Item"]) ? [writes.put] : []), ...(has(request, ["UpdateExpression"]) ? [writes.update] : [])];
    const found = stated.length > 0 ? stated.map(([, action]) => action) : shown;
    const all = found.length === 0;
    return named(
      (all ? Object.values(writes) : found).map((action) => `dynamodb:${action}`),
      all,
    );
  }
  if (operation !== "executestatement" && operation !== "batchexecutestatement" && operation !== "executetransaction") return undefined;
  const verbs = valuesOf(request, ["Statement"]).map((text) => /^\s*([a-z]+)/i.exec(text)?.[1]?.toUpperCase() ?? "");
  const found = Object.entries(statements).filter(([verb]) => verbs.includes(verb));
  const all = found.length === 0 || verbs.some((verb) => !(verb in statements));
  return named(
    (all ? Object.values(statements) : found.map(([, action]) => action)).map((action) => `dynamodb:${action}`),
    all,
  );
}

/** API Gateway has no action for its operations: it asks for the verb of HTTP that the call is. */
const verbs: readonly (readonly [RegExp, string])[] = [
  [/^(get|export)/, "GET"],
  [/^(put|reimport|tagresource)/, "PUT"],
  [/^(create|test|import|generate)/, "POST"],
  [/^update/, "PATCH"],
  [/^(delete|flush|reset|untagresource)/, "DELETE"],
];

function httpVerb(operation: string): readonly Asked[] | undefined {
  const own = actionOf(`apigateway:${operation}`);
  if (own) return [{ facts: own, forwarded: false }];
  const verb = verbs.find(([begins]) => begins.test(operation))?.[1];
  return verb ? named([`apigateway:${verb}`]) : undefined;
}

/** Who hands a role to a service needs iam:PassRole on it. */
function passedRoles(prefix: string, request: Request): readonly Asked[] {
  const byArn = rolesByArnOnly.includes(prefix);
  const members = [...request.members.keys()].filter((name) => roleMember.test(name) && (!byArn || name.endsWith("rolearn")));
  return members.length === 0 ? [] : (known([{ action: "iam:PassRole", on: members }]) ?? []);
}
