/**
 * The dead-man alarm speaks when its state changes and never again. Whoever confirms a subscription later, as after a first deployment,
 * would hear nothing of a watchdog that is dead; so the hourly sweep, which runs apart from the scan, says it once a day.
 */
import { CallCount } from "../aws/client-options.ts";
import { identify } from "../collect/account/account.ts";
import type { Channel } from "../notify/channel.ts";
import { silenceMessage } from "../notify/silence-message.ts";
import type { ScanItem } from "../store/store.ts";
import type { Watchdog } from "./watchdog.ts";

const hourMs = 3_600_000;
/** Less than a day, so that an hourly sweep that comes a little early does not wait for the next one. */
const againAfterHours = 23.5;
/** The alarm itself has spoken on the day on which scans ended. */
const alarmSpeaksForHours = 24;
/** A week of hourly scans that all failed. */
const recentScans = 170;

/** `early`: nothing is overdue, or the alarm has just said it. `said-before`: within a day. */
export type SilenceOutcome = "early" | "said-before" | "said";

export interface SilenceWatch extends Pick<Watchdog, "clientsFor" | "store" | "homeRegion" | "now" | "deployment"> {
  /** The operations topic: that of the findings may be what is broken. */
  readonly operations: Channel;
  /** Hours without a completed scan after which the alarm is on. */
  readonly overdueHours: number;
}

/**
 * Says that no scan completes, at most once a day.
 * @throws DeliveryError when the topic does not take it: the next hour tries again; what AWS or the store answers
 */
export async function breakSilence(watch: SilenceWatch): Promise<SilenceOutcome> {
  const { store, operations, overdueHours, deployment } = watch;
  const { account } = await identify(watch.clientsFor(new CallCount()), watch.homeRegion);
  const scans = await store.scans(account, recentScans);
  const lastCompletedAt = scans.find(({ outcome }) => outcome === "done")?.finishedAt;
  const before = await store.silence(account);
  const now = watch.now();
  const hoursSince = (time: string) => (now.getTime() - Date.parse(time)) / hourMs;
  const since = lastCompletedAt ?? before?.since ?? now.toISOString();
  // nobody has completed anything: what is overdue is counted from the first time that this was seen
  if (lastCompletedAt === undefined && !before) await store.saveSilence(account, { since });
  const hours = hoursSince(since);
  if (hours < overdueHours + (lastCompletedAt === undefined ? 0 : alarmSpeaksForHours)) return "early";
  if (before?.saidAt !== undefined && hoursSince(before.saidAt) < againAfterHours) return "said-before";
  const newest = newestInWords(scans[0]);
  const facts = {
    account,
    hours: Math.floor(hours),
    ...(lastCompletedAt === undefined ? {} : { lastCompletedAt }),
    ...(newest === undefined ? {} : { newest }),
    ...(deployment ? { deployment } : {}),
  };
  await operations.send(silenceMessage(facts), []);
  await store.saveSilence(account, { since, saidAt: now.toISOString() });
  return "said";
}

function newestInWords(scan: ScanItem | undefined): string | undefined {
  if (!scan || scan.outcome === "done") return undefined;
  const begun = `The newest one began ${scan.startedAt.slice(0, 16).replace("T", " ")} UTC`;
  return scan.outcome === "failed" ? `${begun} and failed: ${scan.error ?? "no reason was kept"}` : `${begun} and has not ended.`;
}
