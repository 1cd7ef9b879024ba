/** Sends what is pending through every channel, and writes down what each accepted. */

import type { PendingFinding } from "../model/finding.ts";
import type { OwnerShare } from "../owners/owner-share.ts";
import type { Store } from "../store/store.ts";
import type { Channel, MessageKind } from "./channel.ts";
import type { DroppedOutbox } from "./channel-list.ts";
import { type Delivery, planDelivery } from "./plan.ts";
import type { Deployment } from "./pointer.ts";
import { Progress } from "./progress.ts";
import { idsIn, unmarked } from "./receipt.ts";
import { pendingOf } from "./routing.ts";
import { sendAndWrite } from "./send.ts";

export interface DeliverRequest {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly account: string;
  /** Regions whose findings are looked at, `global` among them for findings about the account. */
  readonly regions: readonly string[];
  readonly now: Date;
  /** Told in digests and summaries. */
  readonly owners?: OwnerShare;
  /** Where a reader of the message looks the findings up. */
  readonly deployment?: Deployment;
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
  for (const channel of request.channels) {
    const plan = planFor(channel, progress, request);
    waiting += plan.waiting.length;
    for (const [index, delivery] of plan.deliveries.entries()) {
      const outcome = await sendAndWrite(channel, delivery, progress, request.now, request.choose === undefined);
      if (outcome.told > 0) report.sent.push(lineOf(channel, delivery, outcome.told));
      notCleared.push(...outcome.notCleared);
      notes.push(...(outcome.notes ?? []).map((note) => ({ channel: channel.name, note })));
      if (outcome.error === undefined) continue;
      report.failed.push({ ...lineOf(channel, delivery, delivery.findings.length - outcome.told), error: outcome.error });
      if (!outcome.hopeless) continue;
      report.notTried.push(...plan.deliveries.slice(index + 1).map((left) => lineOf(channel, left)));
      break;
    }
  }
  return { ...report, waiting, notCleared, ...(notes.length > 0 ? { notes } : {}) };
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

function planFor(channel: Channel, progress: Progress, { now, account, owners, deployment, choose }: DeliverRequest) {
  const { receipt, ...state } = progress.channel(channel.name);
  const onItsWay = choose && receipt ? idsIn(receipt) : new Set<string>();
  return planDelivery({
    pending: pendingOf(channel, [...progress.known.values()], state.since).filter(
      (finding) => (choose?.(finding) ?? true) && !onItsWay.has(finding.id),
    ),
    state: choose || !receipt ? state : { ...state, receipt },
    now,
    account,
    limits: channel.limits,
    ...(owners ? { owners } : {}),
    ...(deployment ? { deployment } : {}),
  });
}

function lineOf({ name }: Channel, { message, findings }: Delivery, count = findings.length): DeliveryLine {
  return { channel: name, kind: message.kind, subject: message.subject, findings: count };
}
