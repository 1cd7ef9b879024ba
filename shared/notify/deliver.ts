/** Sends what is pending and empties the outbox of what was accepted. */
import type { OwnerShare } from "../graph/owner-share.ts";
import type { StoredFinding } from "../model/finding.ts";
import { type AccountState, type FindingWrite, type Store, StoreConflictError } from "../store/store.ts";
import { DeliveryError, type MessageKind, type Notifier } from "./notifier.ts";
import { type Delivery, type PlanLimits, planDelivery, stateAfter } from "./plan.ts";

export interface DeliverRequest {
  readonly store: Store;
  readonly notifier: Notifier;
  readonly account: string;
  /** Regions whose findings are looked at, `global` among them for findings about the account. */
  readonly regions: readonly string[];
  readonly now: Date;
  readonly limits?: PlanLimits;
  /** Told in digests and summaries. */
  readonly owners?: OwnerShare;
  /** Sends only these; what else is pending waits for whoever sends the rest. */
  readonly choose?: (finding: StoredFinding) => boolean;
}

/** A message in the report; counts are findings. */
export interface DeliveryLine {
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
  /** Findings that wait for the next digest. */
  readonly waiting: number;
  /** Finding ids that were sent while somebody else kept writing them: they may be sent once more. */
  readonly notCleared: readonly string[];
}

/**
 * Sends the pending findings of these Regions through one channel. After each accepted message the channel is taken off its findings'
 * outboxes by conditional writes (a finding with no channel left turns from NEW to NOTIFIED), then the account's state is written.
 *
 * At least once: a crash between "accepted" and "written" repeats that one message (or, of a list, the part not yet written); nothing is
 * lost, and what is written is not sent again. A run that was killed is continued by the next, from what is still pending.
 * A message that is not accepted leaves its outbox untouched and stands in the report; the others are still tried unless the channel says
 * that it is of no use. Throws only when the store cannot be read or written.
 */
export async function deliver(request: DeliverRequest): Promise<DeliveryReport> {
  const { store, notifier, account, now, limits, owners } = request;
  const { channel } = notifier;
  let state = await store.state(account);
  const pending = (await store.findings(account, request.regions)).filter(request.choose ?? (() => true));
  const plan = planDelivery({ pending, channel, state, now, account, ...(limits ? { limits } : {}), ...(owners ? { owners } : {}) });
  const sent: DeliveryLine[] = [];
  const failed: (DeliveryLine & { error: string })[] = [];
  const notCleared: string[] = [];
  let hopeless = false;
  for (const delivery of plan.deliveries) {
    if (hopeless) break;
    try {
      await notifier.send(delivery.message);
    } catch (error) {
      failed.push({ ...lineOf(delivery), error: error instanceof Error ? error.message : String(error) });
      hopeless = error instanceof DeliveryError && error.permanent;
      continue;
    }
    sent.push(lineOf(delivery));
    try {
      notCleared.push(...(await clearOutboxes(store, channel, account, delivery.findings)));
      state = await saveProgress(store, account, state, delivery, now);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const { subject } = delivery.message;
      throw new Error(`"${subject}" was sent, but the store did not take note of it, so that it may be sent again: ${why}`, {
        cause: error,
      });
    }
  }
  const notTried = plan.deliveries.slice(sent.length + failed.length).map(lineOf);
  return { sent, failed, notTried, waiting: plan.waiting.length, notCleared };
}

function lineOf({ message, findings }: Delivery): DeliveryLine {
  return { kind: message.kind, subject: message.subject, findings: findings.length };
}

/** Answers the ids of findings that could not be cleared because somebody else wrote them twice. */
async function clearOutboxes(store: Store, channel: string, account: string, sent: readonly StoredFinding[]): Promise<string[]> {
  const refused = await store.saveFindings(sent.map((finding) => cleared(finding, channel)));
  if (refused.length === 0) return [];
  const regions = [...new Set(refused.map((write) => write.finding.resource.region))];
  const stored = new Map((await store.findings(account, regions)).map((finding) => [finding.id, finding]));
  const again = sent
    .filter((finding) => refused.some((write) => write.finding.id === finding.id))
    .map((finding) => ({ told: finding.pending, current: stored.get(finding.id) }))
    // a transition that replaced the one we told has not been told: it stays pending
    .flatMap(({ told, current }) => (current && isSame(told, current.pending, channel) ? [current] : []));
  const stillRefused = await store.saveFindings(again.map((finding) => cleared(finding, channel)));
  return stillRefused.map((write) => write.finding.id);
}

function isSame(told: StoredFinding["pending"], current: StoredFinding["pending"], channel: string): boolean {
  return current !== undefined && current.transition === told?.transition && current.at === told.at && current.channels.includes(channel);
}

function cleared(finding: StoredFinding, channel: string): FindingWrite {
  const { pending, ...rest } = finding;
  const channels = pending?.channels.filter((name) => name !== channel) ?? [];
  const version = finding.version + 1;
  if (pending && channels.length > 0)
    return { finding: { ...rest, pending: { ...pending, channels }, version }, previousVersion: finding.version };
  const status = finding.status === "NEW" ? "NOTIFIED" : finding.status;
  return { finding: { ...rest, status, version }, previousVersion: finding.version };
}

/** Notes that a single or a digest went out. When somebody else wrote the state in between, theirs is the one that is added to. */
async function saveProgress(store: Store, account: string, state: AccountState, delivery: Delivery, now: Date): Promise<AccountState> {
  const next = stateAfter(state, delivery, now);
  if (next === state) return state;
  try {
    return await store.saveState(account, next);
  } catch (error) {
    if (!(error instanceof StoreConflictError)) throw error;
    return store.saveState(account, stateAfter(await store.state(account), delivery, now));
  }
}
