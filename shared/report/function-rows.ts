/** Functions of a scan, chosen and put in order. */
import type { DocumentFinding, FunctionFacts, ScanDocument } from "../model/document.ts";
import { severityRank } from "../model/finding.ts";
import type { TimeoutVerdict } from "../model/usage.ts";

export const functionOrders = ["interest", "name", "region", "quiet", "headroom", "timeout", "longest", "verdict"] as const;
export type FunctionOrder = (typeof functionOrders)[number];

export interface FunctionChoice {
  readonly regions?: readonly string[];
  readonly verdicts?: readonly TimeoutVerdict[];
  readonly quietForDays?: number;
  /** `unowned`: nobody's. */
  readonly team?: string;
}

/** Worst first. */
export const timeoutVerdicts: readonly TimeoutVerdict[] = ["timing-out", "tight", "loose", "fine", "insufficient-data", "unknown"];

/** The functions that answer to every part of the choice. */
export function chooseFunctions(functions: readonly FunctionFacts[], choice: FunctionChoice): FunctionFacts[] {
  const { regions = [], verdicts = [], quietForDays, team } = choice;
  return functions.filter(
    (one) =>
      (regions.length === 0 || regions.includes(one.region)) &&
      (verdicts.length === 0 || verdicts.includes(one.timeout.verdict)) &&
      (quietForDays === undefined || (one.lastInvocation.quietDays ?? -1) >= quietForDays) &&
      (team === undefined || (one.owner.team ?? "unowned") === team),
  );
}

/** In order; what has no value for it comes last. Equal ones by name and Region. */
export function sortFunctions(
  document: Pick<ScanDocument, "findings">,
  functions: readonly FunctionFacts[],
  order: FunctionOrder,
): FunctionFacts[] {
  const gravest = gravestByResource(document.findings);
  const keys: Readonly<Record<FunctionOrder, (one: FunctionFacts) => readonly (number | string)[]>> = {
    interest: (one) => [gravest.get(one.arn) ?? 9, verdictRank(one), -(one.lastInvocation.quietDays ?? -1)],
    name: () => [],
    region: (one) => [one.region],
    quiet: (one) => [-(one.lastInvocation.quietDays ?? -1)],
    headroom: (one) => [one.timeout.headroom ?? 9],
    timeout: (one) => [-one.timeoutSeconds],
    longest: (one) => [-(one.duration.longestMs ?? -1)],
    verdict: (one) => [verdictRank(one)],
  };
  const key = keys[order];
  return functions
    .map((one) => ({ one, key: [...key(one), one.name, one.region] }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ one }) => one);
}

/** Rank of the gravest open finding of each resource, by ARN. */
export function gravestByResource(findings: readonly DocumentFinding[]): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const { resource, severity } of findings) {
    ranks.set(resource.arn, Math.min(ranks.get(resource.arn) ?? 9, severityRank(severity)));
  }
  return ranks;
}

function verdictRank({ timeout }: FunctionFacts): number {
  return timeoutVerdicts.indexOf(timeout.verdict);
}

function compare(left: readonly (number | string)[], right: readonly (number | string)[]): number {
  for (const [i, a] of left.entries()) {
    const b = right[i] ?? "";
    if (a < b) return -1;
    if (a > b) return 1;
  }
  return 0;
}
