/** Which messages go out now through a channel, and what waits. Pure: the same input gives the same messages with the same ids. */

import type { PendingFinding } from "../model/finding.ts";
import type { OwnerShare } from "../owners/owner-share.ts";
import type { ChannelState } from "../store/store.ts";
import { type ChannelLimits, defaultLimits, type Message } from "./channel.ts";
import { composeMessage, type Shape } from "./message.ts";
import type { Deployment } from "./pointer.ts";
import { stillIn } from "./receipt.ts";
import { byTeam, compareFindings, label, teamOf } from "./teams.ts";

/** One message and the findings that it tells. */
export interface Delivery {
  readonly shape: Shape;
  readonly findings: readonly PendingFinding[];
  readonly message: Message;
}

export interface PlanRequest {
  /** What the channel has still to hear. */
  readonly pending: readonly PendingFinding[];
  readonly state: ChannelState;
  readonly now: Date;
  readonly account: string;
  readonly limits?: ChannelLimits;
  /** Told in digests and summaries. */
  readonly owners?: OwnerShare;
  /** Where the findings can be looked up. */
  readonly deployment?: Deployment;
}

export interface Plan {
  /** In the order in which they are sent. A finding is in at most one. */
  readonly deliveries: readonly Delivery[];
  /** The channel's state once all of them are accepted. */
  readonly next: ChannelState;
  /** Findings that wait for the next digest. */
  readonly waiting: readonly PendingFinding[];
}

const hour = 3_600_000;

/**
 * Urgent findings go one by one, gravest first, up to the hourly limit, the rest of them in one message; a baseline goes in one summary for
 * the account; everything else waits for the daily digest. Nothing pending: no message.
 */
export function planDelivery({ pending, state, now, account, limits = defaultLimits, owners, deployment }: PlanRequest): Plan {
  const sorted = pending.toSorted(compareFindings);
  // a run was killed before it knew whether this list was accepted: the same again, under the same id
  const again = state.receipt && !state.receipt.accepted ? stillIn(state.receipt, sorted) : [];
  const repeated = new Set(again.map(({ id }) => id));
  const mine = sorted.filter(({ id }) => !repeated.has(id));
  const baseline = mine.filter((finding) => finding.pending.baseline);
  const urgent = mine.filter((finding) => finding.pending.urgent && !finding.pending.baseline);
  const quiet = mine.filter((finding) => !finding.pending.urgent && !finding.pending.baseline);
  const room = Math.max(0, limits.singlesPerHour - recentSingles(state, now).length);
  const digestAgain = again.length > 0 && state.receipt?.shape === "digest";
  const digestIsDue = !digestAgain && distance(state.lastDigestAt, now) >= limits.digestHours * hour;
  const batches: [Shape, PendingFinding[]][] = [
    ...urgent.slice(0, room).map((finding): [Shape, PendingFinding[]] => ["single", [finding]]),
    ["combined", urgent.slice(room)],
    ["summary", baseline],
    ["digest", digestIsDue ? quiet : []],
  ];
  const compose = (shape: Shape, part: readonly PendingFinding[]): Delivery => ({
    shape,
    findings: part,
    message: composeMessage(shape, part, account, owners, deployment),
  });
  const deliveries = batches.flatMap(([shape, findings]) => split(findings, limits).map((part) => compose(shape, part)));
  if (again.length > 0 && state.receipt) {
    const delivery = compose(state.receipt.shape, again);
    deliveries.unshift({ ...delivery, message: { ...delivery.message, id: state.receipt.message } });
  }
  return {
    deliveries,
    next: deliveries.reduce((next, delivery) => stateAfter(next, delivery, now), state),
    waiting: digestIsDue ? [] : quiet,
  };
}

/** The channel's state once it accepted `delivery`. */
export function stateAfter(state: ChannelState, { shape }: Pick<Delivery, "shape">, now: Date): ChannelState {
  if (shape === "single") return { ...state, singlesSentAt: [...recentSingles(state, now), now.toISOString()] };
  return shape === "digest" ? { ...state, lastDigestAt: now.toISOString() } : state;
}

function recentSingles(state: ChannelState, now: Date): string[] {
  return state.singlesSentAt.filter((time) => distance(time, now) < hour);
}

/** Milliseconds between a remembered time and now, in either direction: a clock that was wrong once must not silence a channel for long. */
function distance(time: string | undefined, now: Date): number {
  const then = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(then) ? Number.POSITIVE_INFINITY : Math.abs(now.getTime() - then);
}

/** One part, unless there are too many findings, or names for subscription filters, for one message. Teams stay together where they can. */
function split(findings: readonly PendingFinding[], { labelBytes, findings: most }: ChannelLimits): PendingFinding[][] {
  const parts: PendingFinding[][] = [];
  let part: PendingFinding[] = [];
  let labels = new Set<string>();
  let bytes = 0;
  for (const finding of byTeam(findings).flatMap((team) => team.findings)) {
    const own = [teamOf(finding), label(finding.owner.env), label(finding.rule.split("/")[0])].filter((name) => name !== undefined);
    const added = own.filter((name) => !labels.has(name)).reduce((sum, name) => sum + Buffer.byteLength(JSON.stringify(name)) + 1, 0);
    if (part.length > 0 && (bytes + added > labelBytes || part.length >= most)) {
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
