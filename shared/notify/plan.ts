/** Which messages go out now, and what waits. Pure: the same input gives the same messages with the same ids. */
import type { OwnerShare } from "../graph/owner-share.ts";
import type { StoredFinding } from "../model/finding.ts";
import type { AccountState } from "../store/store.ts";
import { composeMessage, type Shape } from "./message.ts";
import type { Message } from "./notifier.ts";
import { byTeam, compareFindings, label, teamOf } from "./teams.ts";

/** One message and the findings whose outbox it empties. */
export interface Delivery {
  readonly shape: Shape;
  readonly findings: readonly StoredFinding[];
  readonly message: Message;
}

export interface PlanLimits {
  /** Single messages in any hour; more urgent findings share one message. */
  readonly singlesPerHour: number;
  /** Hours between two digests: 20, so that a daily scan that starts a little early still sends one. */
  readonly digestHours: number;
  /** Bytes of team, env and rule group names that one message may carry as attributes; beyond it a list becomes two messages. */
  readonly labelBytes: number;
}

export const defaultLimits: PlanLimits = { singlesPerHour: 10, digestHours: 20, labelBytes: 40_000 };

export interface PlanRequest {
  /** Findings whose outbox names the channel; others are ignored. */
  readonly pending: readonly StoredFinding[];
  readonly channel: string;
  readonly state: AccountState;
  readonly now: Date;
  readonly account: string;
  readonly limits?: PlanLimits;
  /** Told in digests and summaries. */
  readonly owners?: OwnerShare;
}

export interface Plan {
  /** In the order in which they are sent. A finding is in at most one. */
  readonly deliveries: readonly Delivery[];
  /** The account's state once all of them are accepted. */
  readonly next: AccountState;
  /** Findings that wait for the next digest. */
  readonly waiting: readonly StoredFinding[];
}

const hour = 3_600_000;

/**
 * Urgent findings go one by one, gravest first, up to the hourly limit, the rest of them in one message; a baseline goes in one summary for
 * the account; everything else waits for the daily digest. Nothing pending: no message.
 */
export function planDelivery({ pending, channel, state, now, account, limits = defaultLimits, owners }: PlanRequest): Plan {
  const mine = pending.filter((finding) => finding.pending?.channels.includes(channel)).toSorted(compareFindings);
  const baseline = mine.filter((finding) => finding.pending?.baseline);
  const urgent = mine.filter((finding) => finding.pending?.urgent && !finding.pending.baseline);
  const quiet = mine.filter((finding) => !finding.pending?.urgent && !finding.pending?.baseline);
  const room = Math.max(0, limits.singlesPerHour - recentSingles(state, now).length);
  const digestIsDue = distance(state.lastDigestAt, now) >= limits.digestHours * hour;
  const batches: [Shape, StoredFinding[]][] = [
    ...urgent.slice(0, room).map((finding): [Shape, StoredFinding[]] => ["single", [finding]]),
    ["combined", urgent.slice(room)],
    ["summary", baseline],
    ["digest", digestIsDue ? quiet : []],
  ];
  const deliveries = batches.flatMap(([shape, findings]) =>
    splitByLabels(findings, limits.labelBytes).map((part) => ({
      shape,
      findings: part,
      message: composeMessage(shape, part, account, owners),
    })),
  );
  return {
    deliveries,
    next: deliveries.reduce((next, delivery) => stateAfter(next, delivery, now), state),
    waiting: digestIsDue ? [] : quiet,
  };
}

/** The account's state once the channel accepted `delivery`; the version stays, the store counts it. */
export function stateAfter(state: AccountState, delivery: Delivery, now: Date): AccountState {
  if (delivery.shape === "single") return { ...state, singlesSentAt: [...recentSingles(state, now), now.toISOString()] };
  return delivery.shape === "digest" ? { ...state, lastDigestAt: now.toISOString() } : state;
}

function recentSingles(state: AccountState, now: Date): string[] {
  return state.singlesSentAt.filter((time) => distance(time, now) < hour);
}

/** Milliseconds between a remembered time and now, in either direction: a clock that was wrong once must not silence a channel for long. */
function distance(time: string | undefined, now: Date): number {
  const then = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(then) ? Number.POSITIVE_INFINITY : Math.abs(now.getTime() - then);
}

/** One part, unless the names for subscription filters would not fit into one message. Teams stay together where they can. */
function splitByLabels(findings: readonly StoredFinding[], mostBytes: number): StoredFinding[][] {
  const parts: StoredFinding[][] = [];
  let part: StoredFinding[] = [];
  let labels = new Set<string>();
  let bytes = 0;
  for (const finding of byTeam(findings).flatMap((team) => team.findings)) {
    const own = [teamOf(finding), label(finding.owner.env), label(finding.rule.split("/")[0])].filter((name) => name !== undefined);
    const added = own.filter((name) => !labels.has(name)).reduce((sum, name) => sum + Buffer.byteLength(JSON.stringify(name)) + 1, 0);
    if (part.length > 0 && bytes + added > mostBytes) {
      parts.push(part);
      [part, labels, bytes] = [[], new Set(), 0];
    }
    part.push(finding);
    bytes += added;
    for (const name of own) labels.add(name);
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
