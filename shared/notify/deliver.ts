/** Sends what is pending through every channel, and writes down what each accepted. */

import { type DigestTiming, defaultTiming } from "../model/digest-timing.ts";
import type { PendingFinding, StoredFinding } from "../model/finding.ts";
import type { OwnerShare } from "../owners/owner-share.ts";
import type { Store } from "../store/store.ts";
import type { Channel, MessageKind } from "./channel.ts";
import type { DroppedOutbox } from "./channel-list.ts";
import { withOutcome } from "./delivery-record.ts";
import { weeklyIsDue } from "./local-time.ts";
import { type Delivery, type Plan, planDelivery } from "./plan.ts";
import type { Deployment } from "./pointer.ts";
import { Progress } from "./progress.ts";
import { idsIn, unmarked } from "./receipt.ts";
import { pendingOf, takes } from "./routing.ts";
import type { ScanNews } from "./scan-news.ts";
import { sendAndWrite } from "./send.ts";
import { askDecided, tellScan } from "./tell-scan.ts";
import type { WeeklyFacts } from "./weekly.ts";

export interface DeliverRequest {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly account: string;
  /** By which people know it, where it is known. */
  readonly accountAlias?: string;
  /** Regions whose findings are looked at, `global` among them for findings about the account. */
  readonly regions: readonly string[];
  readonly now: Date;
  /** Told in digests and summaries. */
  readonly owners?: OwnerShare;
  /** Where a reader of the message looks the findings up. */
  readonly deployment?: Deployment;
  readonly timing?: DigestTiming;
  /** Why a person should care about a finding, by its rule. */
  readonly whyOf?: (rule: string) => string | undefined;
  /** What the weekly digest says of these findings, all that are the channel's; absent: none is sent. Asked only when one is due. */
  readonly weekly?: (findings: readonly StoredFinding[]) => Promise<WeeklyFacts>;
  /** The scan that has completed, for channels that hear of each; absent: none has. */
  readonly scan?: ScanNews;
  /** Sends only these; what else is pending, and a list on its way, is left to whoever sends the rest. */
  readonly choose?: (finding: PendingFinding) => boolean;
}

/** A message in the report; counts are findings. */
export interface DeliveryLine {
  readonly channel: string;
  readonly kind: MessageKind;
  readonly subject: string;
  readonly findings: number;
}

export interface DeliveryReport {
  readonly sent: readonly DeliveryLine[];
  /** Not accepted: their findings stay pending. */
  readonly failed: readonly (DeliveryLine & { readonly error: string })[];
  /** Not tried, because the channel said that no message would be accepted. */
  readonly notTried: readonly DeliveryLine[];
  /** Findings that wait for a channel's next digest. */
  readonly waiting: number;
  /** Findings that wait for the end of the quiet hours, and when that is, ISO 8601. Absent where none does. */
  readonly held?: { readonly findings: number; readonly until: string };
  /** Finding ids that were sent while somebody else kept writing them: they may be sent once more. */
  readonly notCleared: readonly string[];
  /** What channels want a person to know though they took the message. Absent: nothing. */
  readonly notes?: readonly { readonly channel: string; readonly note: string }[];
  /** Outboxes of channels that are no longer configured: said once. Absent where none has gone. */
  readonly dropped?: readonly DroppedOutbox[];
}

/**
 * Sends what each channel has still to hear of the findings of these Regions. After each accepted message its findings are marked with what
 * the channel now knows, by conditional writes, and the channel's clock is written. A channel that fails does not keep another from sending.
 *
 * At least once: a crash between "accepted" and "written" repeats that one message, under the same id as long as its findings are the same;
 * nothing is lost, and what is written is not sent again. A run that was killed is continued by the next. A message that is not accepted
 * leaves everything as it is and stands in the report; the others are still tried unless the channel says that it is of no use.
 * Throws only when the store cannot be read or written.
 */
export async function deliver(request: DeliverRequest): Promise<DeliveryReport> {
  const { store, account, regions } = request;
  await finishLists(store, account);
  const progress = await Progress.read(store, account, regions);
  const report = { sent: [] as DeliveryLine[], failed: [] as (DeliveryLine & { error: string })[], notTried: [] as DeliveryLine[] };
  const notCleared: string[] = [];
  const notes: { channel: string; note: string }[] = [];
  let waiting = 0;
  let held: DeliveryReport["held"];
  for (const channel of request.channels) {
    const weekly = await weeklyFor(channel, progress, request);
    if (weekly.failed) report.failed.push(weekly.failed);
    const plan = planFor(channel, progress, request, weekly.facts);
    waiting += plan.waiting.length;
    if (plan.held) held = { findings: (held?.findings ?? 0) + plan.held.findings.length, until: plan.held.until.toISOString() };
    await noteHeld(channel, plan, progress, request);
    let [took, error, hopeless] = [0, weekly.failed?.error, false];
    for (const [index, delivery] of plan.deliveries.entries()) {
      const outcome = await sendAndWrite(channel, delivery, progress, request.now, request.choose === undefined);
      const sent = outcome.told > 0 || (delivery.shape === "weekly" && outcome.error === undefined);
      if (sent) took += 1;
      if (sent) report.sent.push(lineOf(channel, delivery, outcome.told));
      notCleared.push(...outcome.notCleared);
      notes.push(...(outcome.notes ?? []).map((note) => ({ channel: channel.name, note })));
      if (outcome.error === undefined) continue;
      error ??= outcome.error;
      report.failed.push({ ...lineOf(channel, delivery, delivery.findings.length - outcome.told), error: outcome.error });
      if (!outcome.hopeless) continue;
      hopeless = true;
      report.notTried.push(...plan.deliveries.slice(index + 1).map((left) => lineOf(channel, left)));
      break;
    }
    const ofScan = hopeless ? undefined : await tellScan(channel, progress, request.scan);
    const decided = error === undefined ? await askDecided(channel, progress, request.scan) : [];
    notes.push(...decided.map((note) => ({ channel: channel.name, note })));
    if (ofScan?.error !== undefined) {
      const line = { channel: channel.name, kind: "ops" as const, subject: `Scan ${request.scan?.scanId}`, findings: 0 };
      report.failed.push({ ...line, error: ofScan.error });
    }
    if (ofScan?.told !== undefined) took += 1;
    error ??= ofScan?.error;
    const isIdle = plan.deliveries.length + plan.waiting.length === 0 && !plan.held && !request.choose;
    const fared = { sent: took, isIdle, ...(error === undefined ? {} : { error }) };
    await progress.change(channel.name, (state) => {
      const after = withOutcome(state, fared, request.now);
      return ofScan?.told === undefined ? after : { ...after, scanTold: ofScan.told };
    });
  }
  return { ...report, waiting, ...(held ? { held } : {}), notCleared, ...(notes.length > 0 ? { notes } : {}) };
}

/** That something waits is written down, so that the hourly sweep knows when there is something to send after the quiet hours. */
async function noteHeld({ name }: Channel, { held }: Plan, progress: Progress, { now, choose }: DeliverRequest): Promise<void> {
  const { heldSince } = progress.channel(name);
  if (held && heldSince === undefined) await progress.change(name, (state) => ({ ...state, heldSince: now.toISOString() }));
  // before it is sent: what is not accepted stays pending, and the next scan tries again
  if (!held && heldSince !== undefined && !choose) await progress.change(name, ({ heldSince: _, ...state }) => state);
}

/**
 * Marks what accepted lists of a run that was killed have left unmarked. To be called before findings are compared: what is written
 * after that is no longer what the list told.
 */
export async function finishLists(store: Store, account: string): Promise<void> {
  const { channels } = await store.state(account);
  for (const [name, { receipt }] of Object.entries(channels)) {
    if (!receipt?.accepted) continue;
    const progress = await Progress.read(store, account, receipt.regions);
    const refused = await progress.mark(name, unmarked(receipt, name, progress.known));
    if (refused.length === 0) await progress.change(name, ({ receipt: _, ...state }) => state);
  }
}

/** What the channel's weekly digest says, if it is due. That it cannot be told keeps nothing else back. */
async function weeklyFor(
  channel: Channel,
  progress: Progress,
  { weekly, choose, now, timing = defaultTiming }: DeliverRequest,
): Promise<{ readonly facts?: WeeklyFacts; readonly failed?: DeliveryReport["failed"][number] }> {
  const { lastWeeklyAt, since } = progress.channel(channel.name);
  // one that shows findings as they are, such as tickets, has no reader of a digest
  if (!weekly || choose || channel.mirrors || !weeklyIsDue(timing, lastWeeklyAt ?? since, now)) return {};
  try {
    return { facts: await weekly([...progress.known.values()].filter((finding) => takes(channel, finding))) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { failed: { channel: channel.name, kind: "digest", subject: "Weekly digest", findings: 0, error: why } };
  }
}

function planFor(channel: Channel, progress: Progress, request: DeliverRequest, weekly: WeeklyFacts | undefined): Plan {
  const { now, account, owners, deployment, choose, timing = defaultTiming } = request;
  const { receipt, ...state } = progress.channel(channel.name);
  const onItsWay = choose && receipt ? idsIn(receipt) : new Set<string>();
  return planDelivery({
    channel: channel.name,
    pending: pendingOf(channel, [...progress.known.values()], state.since)
      .filter((finding) => (choose?.(finding) ?? true) && !onItsWay.has(finding.id))
      .map((finding) => inWords(finding, request)),
    state: choose || !receipt ? state : { ...state, receipt },
    now,
    account,
    limits: channel.limits,
    timing,
    ...(weekly ? { weekly } : {}),
    ...(owners ? { owners } : {}),
    ...(deployment ? { deployment } : {}),
  });
}

/** With what a message says beside what is stored: why it matters, and how people call the account. */
function inWords(finding: PendingFinding, { whyOf, accountAlias }: DeliverRequest): PendingFinding {
  const why = whyOf?.(finding.rule);
  return { ...finding, ...(why === undefined ? {} : { why }), ...(accountAlias === undefined ? {} : { accountAlias }) };
}

function lineOf({ name }: Channel, { message, findings }: Delivery, count = findings.length): DeliveryLine {
  return { channel: name, kind: message.kind, subject: message.subject, findings: count };
}
