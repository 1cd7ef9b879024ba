/** One completed scan through one channel, where that hears of scans. */
import { type Channel, DeliveryError } from "./channel.ts";
import type { Progress } from "./progress.ts";
import { takes } from "./routing.ts";
import type { ScanNews } from "./scan-news.ts";
import { inTime } from "./send.ts";

/**
 * Tells a channel that hears of every scan of this one, unless it knows of it: the step may be repeated. A failure leaves nothing behind,
 * for the next scan tells of itself.
 */
export async function tellScan(
  channel: Channel,
  progress: Progress,
  scan: ScanNews | undefined,
): Promise<{ readonly told?: string; readonly error?: string }> {
  // a channel that no route names gets nothing
  if (!scan || !channel.tellScan || channel.routes?.length === 0) return {};
  if (progress.channel(channel.name).scanTold === scan.scanId) return {};
  try {
    await inTime(channel, channel.tellScan(scan), "this scan may go untold there, the next tells of itself");
    return { told: scan.scanId };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** What people decided in a channel that they can decide in, a line each; once a scan. That it cannot be asked keeps nothing else back. */
export async function askDecided(channel: Channel, progress: Progress, scan: ScanNews | undefined): Promise<readonly string[]> {
  if (!scan || !channel.decided || channel.routes?.length === 0) return [];
  try {
    return await inTime(channel, channel.decided([...progress.known.values()].filter((finding) => takes(channel, finding))));
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return [`what people decided there could not be asked: ${error.message}`];
  }
}
