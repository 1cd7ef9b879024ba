/** Names that options give, held against what the last scan knows: an empty answer to a slip would read as "there is none". */

import type { ScanDocument } from "../shared/model/document.ts";
import type { Owner } from "../shared/model/finding.ts";
import { cleanText } from "../shared/model/plain-text.ts";
import type { LastScan } from "./last-scan.ts";
import { didYouMean } from "./nearest.ts";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError with the nearest of `known` when `asked` is none of them */
export function checkName(complaint: string, asked: string, known: readonly string[]): void {
  if (known.includes(asked)) return;
  throw new UsageError(`${complaint} ${JSON.stringify(cleanText(asked, 200))}${didYouMean(asked, known)}`);
}

/** `--region`: one that the scan looked at, `global`, or one of `more`: buckets lie where nobody looked. @throws UsageError */
export function checkRegions({ regions }: ScanDocument["scan"], asked: readonly string[] = [], more: readonly string[] = []): void {
  for (const region of asked) checkName("the last scan did not look at", region, [...new Set([...regions, "global", ...more])]);
}

interface Owned {
  readonly owner: Owner;
}

/** `--team`: one that owns something, whether or not it has what is asked for. @throws UsageError */
export async function checkTeam({ kept, scan }: LastScan<never>, asked: string | undefined, answers: readonly Owned[]): Promise<void> {
  if (asked === undefined || asked === "unowned" || answers.some(({ owner }) => owner.team === asked)) return;
  const { functions = [], resources = [] }: Partial<ScanDocument> =
    (await kept.blobs.getMembers(scan.documentKey ?? "", ["functions", "resources"])) ?? {};
  const teams = [...answers, ...functions, ...resources].flatMap(({ owner }) => owner.team ?? []);
  checkName("the last scan knows no team", asked, [...new Set(teams)]);
}
