/** The document of a scan. */
import type { Assessment } from "../assess.ts";
import { isAbsent } from "../model/coverage.ts";
import { documentSchemaVersion, type ScanDocument } from "../model/document.ts";
import { documentFinding } from "../model/document-finding.ts";
import type { StoredFinding } from "../model/finding.ts";
import type { Outcome } from "../reconcile.ts";
import type { RegionReceipt } from "./collect-and-keep.ts";
import type { ScanPlan } from "./scan-plan.ts";

/** Everything in the store after this scan. */
export function mergeFindings(stored: readonly StoredFinding[], { writes }: Outcome): StoredFinding[] {
  const merged = new Map(stored.map((finding) => [finding.id, finding]));
  for (const { finding } of writes) merged.set(finding.id, finding);
  return [...merged.values()];
}

/** Requests of all steps. */
export function apiCallsOf(plan: ScanPlan, receipts: readonly Pick<RegionReceipt, "apiCalls">[]) {
  const byOperation: Record<string, number> = {};
  for (const calls of [plan.apiCalls, ...receipts.map((receipt) => receipt.apiCalls)]) {
    for (const [operation, count] of Object.entries(calls)) byOperation[operation] = (byOperation[operation] ?? 0) + count;
  }
  const sorted = Object.fromEntries(Object.entries(byOperation).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { total: Object.values(sorted).reduce((sum, count) => sum + count, 0), byOperation: sorted };
}

/** @param stored everything in the store after this scan */
export function documentOf(
  plan: ScanPlan,
  assessment: Assessment,
  outcome: Outcome,
  stored: readonly StoredFinding[],
  apiCalls: ScanDocument["scan"]["apiCalls"],
  finishedAt: Date,
  baseline: boolean,
): ScanDocument {
  const fresh = new Map(assessment.findings.map((finding) => [finding.id, finding]));
  const { opened, reopened, changed, resolved, suppressed, unchanged } = outcome;
  const open = stored.filter(({ status }) => status !== "RESOLVED");
  return {
    schemaVersion: documentSchemaVersion,
    scan: {
      id: plan.scanId,
      account: plan.account,
      ...(plan.accountAlias === undefined ? {} : { accountAlias: plan.accountAlias }),
      partition: plan.partition,
      regions: plan.regions,
      regionSource: plan.regionSource,
      startedAt: plan.at,
      finishedAt: finishedAt.toISOString(),
      complete: assessment.coverage.every((row) => row.status === "complete" || isAbsent(row)),
      ...(assessment.advisories ? { advisories: assessment.advisories } : {}),
      apiCalls,
    },
    coverage: assessment.coverage,
    functions: assessment.functions,
    resources: assessment.resources,
    relations: assessment.relations,
    roles: assessment.roles,
    // what was seen again shows today's evidence; what is carried over shows what was known when it was last seen
    findings: open.map((finding) => documentFinding(finding.milderSince ? finding : (fresh.get(finding.id) ?? finding), finding)),
    changes: { baseline, opened, reopened, changed, resolved, suppressed, unchanged },
  };
}
