/** Sends what is pending. A message that is not accepted stays pending; the scan does not fail for it. */

import { type DroppedOutbox, droppedOutbox, removedChannels } from "../notify/channel-list.ts";
import { type DeliveryReport, deliver } from "../notify/deliver.ts";
import { Progress } from "../notify/progress.ts";
import type { Conclusion } from "./conclude.ts";
import { settleSince } from "./decisions.ts";
import { keepLock } from "./keep-lock.ts";
import type { ScanPlan } from "./scan-plan.ts";
import type { Watchdog } from "./watchdog.ts";

const nothing: DeliveryReport = { sent: [], failed: [], notTried: [], waiting: 0, notCleared: [] };

type Teller = Pick<Watchdog, "store" | "channels" | "deployment" | "leaseSeconds">;

export async function tell(
  { store, channels, deployment, leaseSeconds }: Teller,
  plan: ScanPlan,
  { owners, scanners }: Pick<Conclusion, "owners" | "scanners"> = {},
): Promise<DeliveryReport> {
  if (channels.length === 0) return nothing;
  await keepLock({ store, leaseSeconds }, plan);
  const { account, at } = plan;
  const regions = [...plan.regions, "global"];
  const more = {
    ...(owners ? { owners } : {}),
    ...(deployment ? { deployment: { ...deployment, ...(scanners ? { scanners } : {}) } } : {}),
  };
  await settleSince(store, account, regions, new Date(at));
  const report = await deliver({ store, channels, account, regions, now: new Date(at), ...more });
  const dropped = await dropRemoved({ store, channels }, plan, regions);
  return dropped.length > 0 ? { ...report, dropped } : report;
}

/** What a channel that is gone was not told of will not be told: said once. */
async function dropRemoved(
  { store, channels }: Pick<Watchdog, "store" | "channels">,
  { account, at }: ScanPlan,
  regions: readonly string[],
): Promise<DroppedOutbox[]> {
  const state = await store.state(account);
  const removed = removedChannels(
    state,
    channels.map(({ name }) => name),
  );
  if (removed.length === 0) return [];
  const progress = await Progress.read(store, account, regions);
  const findings = [...progress.known.values()];
  for (const name of removed) await progress.change(name, ({ receipt: _, ...before }) => ({ ...before, removedAt: at }));
  return removed.map((name) => droppedOutbox(state, name, findings));
}
