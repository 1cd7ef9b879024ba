/** How grave an advisory is: by the arithmetic of CVSS where it gives a vector, else by the word of its database. */
import type { Severity } from "../../model/finding.ts";
import type { Gravity } from "./advisory.ts";
import { baseScore } from "./cvss.ts";
import { listOf, membersOf, textOf } from "./json-shapes.ts";

/** GitHub says MODERATE where CVSS says MEDIUM. */
const words = new Map<string, Severity>([
  ["CRITICAL", "CRITICAL"],
  ["HIGH", "HIGH"],
  ["MODERATE", "MEDIUM"],
  ["MEDIUM", "MEDIUM"],
  ["LOW", "LOW"],
]);

/**
 * @param vectors OSV's `severity`
 * @param said where a database may say a word: its `database_specific` and its like
 * @returns undefined where nothing is said
 */
export function gravityOf(vectors: unknown, ...said: readonly unknown[]): Gravity | undefined {
  const scores = (listOf(vectors) ?? []).flatMap((one) => baseScore(textOf(membersOf(one)?.score)?.trim() ?? "") ?? []);
  // most records have one of CVSS 3, and what is told apart by it should be comparable
  const best = ([3, 4, 2] as const).flatMap((wanted) => scores.find(({ version }) => version === wanted) ?? [])[0];
  if (best) return { severity: severityOf(best.score, best.version), score: best.score, by: `CVSS ${best.version}` };
  for (const specific of said) {
    const word = words.get(textOf(membersOf(specific)?.severity)?.toUpperCase() ?? "");
    if (word) return { severity: word, by: "database" };
  }
  return undefined;
}

/** The scale of CVSS 3 (section 5) and 4 (section 6); that of CVSS 2 ends with HIGH (nvd.nist.gov/vuln-metrics/cvss). */
function severityOf(score: number, version: 2 | 3 | 4): Severity {
  if (score >= 9 && version !== 2) return "CRITICAL";
  if (score >= 7) return "HIGH";
  if (score >= 4) return "MEDIUM";
  return score > 0 ? "LOW" : "INFORMATIONAL";
}
