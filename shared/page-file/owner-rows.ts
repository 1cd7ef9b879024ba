/** What each team has, and what nobody has. Pure. */
import { resourceTypes } from "../data/resource-types.ts";
import {
  accountNumbers,
  isOverPrivileged,
  isReachable,
  isVulnerable,
  saidOf,
  saysOverPrivileged,
  saysUnused,
  saysVulnerable,
} from "../model/account-numbers.ts";
import type { ScanDocument } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import { severities } from "../model/finding.ts";

/** What a team has; without a team: what nobody has. */
export interface PageOwner {
  readonly team?: string;
  readonly resources: number;
  readonly functions: number;
  /** Open findings, gravest severity first. */
  readonly open: readonly number[];
  /** These: null where the scan could not tell. */
  readonly unused: number | null;
  readonly reachable: number | null;
  readonly overPrivileged: number | null;
  readonly vulnerable: number | null;
  /** `tag team`, `tag of the stack`: where it is known from, most frequent first. */
  readonly sources: readonly string[];
}

/** The team with most open findings first, nobody last. Counts as the five numbers do: the teams' numbers are shares of those. */
export function ownerRows({
  functions,
  resources,
  findings,
  roles,
}: Pick<ScanDocument, "functions" | "resources" | "findings" | "roles">): PageOwner[] {
  const ownable = resources.filter(({ type }) => !resourceTypes[type]?.part);
  const of = <T extends { readonly owner: { readonly team?: string } }>(things: readonly T[]) =>
    Map.groupBy(things, ({ owner }) => owner.team);
  const open = findings.filter(isOpen);
  const [functionsOf, resourcesOf, findingsOf] = [of(functions), of(ownable), of(open)];
  const known = accountNumbers({ functions, findings, ...(roles ? { roles } : {}) });
  const [powerful, vulnerable] = [saidOf(open, saysOverPrivileged), saidOf(open, saysVulnerable)];
  const orUnknown = (number: number, ofAll: number | null) => (number === 0 && ofAll === null ? null : number);
  const teams = new Set([...functionsOf.keys(), ...resourcesOf.keys(), ...findingsOf.keys()]);
  return [...teams]
    .map((team): PageOwner => {
      const [theirs, things, said] = [functionsOf.get(team) ?? [], resourcesOf.get(team) ?? [], findingsOf.get(team) ?? []];
      return {
        ...(team === undefined ? {} : { team }),
        resources: things.length,
        functions: theirs.length,
        open: severities.map((severity) => said.filter((finding) => finding.severity === severity).length),
        unused: orUnknown(saidOf(said, saysUnused).size, known.unused),
        reachable: orUnknown(theirs.filter(isReachable).length, known.reachable),
        overPrivileged: orUnknown(theirs.filter((one) => isOverPrivileged(one, powerful)).length, known.overPrivileged),
        vulnerable: orUnknown(theirs.filter((one) => isVulnerable(one, vulnerable)).length, known.vulnerable),
        sources: mostFrequent([...theirs, ...things].flatMap(({ owner }) => owner.source ?? [])),
      };
    })
    .sort(
      (a, b) =>
        Number(a.team === undefined) - Number(b.team === undefined) || compareOpen(a, b) || ((a.team ?? "") < (b.team ?? "") ? -1 : 1),
    );
}

function compareOpen(a: PageOwner, b: PageOwner): number {
  for (const i of severities.keys()) {
    const difference = (b.open[i] ?? 0) - (a.open[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return b.resources - a.resources;
}

function mostFrequent(texts: readonly string[]): string[] {
  const counts = [...Map.groupBy(texts, (text) => text)].sort(([, a], [, b]) => b.length - a.length);
  return counts.slice(0, 3).map(([text]) => text);
}
