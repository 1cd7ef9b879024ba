/** Compares what this scan found with what the store remembers, and says what changed. Pure. */
import type { Look } from "./judge/answers.ts";
import { type Finding, type Pending, type StoredFinding, severityRank, type Transition } from "./model/finding.ts";
import type { FindingWrite } from "./store/store.ts";

/** A usage-based finding is resolved by the second complete look without it, this long after the first. */
export const secondLookMs = 20 * 3_600_000;

export interface Comparison {
  readonly found: readonly Finding[];
  readonly stored: readonly StoredFinding[];
  /** How this scan saw a stored finding that it did not find again. */
  readonly look: (finding: StoredFinding) => Look;
  readonly isUsageBased: (rule: string) => boolean;
  /** Belongs to the first sight of its Region and rule. */
  readonly isBaseline: (finding: Finding) => boolean;
  /** Channels that have to be told. */
  readonly channels: readonly string[];
  readonly now: Date;
}

export interface Outcome {
  readonly writes: readonly FindingWrite[];
  readonly opened: readonly string[];
  readonly reopened: readonly string[];
  readonly changed: readonly string[];
  readonly resolved: readonly string[];
  /** Open findings that were carried over as they are. */
  readonly unchanged: number;
}

/** What to write. A finding that did not change is not written. */
export function reconcile(comparison: Comparison): Outcome {
  const { found, stored } = comparison;
  const before = new Map(stored.map((finding) => [finding.id, finding]));
  const after = new Set(found.map(({ id }) => id));
  const outcome = {
    writes: [] as FindingWrite[],
    opened: [] as string[],
    reopened: [] as string[],
    changed: [] as string[],
    resolved: [] as string[],
  };
  let unchanged = 0;
  const note = (kind: Transition | "quietly" | undefined, next?: StoredFinding, previous?: StoredFinding) => {
    if (kind === undefined || next === undefined) {
      unchanged += 1;
      return;
    }
    outcome.writes.push({ finding: next, previousVersion: previous?.version });
    if (kind === "quietly") unchanged += 1;
    else outcome[kind].push(next.id);
  };
  for (const finding of found) {
    const previous = before.get(finding.id);
    const isOpen = previous !== undefined && previous.status !== "RESOLVED";
    if (!isOpen && finding.continuesOnly) continue;
    if (!previous) note("opened", open(finding, comparison));
    else if (!isOpen) note("reopened", reopen(finding, previous, comparison), previous);
    else note(...update(finding, previous, comparison), previous);
  }
  for (const previous of stored) {
    if (previous.status === "RESOLVED" || after.has(previous.id)) continue;
    note(...fade(previous, comparison), previous);
  }
  return { ...outcome, unchanged };
}

function open(finding: Finding, comparison: Comparison): StoredFinding {
  const at = comparison.now.toISOString();
  return {
    ...finding,
    status: "NEW",
    firstSeenAt: at,
    changedAt: at,
    version: 1,
    ...outbox("opened", finding, isGrave(finding), comparison),
  };
}

function reopen(finding: Finding, previous: StoredFinding, comparison: Comparison): StoredFinding {
  // its resolution was never told: then nobody need hear that it came back
  const untold = previous.pending?.transition === "resolved";
  return {
    ...finding,
    status: untold ? "NOTIFIED" : "NEW",
    firstSeenAt: previous.firstSeenAt,
    changedAt: comparison.now.toISOString(),
    version: previous.version + 1,
    ...(untold ? {} : outbox("reopened", finding, isGrave(finding), comparison)),
  };
}

type Change = readonly [kind: Transition | "quietly" | undefined, next?: StoredFinding];

function update(finding: Finding, previous: StoredFinding, comparison: Comparison): Change {
  const same = finding.severity === previous.severity && finding.materialKey === previous.materialKey;
  const { clearSince, pending, continuesOnly, ...kept } = previous;
  const version = previous.version + 1;
  if (same) {
    // seen again after a look without it: the count of clear looks starts anew
    return clearSince === undefined ? [undefined] : ["quietly", { ...kept, ...(pending ? { pending } : {}), version }];
  }
  const worsened = isGrave(finding) && severityRank(finding.severity) < severityRank(previous.severity);
  const next: StoredFinding = {
    ...finding,
    status: previous.status === "SUPPRESSED" ? "SUPPRESSED" : "NEW",
    firstSeenAt: previous.firstSeenAt,
    changedAt: comparison.now.toISOString(),
    version,
    // nobody heard of it yet: then it is still new to them
    ...outbox(
      pending?.transition === "opened" || pending?.transition === "reopened" ? pending.transition : "changed",
      finding,
      worsened || (pending?.urgent ?? false),
      comparison,
      pending,
    ),
  };
  return ["changed", next];
}

/** A stored finding that this scan did not find. */
function fade(previous: StoredFinding, comparison: Comparison): Change {
  if (comparison.look(previous) !== "clear") return [undefined];
  const { now } = comparison;
  const { pending, clearSince, ...kept } = previous;
  const version = previous.version + 1;
  if (comparison.isUsageBased(previous.rule)) {
    if (clearSince === undefined) return ["quietly", { ...previous, clearSince: now.toISOString(), version }];
    if (now.getTime() - Date.parse(clearSince) < secondLookMs) return [undefined];
  }
  const at = now.toISOString();
  // opened and resolved without anybody having heard: nothing to tell
  const untold = pending?.transition === "opened" || pending?.transition === "reopened";
  const next: StoredFinding = { ...kept, status: "RESOLVED", changedAt: at, resolvedAt: at, version };
  return ["resolved", { ...next, ...(untold ? {} : outbox("resolved", previous, false, comparison)) }];
}

function isGrave({ severity }: Finding): boolean {
  return severity === "CRITICAL" || severity === "HIGH";
}

function outbox(
  transition: Transition,
  finding: Finding,
  urgent: boolean,
  { channels, now, isBaseline }: Comparison,
  earlier?: Pending,
): { pending?: Pending } {
  if (channels.length === 0) return {};
  const baseline = earlier ? earlier.baseline : transition === "opened" && isBaseline(finding);
  return { pending: { transition, at: now.toISOString(), channels, baseline, urgent: urgent && !baseline } };
}
