/** Findings by the team that is told, in the order in which people read them. */
import { compare } from "../model/compare.ts";
import { type PendingFinding, severityRank } from "../model/finding.ts";
import { cleanText } from "../model/plain-text.ts";

/** Stands for "nobody owns it" in message attributes and commands: SNS allows no empty value. A team cannot be called so. */
export const unowned = "unowned";

/** Findings of one team; `team` is absent where nobody owns them. */
export interface TeamFindings {
  readonly team?: string;
  readonly findings: readonly PendingFinding[];
}

/** Longest value of an AWS tag. */
const longestTag = 256;

/** A value of a team or env tag as filters will compare it; undefined when nothing printable is left. */
export function label(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanText(text, longestTag) || undefined;
}

/** The team that is told about a finding; undefined when nobody owns it. */
export function teamOf(finding: PendingFinding): string | undefined {
  return label(finding.owner.team);
}

/** Gravest first, resolved ones last, then oldest transition, then id. */
export function compareFindings(left: PendingFinding, right: PendingFinding): number {
  return (
    Number(isResolution(left)) - Number(isResolution(right)) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    compare(left.pending.at, right.pending.at) ||
    compare(left.id, right.id)
  );
}

/** True when what is to be told is that the finding went away. */
export function isResolution(finding: PendingFinding): boolean {
  return finding.pending.transition === "resolved";
}

/** Teams by name, unowned last; inside a team as compareFindings says. */
export function byTeam(findings: readonly PendingFinding[]): TeamFindings[] {
  const groups = Map.groupBy(findings, teamOf);
  const named = [...groups.keys()].filter((team) => team !== undefined).sort(compare);
  const teams = named.map((team): TeamFindings => ({ team, findings: (groups.get(team) ?? []).toSorted(compareFindings) }));
  const orphans = groups.get(undefined);
  return orphans ? [...teams, { findings: orphans.toSorted(compareFindings) }] : teams;
}

/** The option of `smalltarget findings` that leaves only a team's, quoted for a shell. */
export function teamOption(team: string | undefined): string {
  const name = team ?? unowned;
  const word = /^[\w.@/+][\w.@/+-]*$/.test(name) ? ` ${name}` : `='${name.replaceAll("'", "'\\''")}'`;
  return `--team${word}`;
}
