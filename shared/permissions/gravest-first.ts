/** In which order actions in excess are told: whoever reads only the first few shall see what matters, of every service that has some. Pure. */
import { escalationPaths } from "../data/escalation-paths.ts";
import { type ExcessAction, excessKinds } from "../model/excess.ts";

/** What known ways to more rights begin with. */
const climbing = new Set(escalationPaths.flatMap(({ permissions }) => permissions.map((name) => name.toLowerCase())));

/** By kind; of one kind every service's first before any service's second, and what leads to more rights before the rest. */
export function gravestFirst(actions: readonly ExcessAction[]): ExcessAction[] {
  const byName = actions.toSorted((a, b) => Number(climbs(b)) - Number(climbs(a)) || (a.action < b.action ? -1 : 1));
  const rows = new Map<string, number>();
  const ranked = byName.map((one, at) => {
    const service = `${one.kind} ${one.action.split(":")[0]}`;
    const row = rows.get(service) ?? 0;
    rows.set(service, row + 1);
    return { one, kind: excessKinds.indexOf(one.kind), row, at };
  });
  return ranked.toSorted((a, b) => a.kind - b.kind || a.row - b.row || a.at - b.at).map(({ one }) => one);
}

function climbs({ action }: ExcessAction): boolean {
  return climbing.has(action.toLowerCase());
}
