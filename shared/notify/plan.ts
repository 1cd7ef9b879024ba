/** Which messages go out now through a channel, and what waits. Pure: the same input gives the same messages with the same ids. */

import { type DigestTiming, defaultTiming } from "../model/digest-timing.ts";
import type { PendingFinding } from "../model/finding.ts";
import type { OwnerShare } from "../owners/owner-share.ts";
import type { ChannelState, ListReceipt } from "../store/store.ts";
import { type ChannelLimits, defaultLimits, type Message } from "./channel.ts";
import { quietUntil } from "./local-time.ts";
import { composeMessage, type Shape } from "./message.ts";
import type { Deployment } from "./pointer.ts";
import { stillIn } from "./receipt.ts";
import { byTeam, compareFindings, label, type TeamFindings, teamOf } from "./teams.ts";
import { type WeeklyFacts, weeklyMessage } from "./weekly.ts";

/** One message and the findings that it tells. */
export interface Delivery {
  readonly shape: Shape | "weekly";
  readonly findings: readonly PendingFinding[];
  readonly message: Message;
  /** Another digest follows: the channel's clock is set by the last of them. */
  readonly moreFollow?: true;
}

export interface PlanRequest {
  readonly channel?: string;
  /** What the channel has still to hear. */
  readonly pending: readonly PendingFinding[];
  readonly state: ChannelState;
  readonly now: Date;
  readonly account: string;
  readonly limits?: ChannelLimits;
  readonly timing?: DigestTiming;
  /** What the weekly digest says; given when it is due. */
  readonly weekly?: WeeklyFacts;
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
  /** What would go out now, but for the quiet hours, and when they end; absent where nothing waits for them. */
  readonly held?: { readonly findings: readonly PendingFinding[]; readonly until: Date };
}

const hour = 3_600_000;

/**
 * Urgent findings go one by one, gravest first, up to the hourly limit, the rest of them in one message; a baseline goes in one summary for
 * the account; everything else waits for the daily digest, of which each owner gets one. In quiet hours only what is CRITICAL goes out, the
 * rest when they end. Nothing pending: no message, but for the weekly digest when it is due.
 */
export function planDelivery(request: PlanRequest): Plan {
  const { pending, state, now, limits = defaultLimits, timing = defaultTiming } = request;
  const sorted = pending.toSorted(compareFindings);
  // a run was killed before it knew whether this list was accepted: the same again, under the same id
  const again = state.receipt && !state.receipt.accepted ? stillIn(state.receipt, sorted) : [];
  const repeated = new Set(again.map(({ id }) => id));
  const { urgent, baseline, quiet } = sortOut(sorted.filter(({ id }) => !repeated.has(id)));
  const digestAgain = again.length > 0 && state.receipt?.shape === "digest";
  const digestIsDue = !digestAgain && distance(state.lastDigestAt, now) >= limits.digestHours * hour;
  const room = Math.max(0, limits.singlesPerHour - recentSingles(state, now).length);
  const waiting = digestIsDue ? [] : quiet;
  const until = quietUntil(timing, now);
  if (until) {
    const critical = urgent.filter(({ severity }) => severity === "CRITICAL");
    // a list that is on its way keeps its place: no other one before it
    const told = again.length > 0 ? critical.slice(0, room) : critical;
    const rest = [...again, ...urgent.filter((finding) => !told.includes(finding)), ...baseline, ...(digestIsDue ? quiet : [])];
    const held = rest.length > 0 || request.weekly ? { held: { findings: rest, until } } : {};
    return { ...planOf(request, urgentBatches(told, room, limits)), waiting, ...held };
  }
  const deliveries = [
    ...(again.length > 0 && state.receipt ? [againDelivery(request, state.receipt, again)] : []),
    ...planOf(request, [
      ...urgentBatches(urgent, room, limits),
      ...split(baseline, limits).map((part): Batch => ["summary", part]),
      ...(digestIsDue ? digestBatches(quiet, limits) : []),
    ]).deliveries,
    ...weeklyDelivery(request),
  ];
  return { deliveries, next: deliveries.reduce((next, delivery) => stateAfter(next, delivery, now), state), waiting };
}

type Batch = readonly [shape: Shape, findings: readonly PendingFinding[]];

function sortOut(findings: readonly PendingFinding[]) {
  const baseline = findings.filter(({ pending }) => pending.baseline);
  const urgent = findings.filter(({ pending }) => pending.urgent && !pending.baseline);
  return { baseline, urgent, quiet: findings.filter(({ pending }) => !pending.urgent && !pending.baseline) };
}

function urgentBatches(urgent: readonly PendingFinding[], room: number, limits: ChannelLimits): Batch[] {
  return [
    ...urgent.slice(0, room).map((finding): Batch => ["single", [finding]]),
    ...split(urgent.slice(room), limits).map((part): Batch => ["combined", part]),
  ];
}

/** One for each owner, what nobody owns last; where there are too many, those with the gravest findings have their own and the others share. */
function digestBatches(quiet: readonly PendingFinding[], limits: ChannelLimits): Batch[] {
  const teams = byTeam(quiet);
  const own = teams.length <= limits.digestsAtOnce ? teams : gravestFirst(teams).slice(0, limits.digestsAtOnce - 1);
  const shared = teams.filter((team) => !own.includes(team)).flatMap(({ findings }) => findings);
  const lists = [...teams.filter((team) => own.includes(team)).map(({ findings }) => findings), shared];
  return lists.flatMap((findings) => split(findings, limits).map((part): Batch => ["digest", part]));
}

function gravestFirst(teams: readonly TeamFindings[]): TeamFindings[] {
  return teams.toSorted(({ findings: [left] }, { findings: [right] }) => (left && right ? compareFindings(left, right) : 0));
}

function planOf(request: PlanRequest, batches: readonly Batch[]): Pick<Plan, "deliveries" | "next"> {
  const lastDigest = batches.findLastIndex(([shape]) => shape === "digest");
  const deliveries = batches.map(([shape, findings], index): Delivery => {
    const more = shape === "digest" && index < lastDigest;
    return { ...compose(request, shape, findings), ...(more ? { moreFollow: true as const } : {}) };
  });
  const { state, now } = request;
  return { deliveries, next: deliveries.reduce((next, delivery) => stateAfter(next, delivery, now), state) };
}

function compose({ account, owners, deployment }: PlanRequest, shape: Shape, findings: readonly PendingFinding[]): Delivery {
  return { shape, findings, message: composeMessage(shape, findings, account, owners, deployment) };
}

function againDelivery(request: PlanRequest, { shape, message }: ListReceipt, findings: readonly PendingFinding[]): Delivery {
  const delivery = compose(request, shape, findings);
  return { ...delivery, message: { ...delivery.message, id: message } };
}

function weeklyDelivery({ weekly, channel = "", limits = defaultLimits, deployment }: PlanRequest): Delivery[] {
  return weekly ? [{ shape: "weekly", findings: [], message: weeklyMessage(weekly, channel, limits, deployment) }] : [];
}

/** The channel's state once it accepted `delivery`. */
export function stateAfter(state: ChannelState, { shape, moreFollow }: Pick<Delivery, "shape" | "moreFollow">, now: Date): ChannelState {
  if (shape === "single") return { ...state, singlesSentAt: [...recentSingles(state, now), now.toISOString()] };
  if (shape === "weekly") return { ...state, lastWeeklyAt: now.toISOString() };
  return shape === "digest" && !moreFollow ? { ...state, lastDigestAt: now.toISOString() } : state;
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
