/** Judges the snapshot, compares with the store, writes what changed, and leaves the document of the scan. */
import { assess } from "../assess.ts";
import { decide } from "../decisions/decide.ts";
import { type AccountNumbers, accountNumbers } from "../model/account-numbers.ts";
import { asFarAsSeen } from "../model/concluded-from.ts";
import { isAbsent } from "../model/coverage.ts";
import type { DocumentFinding, ScanDocument } from "../model/document.ts";
import { isOpen } from "../model/document-finding.ts";
import type { Severity, StoredFinding } from "../model/finding.ts";
import { isScanFunction } from "../model/left-alone.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { introduce } from "../notify/channel-list.ts";
import { finishLists } from "../notify/deliver.ts";
import { failingChannels } from "../notify/delivery-record.ts";
import { planDelivery } from "../notify/plan.ts";
import { changesOf, type PreviewLine, previewLines } from "../notify/preview.ts";
import { type OwnerShare, ownerShare } from "../owners/owner-share.ts";
import { type Outcome, reconcile } from "../reconcile.ts";
import { catalogue } from "../rules/catalogue.ts";
import type { ScanItem } from "../store/store.ts";
import { establish, isBaseline } from "./baseline.ts";
import type { RegionReceipt } from "./collect-and-keep.ts";
import { readDecisions, recordDecisions } from "./decisions.ts";
import { apiCallsOf, documentOf, mergeFindings } from "./document-of.ts";
import { keepLock } from "./keep-lock.ts";
import { keepPostings } from "./posting-blob.ts";
import type { CodeReceipt } from "./read-code.ts";
import { knownPlan, type ScanPlan } from "./scan-plan.ts";
import { snapshotOf } from "./snapshot-of.ts";
import type { Watchdog } from "./watchdog.ts";
import { withCode } from "./with-code.ts";
import { withLibraries } from "./with-libraries.ts";

/** A conclusion is checkpointed: no list in it may grow with the account. */
const mostScannersNamed = 20;

/** Where owners come from: without them nobody knows whose something is. */
const namesOwners: ReadonlySet<string> = new Set(["tags", "stacks"]);

/** What is checkpointed of the conclusion. */
export interface Conclusion {
  readonly documentKey: string;
  readonly functions: number;
  readonly openBySeverity: Readonly<Record<Severity, number>>;
  /** Held by decisions, and not among the open ones; absent in the checkpoints of older versions. */
  readonly suppressed?: number;
  /** Absent in the checkpoints of older versions. */
  readonly numbers?: AccountNumbers;
  /** How much of the account has an owner; absent in the checkpoints of older versions. */
  readonly owners?: OwnerShare;
  /** Functions that scan this account, as `NAME in REGION`, where there is more than one. */
  readonly scanners?: readonly string[];
  readonly complete: boolean;
  readonly incomplete: ScanItem["incomplete"];
  readonly changes: {
    readonly opened: number;
    readonly reopened: number;
    readonly changed: number;
    readonly resolved: number;
    readonly suppressed?: number;
    readonly unchanged: number;
  };
  readonly baseline: boolean;
  readonly apiCalls: number;
  /** What would be sent, where there is no channel. */
  readonly preview: readonly PreviewLine[];
  /** Findings that somebody else wrote at the same time; the next scan looks at them again. */
  readonly conflicts: number;
}

export async function conclude(
  watchdog: Watchdog,
  plan: ScanPlan,
  receipts: readonly RegionReceipt[],
  code: readonly CodeReceipt[],
): Promise<Conclusion> {
  const { store, settings, channels, blobs } = watchdog;
  await keepLock(watchdog, knownPlan(plan));
  await finishLists(store, plan.account);
  const snapshot = await readSnapshot(watchdog, plan, receipts);
  const state = await store.state(plan.account);
  const now = new Date(plan.at);
  const told = { ...snapshot, accountCoverage: [...snapshot.accountCoverage, ...failingChannels(state, now)] };
  const assessed = assess(told, catalogue, settings, await store.ownerOverrides(plan.account));
  const stored = await store.findings(plan.account, [...plan.regions, "global"]);
  const open = stored.filter(({ status }) => status !== "RESOLVED");
  const assessment = { ...assessed, findings: asFarAsSeen(assessed.findings, open) };
  const untagged = new Set(
    assessment.coverage.flatMap(({ collector, region, status }) => (status === "complete" || !namesOwners.has(collector) ? [] : [region])),
  );
  const usageBased = new Set(catalogue.filter((rule) => rule.usageBased).map((rule) => rule.id));
  const book = await readDecisions(store, plan.account, assessment.resources);
  const outcome = reconcile({
    found: assessment.findings,
    stored,
    look: assessment.look,
    isUsageBased: (rule) => usageBased.has(rule),
    isBaseline: (finding) => isBaseline(state, finding, now),
    isOwnerKnown: ({ resource }) => !untagged.has(resource.region),
    isWeighed: assessment.isWeighed,
    decide: (finding, before) => decide(finding, before, book, now),
    now,
  });
  const preview = channels.length > 0 ? [] : previewOf(outcome, stored, plan);
  const conflicts = await store.saveFindings(outcome.writes);
  await recordDecisions(store, plan.account, outcome.writes, conflicts, stored, plan.at);
  const nextState = introduce(establish(state, assessment.looks, now), channels, now);
  if (nextState !== state) await store.saveState(plan.account, nextState);
  const document = documentOf(
    plan,
    assessment,
    outcome,
    mergeFindings(stored, outcome),
    apiCallsOf(plan, [...receipts, ...code]),
    watchdog.now(),
    state.version === 0,
  );
  const documentKey = `scans/${plan.scanId}.json.gz`;
  await blobs.put(documentKey, document);
  const held = document.findings.filter(({ status }) => status === "SUPPRESSED").length;
  return {
    documentKey,
    functions: document.functions.length,
    openBySeverity: countOpen(document.findings),
    suppressed: held,
    numbers: accountNumbers(document),
    owners: { ...ownerShare(document.resources), ...(held > 0 ? { held } : {}) },
    ...scannersOf(document),
    complete: document.scan.complete,
    incomplete: document.coverage.flatMap(({ collector, region, status, code, follows }) =>
      status === "complete" || status === "left" || isAbsent({ collector, status }) || follows
        ? []
        : [{ collector, region, status, ...(code ? { code } : {}) }],
    ),
    changes: {
      opened: outcome.opened.length,
      reopened: outcome.reopened.length,
      changed: outcome.changed.length,
      resolved: outcome.resolved.length,
      suppressed: outcome.suppressed.length,
      unchanged: outcome.unchanged,
    },
    baseline: state.version === 0,
    apiCalls: document.scan.apiCalls.total,
    preview,
    conflicts: conflicts.length,
  };
}

/** Everything that was read; the posting index is kept, and gone from memory before anything is judged. */
async function readSnapshot(watchdog: Watchdog, plan: ScanPlan, receipts: readonly RegionReceipt[]): Promise<Snapshot> {
  const { blobs } = watchdog;
  const read = await withCode(await snapshotOf(blobs, plan, receipts), plan.scanId, watchdog);
  const { snapshot, index } = await withLibraries(read, plan.scanId, watchdog);
  if (index) await keepPostings(blobs, plan.account, plan.scanId, index);
  return snapshot;
}

function scannersOf({ functions }: ScanDocument): Pick<Conclusion, "scanners"> {
  const scanners = functions.filter(({ tags }) => isScanFunction(tags)).map(({ name, region }) => `${name} in ${region}`);
  return scanners.length < 2 ? {} : { scanners: scanners.slice(0, mostScannersNamed) };
}

/** As to a channel that heard of everything before this scan. */
function previewOf({ writes }: Outcome, stored: readonly StoredFinding[], { account, at }: ScanPlan): PreviewLine[] {
  const state = { since: "", singlesSentAt: [] };
  return previewLines(planDelivery({ pending: changesOf(writes, stored), state, now: new Date(at), account }).deliveries);
}

function countOpen(findings: readonly DocumentFinding[]): Record<Severity, number> {
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0 };
  for (const finding of findings) if (isOpen(finding)) counts[finding.severity] += 1;
  return counts;
}
