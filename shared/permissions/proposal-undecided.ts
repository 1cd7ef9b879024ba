/**
 * What today's role allows beyond what is known to be needed, and may be needed all the same: where the list of needs is not whole. IAM's
 * memory of use takes a service out of it. Pure.
 */
import { dayMs } from "../model/day.ts";
import type { FunctionNeed } from "../model/permissions.ts";
import type { RoleUse } from "../model/role-use.ts";
import type { Grant } from "./grant.ts";
import { type Kept, piecesOf } from "./proposal-pieces.ts";
import type { WrittenStatement } from "./written-statements.ts";

/** Jobs that run once a quarter have run in this time; the same as elsewhere for roles that IAM remembers. */
const quietDays = 90;
/** More actions by name than this fit into no role; then statements stay as they are written. */
const mostByName = 1500;

export interface Undecided {
  readonly pieces: readonly Kept[];
  /** Statements of today that stay as they are. */
  readonly whole: readonly WrittenStatement[];
  /** Services that use shows to be unneeded, with what shows it. */
  readonly unused: ReadonlyMap<string, string>;
}

export interface Given {
  readonly grant: Grant;
  readonly today: readonly WrittenStatement[];
  readonly need: FunctionNeed;
  readonly needed: readonly Kept[];
  readonly use: RoleUse | undefined;
  readonly now: Date;
  readonly createdAt: string | undefined;
}

export function undecidedPieces(given: Given): Undecided {
  const { grant, today, need, needed } = given;
  const unused = unusedServices(given);
  const open = need.open ?? (need.unresolved.length > 0 ? ["*"] : []);
  if (open.length === 0) return { pieces: [], whole: [], unused };
  const why =
    need.unresolved.length > 0 ? `whether it is needed cannot be told: ${need.unresolved[0]}` : "whether it is needed cannot be told";
  const known = new Set(needed.map(({ action, resource }) => `${action} ${resource}`));
  const isOpen = (service: string) => (open.includes("*") || open.includes(service)) && !unused.has(service);
  const actions = grant.actions.filter((action) => isOpen(action.split(":")[0] ?? ""));
  if (actions.length > mostByName) return { pieces: [], whole: today.filter(({ allow }) => allow), unused: new Map() };
  const pieces = actions
    .flatMap((action) => piecesOf(today, action, "*"))
    .filter(({ action, resource }) => !known.has(`${action} ${resource}`))
    .map((piece): Kept => ({ ...piece, why, evidence: "undecided" }));
  return { pieces, whole: [], unused };
}

/** Services of which IAM remembers no use by the role, if the role was there long enough to have one. */
function unusedServices({ use, now, createdAt }: Given): ReadonlyMap<string, string> {
  const old = createdAt !== undefined && now.getTime() - Date.parse(createdAt) >= quietDays * dayMs;
  if (!use || !old) return new Map();
  return new Map(
    use.services.flatMap(({ service, lastUsedAt }): [string, string][] => {
      if (lastUsedAt === undefined) return [[service, "the role never used the service"]];
      const days = Math.floor((now.getTime() - Date.parse(lastUsedAt)) / dayMs);
      return days >= quietDays ? [[service, `the role last used the service ${days} days ago`]] : [];
    }),
  );
}
