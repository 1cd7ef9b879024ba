/** The last step: the scan is written down, the lock given back. */
import { type DigestTiming, defaultTiming } from "../model/digest-timing.ts";
import { cleanText } from "../model/plain-text.ts";
import type { DeliveryReport } from "../notify/deliver.ts";
import { nextWeeklyDay } from "../notify/local-time.ts";
import type { ScanItem, ScanMessages } from "../store/store.ts";
import type { Conclusion } from "./conclude.ts";
import type { ScanPlan } from "./scan-plan.ts";
import type { Watchdog } from "./watchdog.ts";

/** What a scan answers; small. */
export interface ScanResult extends Conclusion {
  readonly scanId: string;
  readonly account: string;
  readonly regions: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly delivery: DeliveryReport;
}

export async function finish(watchdog: Watchdog, plan: ScanPlan, conclusion: Conclusion, delivery: DeliveryReport): Promise<ScanResult> {
  const finishedAt = watchdog.now().toISOString();
  const { complete, functions, documentKey, incomplete, apiCalls, openBySeverity, numbers, suppressed = 0 } = conclusion;
  const openFindings = Object.values(openBySeverity).reduce((sum, count) => sum + count, 0);
  const done = {
    outcome: "done",
    complete,
    functions,
    openFindings,
    suppressedFindings: suppressed,
    apiCalls,
    documentKey,
    incomplete,
    ...(numbers ? { numbers } : {}),
    ...(watchdog.channels.length > 0
      ? { messages: messagesOf(delivery, watchdog.settings.digest ?? defaultTiming, new Date(plan.at)) }
      : {}),
  } as const;
  await watchdog.store.saveScan({ ...itemOf(plan), ...done, finishedAt });
  await watchdog.store.releaseLock(plan.account, plan.scanId);
  return {
    ...conclusion,
    scanId: plan.scanId,
    account: plan.account,
    regions: plan.regions.length,
    startedAt: plan.at,
    finishedAt,
    delivery,
  };
}

function messagesOf({ sent, failed, notTried, waiting, held }: DeliveryReport, timing: DigestTiming, at: Date): ScanMessages {
  const counts = { sent: sent.length, refused: failed.length + notTried.length, waiting };
  return { ...counts, ...(held ? { heldUntil: held.until } : {}), weeklyOn: nextWeeklyDay(timing, at) };
}

/** A scan that failed is written down as failed, with the reason, and no longer stands in the way of the next one. */
export async function giveUp({ store, now }: Pick<Watchdog, "store" | "now">, plan: ScanPlan, error: unknown): Promise<void> {
  const message = cleanText(error instanceof Error ? error.message : String(error), 500);
  await store.saveScan({ ...itemOf(plan), outcome: "failed", finishedAt: now().toISOString(), error: message });
  await store.releaseLock(plan.account, plan.scanId);
}

function itemOf(plan: ScanPlan): Omit<ScanItem, "outcome"> {
  return {
    id: plan.scanId,
    account: plan.account,
    startedAt: plan.at,
    complete: false,
    functions: 0,
    openFindings: 0,
    apiCalls: 0,
    incomplete: [],
  };
}
