/** Sends what is pending. A message that is not accepted stays pending; the scan does not fail for it. */

import { defaultTiming } from "../model/digest-timing.ts";
import type { StoredFinding } from "../model/finding.ts";
import { type DroppedOutbox, droppedOutbox, removedChannels } from "../notify/channel-list.ts";
import { type DeliveryReport, deliver } from "../notify/deliver.ts";
import { weeklyDay } from "../notify/local-time.ts";
import { Progress } from "../notify/progress.ts";
import type { ScanNews } from "../notify/scan-news.ts";
import type { WeeklyFacts } from "../notify/weekly.ts";
import { catalogue } from "../rules/catalogue.ts";
import { getDocumentParts } from "../store/document-blob.ts";
import type { Conclusion } from "./conclude.ts";
import { settleSince } from "./decisions.ts";
import { keepLock } from "./keep-lock.ts";
import type { ScanPlan } from "./scan-plan.ts";
import type { Watchdog } from "./watchdog.ts";
import { weeklyFacts, weeklyParts } from "./weekly-facts.ts";

const nothing: DeliveryReport = { sent: [], failed: [], notTried: [], waiting: 0, notCleared: [] };

type Teller = Pick<Watchdog, "store" | "blobs" | "settings" | "channels" | "deployment" | "leaseSeconds" | "now">;

/** A week of hourly scans, and the one before it. */
const recentScans = 200;

export async function tell(teller: Teller, plan: ScanPlan, conclusion: Conclusion): Promise<DeliveryReport> {
  const { owners, scanners, documentKey } = conclusion;
  const { store, channels, deployment, leaseSeconds, settings } = teller;
  if (channels.length === 0) return nothing;
  await keepLock({ store, leaseSeconds }, plan);
  const { account, accountAlias, at } = plan;
  const regions = [...plan.regions, "global"];
  const more = {
    ...(accountAlias === undefined ? {} : { accountAlias }),
    whyOf: whyOfRule,
    ...(owners ? { owners } : {}),
    ...(settings.digest ? { timing: settings.digest } : {}),
    weekly: weeklyOf(teller, account, documentKey, new Date(at)),
    scan: newsOf(plan, conclusion, teller.now()),
    ...(deployment ? { deployment: { ...deployment, ...(scanners ? { scanners } : {}) } } : {}),
  };
  await settleSince(store, account, regions, new Date(at));
  const report = await deliver({ store, channels, account, regions, now: new Date(at), ...more });
  const dropped = await dropRemoved({ store, channels }, plan, regions);
  return dropped.length > 0 ? { ...report, dropped } : report;
}

function newsOf({ scanId, account, accountAlias, at, regions }: ScanPlan, conclusion: Conclusion, now: Date): ScanNews {
  const { complete, functions, openBySeverity, suppressed = 0, incomplete } = conclusion;
  const times = { startedAt: at, finishedAt: now.toISOString() };
  const name = { account, ...(accountAlias === undefined ? {} : { accountAlias }) };
  return { scanId, ...name, ...times, complete, regions: regions.length, functions, openBySeverity, suppressed, incomplete };
}

/** Why a person should care about what a rule finds. */
export function whyOfRule(id: string): string | undefined {
  return catalogue.find((rule) => rule.id === id)?.why;
}

/** Reads what the weekly digest is made of: only when one is due. */
export function weeklyOf(
  { store, blobs, settings }: Pick<Teller, "store" | "blobs" | "settings">,
  account: string,
  documentKey: string,
  now: Date,
): (findings: readonly StoredFinding[]) => Promise<WeeklyFacts> {
  return async (findings) => {
    const document = await getDocumentParts(blobs, documentKey, weeklyParts);
    if (!document) throw new Error(`The document of the scan (${documentKey}) is gone: the weekly digest comes with the next scan.`);
    const day = weeklyDay(settings.digest ?? defaultTiming, now);
    const [scans, questions] = [await store.scans(account, recentScans), await store.questions.all(account)];
    return weeklyFacts({ document, findings, questions, scans, day, now });
  };
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
