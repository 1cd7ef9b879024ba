/** An EventBridge bus: for rules of one's own, and through API destinations for whatever takes HTTP. */
import { setTimeout as pause } from "node:timers/promises";
import type { EventBridgeClient, PutEventsRequestEntry, PutEventsResultEntry } from "@aws-sdk/client-eventbridge";
import { codeOf, isCredentialsError } from "../../aws/errors.ts";
import type { OptionsOf } from "../../channel-settings/kinds.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type ChannelLimits, DeliveryError, defaultLimits, NoAnswerError } from "../channel.ts";
import type { ChannelKind } from "../channel-kind.ts";
import { type BusEvent, eventSource, eventsOf } from "./bus-events.ts";
import { type ScanEvent, scanEvent } from "./scan-event.ts";

/** Ten events a request: a hundred requests for the largest list, well within the time that a message may take. */
const limits: ChannelLimits = { ...defaultLimits, findings: 1000 };
/** PutEvents, quotas: entries of one request. */
const mostEntries = 10;
/** Of one request with all its entries; 256 KB is what EventBridge has always taken. */
const mostRequestBytes = 256_000;
const attempts = 3;
const pauseMs = 300;

export const kind: ChannelKind<OptionsOf<"eventbridge">> = {
  kind: "eventbridge",
  open: (name, { bus }, means) => ({
    name,
    limits,
    // a bus is told of decisions too: what listens keeps states of its own
    mirrors: true,
    async send(message) {
      const client = await means.clients.eventbridge();
      const accepted: string[] = [];
      let refused: PutEventsResultEntry | undefined;
      for (const batch of batches(eventsOf(message, means.account, name))) {
        const results = await put(client, bus, batch, accepted.length > 0);
        // the rest waits for the next scan, and is told with what was not taken
        if (results === undefined) break;
        for (const [index, { findingId }] of batch.entries()) {
          const result = results[index];
          if (result?.ErrorCode !== undefined) refused = result;
          else if (findingId !== undefined) accepted.push(findingId);
        }
        if (batch[0]?.findingId === undefined && results[0]?.ErrorCode !== undefined) break;
      }
      if (accepted.length === 0 && refused) {
        const code = refused.ErrorCode ?? "";
        throw explain(bus, code, cleanText(refused.ErrorMessage ?? "", 200), undefined);
      }
      return { accepted };
    },
    async tellScan(scan) {
      const [result] = (await put(await means.clients.eventbridge(), bus, [scanEvent(scan)], false)) ?? [];
      if (result?.ErrorCode === undefined) return;
      throw explain(bus, result.ErrorCode, cleanText(result.ErrorMessage ?? "", 200), undefined, "the next scan tells of itself");
    },
  }),
};

/** At most ten, and no more than one request takes. The event of a list is alone: what it announces is only sent when it was taken. */
function batches(events: readonly BusEvent[]): BusEvent[][] {
  const all: BusEvent[][] = [];
  let [batch, bytes]: [BusEvent[], number] = [[], 0];
  for (const event of events) {
    const own = Buffer.byteLength(JSON.stringify(event));
    if (batch.length === mostEntries || bytes + own > mostRequestBytes || batch[0]?.findingId === undefined) {
      if (batch.length > 0) all.push(batch);
      [batch, bytes] = [[], 0];
    }
    batch.push(event);
    bytes += own;
  }
  return batch.length > 0 ? [...all, batch] : all;
}

/**
 * What became of each event; entries that were not taken are tried again. Undefined: the request failed, after others were taken.
 * @throws DeliveryError
 */
async function put(
  client: EventBridgeClient,
  bus: string,
  batch: readonly (BusEvent | ScanEvent)[],
  some: boolean,
): Promise<PutEventsResultEntry[] | undefined> {
  const { PutEventsCommand } = await import("@aws-sdk/client-eventbridge");
  const results: PutEventsResultEntry[] = batch.map(() => ({ ErrorCode: "NotTried" }));
  let open = batch.map((_, index) => index);
  for (let attempt = 1; open.length > 0 && attempt <= attempts; attempt += 1) {
    if (attempt > 1) await pause(pauseMs * attempt);
    const entries = open.flatMap((index) => (batch[index] ? [entryOf(batch[index], bus)] : []));
    try {
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
      for (const [at, index] of open.entries()) results[index] = Entries[at] ?? { ErrorCode: "NoResult" };
    } catch (error) {
      if (some || attempt > 1) return attempt > 1 ? results : undefined;
      throw explain(bus, codeOf(error), error instanceof Error ? cleanText(error.message, 300) : String(error), error);
    }
    open = open.filter((index) => results[index]?.ErrorCode !== undefined);
  }
  return results;
}

function entryOf({ type, resources, detail }: BusEvent | ScanEvent, bus: string): PutEventsRequestEntry {
  return { EventBusName: bus, Source: eventSource, DetailType: type, Detail: JSON.stringify(detail), Resources: [...resources] };
}

function explain(bus: string, code: string, said: string, error: unknown, then = "the next scan tries again"): DeliveryError {
  const what = `events:PutEvents on ${cleanText(bus, 300)}`;
  if (error !== undefined && isCredentialsError(error)) {
    return new DeliveryError(`${what}: AWS did not accept the credentials: sign in again, or check --profile (${code})`, true, error);
  }
  if (/NotFound/.test(code))
    return new DeliveryError(`${what}: there is no such bus: make it, or set its name right (${code}: ${said})`, true, error);
  if (/AccessDenied|NotAuthorized/.test(code)) {
    return new DeliveryError(
      `${what}: refused: allow it in the role's policy, and in the bus's where it is another account's (${code}: ${said})`,
      true,
      error,
    );
  }
  const again = `${what}: not accepted, ${then} (${code}: ${said})`;
  const status = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
  return error !== undefined && (status === undefined || status >= 500)
    ? new NoAnswerError(again, true, error)
    : new DeliveryError(again, false, error);
}
