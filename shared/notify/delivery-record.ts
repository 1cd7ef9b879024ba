/** What is remembered of how a channel fares: when it last took something, since when it fails, and what it last said. Pure. */
import { type Coverage, channelFailingCode } from "../model/coverage.ts";
import { cleanText } from "../model/plain-text.ts";
import { globalRegion } from "../model/snapshot.ts";
import type { AccountState, ChannelState } from "../store/store.ts";

/** What came of one run of a channel. */
export interface RunOutcome {
  /** Messages that it took. */
  readonly sent: number;
  /** What was said of the first that it did not take. */
  readonly error?: string;
  /** There was nothing that it had to hear: nothing is undelivered. */
  readonly isIdle: boolean;
}

/** The state after the run; the same object where nothing is to be remembered. */
export function withOutcome(state: ChannelState, { sent, error, isIdle }: RunOutcome, now: Date): ChannelState {
  const at = now.toISOString();
  const delivered = sent > 0 ? { lastDeliveredAt: at } : {};
  if (error !== undefined) return { ...state, ...delivered, failingSince: state.failingSince ?? at, lastError: cleanText(error, 300) };
  if (sent === 0 && !(isIdle && state.failingSince !== undefined)) return state;
  const { failingSince, lastError, ...well } = state;
  return { ...well, ...delivered };
}

/** A day, less what a daily scan may start earlier than yesterday's. */
const failsForMs = 20 * 3_600_000;

/** A row for each channel that has taken nothing for a day: the rule scan/channel-failing makes a finding of it. */
export function failingChannels({ channels }: AccountState, now: Date): Coverage[] {
  return Object.entries(channels).flatMap(([name, { failingSince, lastError = "", removedAt }]) => {
    if (failingSince === undefined || removedAt !== undefined || now.getTime() - Date.parse(failingSince) < failsForMs) return [];
    // everything was looked at: what fails is the telling
    return [
      {
        collector: `channel ${name}`,
        region: globalRegion,
        status: "complete",
        code: channelFailingCode,
        message: `${failingSince} ${lastError}`,
      },
    ];
  });
}
