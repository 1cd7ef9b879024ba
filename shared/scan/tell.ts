/** Sends what is pending. A message that is not accepted stays pending; the scan does not fail for it. */
import type { OwnerShare } from "../graph/owner-share.ts";
import { type DeliveryReport, deliver } from "../notify/deliver.ts";
import type { Watchdog } from "../watch.ts";
import type { ScanPlan } from "./begin.ts";
import { keepLock } from "./keep-lock.ts";

const nothing: DeliveryReport = { sent: [], failed: [], notTried: [], waiting: 0, notCleared: [] };

export async function tell({ store, notifier, leaseSeconds }: Watchdog, plan: ScanPlan, owners?: OwnerShare): Promise<DeliveryReport> {
  if (!notifier) return nothing;
  await keepLock({ store, leaseSeconds }, plan);
  const { account, regions, at } = plan;
  return deliver({ store, notifier, account, regions: [...regions, "global"], now: new Date(at), ...(owners ? { owners } : {}) });
}
