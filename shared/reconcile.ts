/** Compares what this scan found with what the store remembers, and says what changed. Pure. */
import type { Verdict } from "./decisions/decide.ts";
import { hold, isSame, letGo, settle } from "./decisions/settle.ts";
import type { Look } from "./judge/answers.ts";
import { asGraveAsBefore } from "./model/as-grave-as-before.ts";
import { takesIn, together } from "./model/concluded-from.ts";
import type { Finding, StoredFinding } from "./model/finding.ts";
import { isTold } from "./model/outbox.ts";
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
  /** What people decided about it; absent: nothing. */
  readonly decide?: (finding: Finding, before: StoredFinding | undefined) => Verdict | undefined;
  readonly now: Date;
  /** Whether the tags by which owners are known could be read, there where the finding is. Absent: they could. */
  readonly isOwnerKnown?: (finding: Finding) => boolean;
  /** Whether everything was read that could make it graver. Absent: it was. */
  readonly isWeighed?: (finding: Finding) => boolean;
}

export interface Outcome {
  readonly writes: readonly FindingWrite[];
  readonly opened: readonly string[];
  readonly reopened: readonly string[];
  readonly changed: readonly string[];
  readonly resolved: readonly string[];
  /** Held by a decision since now. */
  readonly suppressed: readonly string[];
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
    suppressed: [] as string[],
  };
  let unchanged = 0;
  const note = (kind: Listed | "quietly" | undefined, next?: StoredFinding, previous?: StoredFinding) => {
    if (kind === undefined || next === undefined) {
      unchanged += 1;
      return;
    }
    outcome.writes.push({ finding: next, previousVersion: previous?.version });
    if (kind === "quietly") unchanged += 1;
    else outcome[kind].push(next.id);
  };
  for (const one of found) {
    const { mayBeGraver: _, ...finding } = one;
    const previous = before.get(finding.id);
    const isOpen = previous !== undefined && previous.status !== "RESOLVED";
    if (!isOpen && finding.continuesOnly) continue;
    if (!previous) note(...open(finding, comparison));
    else if (!isOpen) note(...reopen(finding, previous, comparison), previous);
    else note(...update(finding, previous, comparison, comparison.isWeighed?.(one) ?? true), previous);
  }
  for (const previous of stored) {
    if (previous.status === "RESOLVED" || after.has(previous.id)) continue;
    note(...fade(previous, comparison), previous);
  }
  return { ...outcome, unchanged };
}

/** The lists of an outcome. */
type Listed = "opened" | "reopened" | "changed" | "resolved" | "suppressed";

type Change = readonly [kind: Listed | "quietly" | undefined, next?: StoredFinding];

function open(finding: Finding, { now, isBaseline, decide }: Comparison): Change {
  const at = now.toISOString();
  const baseline = isBaseline(finding);
  const next = { ...finding, firstSeenAt: at, openedAt: at, changedAt: at, version: 1, ...(baseline ? { baseline } : {}) };
  const verdict = decide?.(finding, undefined);
  return verdict && "held" in verdict ? ["suppressed", hold(next, verdict.held)] : ["opened", { ...next, status: "NEW" }];
}

function reopen(finding: Finding, previous: StoredFinding, { now, decide }: Comparison): Change {
  const { firstSeenAt, told, released } = previous;
  const at = now.toISOString();
  const next = {
    ...finding,
    firstSeenAt,
    openedAt: at,
    changedAt: at,
    version: previous.version + 1,
    ...(told ? { told } : {}),
    ...(released ? { released } : {}),
  };
  const verdict = decide?.(finding, previous);
  if (verdict && "held" in verdict) return ["suppressed", hold(next, verdict.held)];
  return ["reopened", verdict ? letGo(next, verdict.released) : withStatus(next)];
}

function update(found: Finding, previous: StoredFinding, comparison: Comparison, isWeighed: boolean): Change {
  const { now, decide } = comparison;
  const weighed = asGraveAsBefore(found, previous, isWeighed, now);
  const milder = weighed.milderSince === undefined ? {} : { milderSince: weighed.milderSince };
  const finding = withOwner(weighed.finding, previous, comparison);
  const hasMoved = finding.owner.team !== previous.owner.team || finding.owner.env !== previous.owner.env;
  const ownerSince = hasMoved ? now.toISOString() : previous.ownerSince;
  const scope = together(finding, previous);
  const moved = { owner: finding.owner, ...(ownerSince === undefined ? {} : { ownerSince }), ...scope, ...milder };
  const verdict = decide?.(finding, previous);
  const wasHeld = previous.status === "SUPPRESSED";
  const isHeld = verdict !== undefined && "held" in verdict;
  const same = finding.severity === previous.severity && finding.materialKey === previous.materialKey;
  const { clearSince, milderSince, continuesOnly, concludedFrom, ...kept } = previous;
  const version = previous.version + 1;
  const { firstSeenAt, openedAt, baseline, told, released } = previous;
  const { concludedFrom: _, ...seen } = finding;
  const next = {
    ...seen,
    ...moved,
    firstSeenAt,
    ...(openedAt === undefined ? {} : { openedAt }),
    changedAt: now.toISOString(),
    ...(baseline === undefined ? {} : { baseline }),
    ...(told ? { told } : {}),
    ...(released ? { released } : {}),
    version,
  };
  if (verdict && !isHeld) return ["reopened", letGo(next, verdict.released)];
  if (isHeld && !wasHeld) return ["suppressed", hold(next, verdict.held)];
  const settled = (one: Omit<StoredFinding, "status">) => (isHeld ? hold(one, verdict.held) : withStatus(one));
  if (!same) return ["changed", settled(next)];
  const isAsBefore =
    clearSince === undefined &&
    milderSince === milder.milderSince &&
    !hasMoved &&
    takesIn(previous, scope) &&
    (!isHeld || isSame(previous.acknowledged, verdict.held));
  if (isAsBefore) return [undefined];
  // seen again after a look without it: the count of clear looks starts anew
  return ["quietly", isHeld ? hold({ ...kept, ...moved, version }, verdict.held) : { ...kept, ...moved, version }];
}

/** Where tags could not be read, nobody has ceased to own anything. */
function withOwner(finding: Finding, { owner }: StoredFinding, { isOwnerKnown }: Comparison): Finding {
  const hadOwner = owner.team !== undefined || owner.env !== undefined;
  // what a tag or a person says is known, whatever else could not be read
  const isSure = finding.owner.team !== undefined && finding.owner.confidence === "high";
  return hadOwner && !isSure && isOwnerKnown?.(finding) === false ? { ...finding, owner } : finding;
}

/** NEW until a channel has heard of it as it is: where it came back to what was told, nobody need hear. */
function withStatus(finding: Omit<StoredFinding, "status">): StoredFinding {
  const fresh: StoredFinding = { ...finding, status: "NEW" };
  return isTold(fresh) ? { ...fresh, status: "NOTIFIED" } : fresh;
}

/** A stored finding that this scan did not find. */
function fade(previous: StoredFinding, comparison: Comparison): Change {
  const { now, decide } = comparison;
  if (comparison.look(previous) !== "clear") return carryOver(previous, decide?.(previous, previous), now);
  const { clearSince, ...kept } = previous;
  const version = previous.version + 1;
  if (comparison.isUsageBased(previous.rule)) {
    if (clearSince === undefined) return ["quietly", { ...previous, clearSince: now.toISOString(), version }];
    if (now.getTime() - Date.parse(clearSince) < secondLookMs) return [undefined];
  }
  const at = now.toISOString();
  return ["resolved", { ...kept, status: "RESOLVED", changedAt: at, resolvedAt: at, version }];
}

/** Nothing is known of it today; a decision about it ends all the same. */
function carryOver(previous: StoredFinding, verdict: Verdict | undefined, now: Date): Change {
  const next = settle(previous, verdict, now);
  if (!next) return [undefined];
  if (next.status !== "SUPPRESSED") return ["reopened", next];
  return [previous.status === "SUPPRESSED" ? "quietly" : "suppressed", next];
}
