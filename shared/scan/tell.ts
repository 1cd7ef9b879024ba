/** Sends what is pending. A message that is not accepted stays pending; the scan does not fail for it. */
import { type DeliveryReport, deliver } from "../notify/deliver.ts";
import type { Watchdog } from "../watch.ts";
import type { ScanPlan } from "./begin.ts";
import { keepLock } from "./keep-lock.ts";

const nothing: DeliveryReport = { sent: [], failed: [], notTried: [], waiting: 0, notCleared: [] };

export async function tell({ store, notifier, leaseSeconds }: Watchdog, plan: ScanPlan): Promise<DeliveryReport> {
  if (!notifier) return nothing;
  await keepLock({ store, leaseSeconds }, plan);
  return deliver({ store, notifier, account: plan.account, regions: [...plan.regions, "global"], now: new Date(plan.at) });
}
