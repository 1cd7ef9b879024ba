/**
 * A scan that ends in the quiet hours holds its messages back, and the next one may end in them too. So the hourly sweep sends what waits
 * as soon as they are over. Where nothing waits it reads one item of the table and ends.
 */
import { randomBytes } from "node:crypto";
import { CallCount } from "../aws/client-options.ts";
import { identify } from "../collect/account/account.ts";
import { defaultTiming } from "../model/digest-timing.ts";
import type { ScanDocument } from "../model/document.ts";
import { type DeliveryReport, deliver } from "../notify/deliver.ts";
import { isQuiet } from "../notify/local-time.ts";
import type { ScanItem } from "../store/store.ts";
import { weeklyOf, whyOfRule } from "./tell.ts";
import type { Watchdog } from "./watchdog.ts";

const recentScans = 20;
/** As long as one execution may take: a scan that began earlier and has not ended is dead. */
const longestScanMs = 6 * 3_600_000;

export type HeldSender = Pick<
  Watchdog,
  "clientsFor" | "store" | "blobs" | "channels" | "deployment" | "settings" | "homeRegion" | "now" | "leaseSeconds"
>;

/** Undefined: nothing waits, it is still quiet, or a scan runs that will send it. @throws what AWS or the store answers */
export async function sendAfterQuietHours(sender: HeldSender): Promise<DeliveryReport | undefined> {
  const { store, settings, now, leaseSeconds } = sender;
  const at = now();
  if (!settings.digest?.quietHours || isQuiet(settings.digest, at)) return undefined;
  const { account } = await identify(sender.clientsFor(new CallCount()), sender.homeRegion);
  const { channels: states } = await store.state(account);
  const channels = sender.channels.filter(({ name }) => states[name]?.heldSince !== undefined);
  if (channels.length === 0) return undefined;
  const scans = await store.scans(account, recentScans);
  const last = scans.find(({ outcome }) => outcome === "done");
  if (!last?.documentKey || isRunning(scans[0], at)) return undefined;
  const id = `held-${randomBytes(4).toString("hex")}`;
  if ((await store.acquireLock(account, id, leaseSeconds, "sweep")) !== "acquired") return undefined;
  try {
    return await send({ ...sender, channels }, account, last.documentKey, at);
  } finally {
    await store.releaseLock(account, id, "sweep");
  }
}

async function send({ store, blobs, settings, channels, deployment }: HeldSender, account: string, documentKey: string, now: Date) {
  const { scan } = (await blobs.getMembers(documentKey, ["scan"])) as Pick<ScanDocument, "scan">;
  return deliver({
    store,
    channels,
    account,
    ...(scan.accountAlias === undefined ? {} : { accountAlias: scan.accountAlias }),
    regions: [...scan.regions, "global"],
    now,
    timing: settings.digest ?? defaultTiming,
    whyOf: whyOfRule,
    weekly: weeklyOf({ store, blobs, settings }, account, documentKey, now),
    ...(deployment ? { deployment } : {}),
  });
}

function isRunning(newest: ScanItem | undefined, now: Date): boolean {
  return newest?.outcome === "running" && now.getTime() - Date.parse(newest.startedAt) < longestScanMs;
}
