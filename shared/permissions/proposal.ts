/**
 * A role for one function: what it is known to need, as far as its role of today allows it, and of the rest of today what cannot be told to be
 * unneeded. Never more than today; docs/decisions/0025-proposals.md. Pure.
 */
import type { FunctionNeed, Need } from "../model/permissions.ts";
import type { Principal } from "../model/principal.ts";
import type { PolicyCondition, RoleProposal } from "../model/proposal.ts";
import type { RoleUse } from "../model/role-use.ts";
import { overlap } from "./arn-patterns.ts";
import { Grant, type Place } from "./grant.ts";
import { policiesOf } from "./proposal-documents.ts";
import { allowedOf, type Kept, type Piece, piecesOf } from "./proposal-pieces.ts";
import { proofOf } from "./proposal-proof.ts";
import { removedOf } from "./proposal-removed.ts";
import { undecidedPieces } from "./proposal-undecided.ts";
import { loosened, speaksOf, type WrittenStatement, writtenStatements } from "./written-statements.ts";

export interface Asked {
  readonly role: Principal;
  readonly need: FunctionNeed;
  /** What the role was used for, where that was read. */
  readonly use?: RoleUse;
  readonly roleName: string;
  readonly place: Place;
}

export function proposalOf({ role, need, use, roleName, place }: Asked): RoleProposal {
  const today = writtenStatements(role);
  const grant = new Grant(role, place);
  const needed = need.needs.flatMap((one) => keptOf(one, today, grant));
  const undecided = undecidedPieces({ grant, today, need, needed, use, now: place.now, createdAt: role.createdAt });
  const pieces = [...needed, ...undecided.pieces];
  const { placement, policies, unresolved } = policiesOf(pieces, [...undecided.whole, ...denialsOf(today, pieces, undecided.whole)], today);
  const kept = keptList(pieces, undecided.whole);
  return {
    roleName,
    path: role.path,
    trustPolicy: parsedTrust(role.trustPolicy),
    ...(role.boundary ? { boundaryArn: role.boundary.arn } : {}),
    placement,
    policies,
    kept,
    removed: removedOf(grant, pieces, undecided),
    missing: need.needs.flatMap((one) => missingOf(one, grant)),
    unresolved: [
      ...need.unresolved,
      ...grant.unread.map((name) => `the text of ${name} was not given: what it allows is not in this role`),
      ...grant.broken.map((where) => `${where}: it cannot be understood and is taken to allow nothing`),
      ...unresolved,
    ],
    proof: proofOf({ role, today, policies, need, place }),
  };
}

function keptOf(need: Need, today: readonly WrittenStatement[], grant: Grant): readonly Kept[] {
  const narrower = need.condition ? (JSON.parse(need.condition) as PolicyCondition) : undefined;
  return need.resources.flatMap((resource) =>
    allowedOf(grant, need.action, resource) === "none"
      ? []
      : piecesOf(today, need.action, resource, narrower).map((piece): Kept => ({ ...piece, why: need.why, evidence: "needed" })),
  );
}

/** What the role of today does not allow. What is only perhaps needed is listed too, with how sure it is. */
function missingOf({ action, resources, confidence, why, condition }: Need, grant: Grant): RoleProposal["missing"] {
  const lacking = resources.filter((resource) => allowedOf(grant, action, resource) === "none");
  if (lacking.length === 0) return [];
  const statement = {
    Effect: "Allow" as const,
    Action: [action],
    Resource: lacking,
    ...(condition ? { Condition: JSON.parse(condition) as PolicyCondition } : {}),
  };
  return [{ action, resources: lacking, confidence, why, statement }];
}

/** What is denied today stays denied, as far as it speaks of what is kept. */
function denialsOf(
  today: readonly WrittenStatement[],
  pieces: readonly Piece[],
  whole: readonly WrittenStatement[],
): readonly WrittenStatement[] {
  const denials = today.filter(({ allow }) => !allow);
  if (whole.length > 0) return denials;
  const actions = [...new Set(pieces.map(({ action }) => action))];
  return denials.flatMap((denial) => {
    const concerned = actions.filter((action) => isDenied(denial, action, pieces));
    return concerned.length > 0 ? [{ ...denial, actions: concerned, allBut: false }] : [];
  });
}

function isDenied(denial: WrittenStatement, action: string, pieces: readonly Piece[]): boolean {
  if (!speaksOf(denial, action)) return false;
  return (
    denial.elsewhere ||
    pieces.some(
      (piece) => piece.action === action && denial.resources.some((pattern) => overlap(loosened(pattern), loosened(piece.resource))),
    )
  );
}

function keptList(pieces: readonly Kept[], whole: readonly WrittenStatement[]): RoleProposal["kept"] {
  const byReason = Map.groupBy(pieces, ({ action, evidence, why }) => `${action} ${evidence} ${why}`);
  const known = [...byReason.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const { action, why, evidence } = first;
    const resources = [
      ...new Set([first, ...more].map(({ resource, notResources }) => (notResources ? `all but ${notResources.join(", ")}` : resource))),
    ];
    return [{ action, resources: resources.toSorted(), why, evidence }];
  });
  const asWritten = whole.flatMap(({ actions, allBut, resources, where }) =>
    actions.map((action) => ({
      action: allBut ? `all but ${action}` : action,
      resources,
      why: `${where}: whether it is needed cannot be told`,
      evidence: "undecided" as const,
    })),
  );
  return [...known.toSorted((a, b) => (a.action < b.action ? -1 : a.action > b.action ? 1 : 0)), ...asWritten];
}

function parsedTrust(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
