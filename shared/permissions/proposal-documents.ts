/** Pieces of a grant as policy documents that IAM takes. Pure. */
import { actionOf } from "../data/action-table.ts";
import { longestInlinePolicies, longestManagedPolicy, managedPoliciesPerRole } from "../data/role-limits.ts";
import type { PolicyDocument, PolicyStatement, RoleProposal } from "../model/proposal.ts";
import { covers } from "./arn-patterns.ts";
import type { Piece } from "./proposal-pieces.ts";
import type { WrittenStatement } from "./written-statements.ts";

interface Documents {
  readonly placement: RoleProposal["placement"];
  readonly policies: readonly PolicyDocument[];
  readonly unresolved: readonly string[];
}

/**
 * One inline policy where it fits, else managed ones; where those would be too many, the statements of today stay as they are, which says nothing
 * of what is needed, and the proposal says so.
 * @param asWritten statements that stay as they are: denials, and what could not be told
 */
export function policiesOf(
  pieces: readonly Piece[],
  asWritten: readonly WrittenStatement[],
  today: readonly WrittenStatement[],
): Documents {
  const statements = [...statementsOf(pieces), ...asWritten.map(statementOf)];
  if (sizeOf(statements) <= longestInlinePolicies)
    return { placement: "inline", policies: statements.length > 0 ? [documentOf(statements)] : [], unresolved: [] };
  const policies = packed(statements);
  if (policies.length <= managedPoliciesPerRole) return { placement: "managed", policies, unresolved: [] };
  const whole = packed(today.map(statementOf));
  const why = `by name it would take ${policies.length} managed policies, and a role has ${managedPoliciesPerRole}: the statements of today stay as they are`;
  return { placement: "managed", policies: whole, unresolved: [why] };
}

/** Actions that are allowed on the same resources stand together. */
function statementsOf(pieces: readonly Piece[]): readonly PolicyStatement[] {
  const perAction = Map.groupBy(pieces, (piece) => `${piece.action} ${JSON.stringify([piece.condition, piece.notResources])}`);
  const scopes = [...perAction.values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const resources = first.notResources
      ? { NotResource: first.notResources }
      : { Resource: withoutCovered(some.map(({ resource }) => resource)) };
    return [
      {
        action: first.action,
        scope: { ...resources, ...(first.condition ? { Condition: first.condition } : {}) },
        anywhere: knowsNoResources(first.action),
      },
    ];
  });
  const together = Map.groupBy(scopes, ({ scope, anywhere }) => JSON.stringify([scope, anywhere]));
  return [...together.values()]
    .flatMap((some): PolicyStatement[] =>
      some[0] ? [{ Effect: "Allow", Action: [...new Set(some.map(({ action }) => action))].toSorted(), ...some[0].scope }] : [],
    )
    .toSorted((a, b) => ((a.Action[0] ?? "") < (b.Action[0] ?? "") ? -1 : 1));
}

/** They are allowed on `*` or not at all, and stand apart from those that are so by want of knowledge. */
function knowsNoResources(action: string): boolean {
  return actionOf(action)?.resources.length === 0;
}

function withoutCovered(resources: readonly string[]): readonly string[] {
  const all = [...new Set(resources)];
  return all
    .filter(
      (one) =>
        !all.some((other) => other !== one && !other.includes("${") && (other === "*" || (!one.includes("${") && covers(other, one)))),
    )
    .toSorted();
}

/** A statement of today, written again. */
export function statementOf({ allow, actions, allBut, resources, elsewhere, condition }: WrittenStatement): PolicyStatement {
  return {
    Effect: allow ? "Allow" : "Deny",
    ...((allBut ? { NotAction: actions } : { Action: actions }) as { readonly Action: readonly string[] }),
    ...(elsewhere ? { NotResource: resources } : { Resource: resources }),
    ...(condition ? { Condition: condition } : {}),
  };
}

function documentOf(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** IAM counts characters without white space. */
function sizeOf(statements: readonly PolicyStatement[]): number {
  return JSON.stringify(documentOf(statements)).replace(/\s/g, "").length;
}

/** As few documents as it takes, in the order of the statements. */
function packed(statements: readonly PolicyStatement[]): readonly PolicyDocument[] {
  const documents: PolicyStatement[][] = [];
  for (const statement of statements.flatMap(halved)) {
    const open = documents.find((some) => sizeOf([...some, statement]) <= longestManagedPolicy);
    if (open) open.push(statement);
    else documents.push([statement]);
  }
  return documents.map(documentOf);
}

/** A statement that is too long by itself says the same in two. A denial of what is not listed cannot be halved. */
function halved(statement: PolicyStatement): readonly PolicyStatement[] {
  if (sizeOf([statement]) <= longestManagedPolicy) return [statement];
  for (const member of ["Action", "Resource"] as const) {
    const list = statement[member];
    if (!list || list.length < 2) continue;
    const middle = Math.ceil(list.length / 2);
    return [list.slice(0, middle), list.slice(middle)].flatMap((half) => halved({ ...statement, [member]: half }));
  }
  return [statement];
}
