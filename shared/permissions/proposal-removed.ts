/** What goes of today's grant, with why. Pure. */
import type { RoleProposal } from "../model/proposal.ts";
import type { Grant } from "./grant.ts";
import type { Piece } from "./proposal-pieces.ts";
import type { Undecided } from "./proposal-undecided.ts";

/** `SERVICE:*` where nothing of a service stays: a role that may do everything may do twenty thousand things. */
export function removedOf(grant: Grant, pieces: readonly Piece[], { unused, whole }: Undecided): RoleProposal["removed"] {
  if (whole.length > 0) return [];
  const kept = new Set(pieces.map(({ action }) => action));
  const staying = new Set([...kept].map(serviceOf));
  const byService = Map.groupBy(grant.actions, serviceOf);
  return [...byService].flatMap(([service, actions]) => {
    const use = unused.get(service);
    const why = `nothing in its settings or code asks for it${use ? `, and ${use}` : ""}`;
    const gone = actions.filter((action) => !kept.has(action));
    if (!staying.has(service) && gone.length > 1) return [{ action: `${service}:*`, why }];
    return gone.map((action) => ({ action, why }));
  });
}

function serviceOf(action: string): string {
  return action.split(":")[0] ?? "";
}
