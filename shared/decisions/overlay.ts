/** The findings of a scan's document as the decisions of today leave them: a decision counts at once, not from the next scan on. Pure. */
import type { DocumentFinding } from "../model/document.ts";
import type { DecisionBook } from "./book.ts";
import { decide } from "./decide.ts";

/** The same list where nobody decided anything since the scan. */
export function withDecisions(findings: readonly DocumentFinding[], book: DecisionBook, now: Date): DocumentFinding[] {
  return findings.map((finding) => {
    const verdict = decide(finding, finding, book, now);
    if (verdict === undefined) return finding;
    const { acknowledged: _, released: __, ...rest } = finding;
    if ("held" in verdict) return { ...rest, status: "SUPPRESSED", acknowledged: verdict.held };
    return { ...rest, status: "NEW", released: { ...verdict.released, version: 0 } };
  });
}
