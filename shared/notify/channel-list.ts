/** Which channels the account has: introduced by a scan, dropped when they are no longer configured. Pure. */
import type { StoredFinding } from "../model/finding.ts";
import type { AccountState } from "../store/store.ts";
import type { Channel } from "./channel.ts";
import { isRoutedAsBefore, pendingOf } from "./routing.ts";

/** Findings that a channel was not told of when it was dropped. */
export interface DroppedOutbox {
  readonly channel: string;
  readonly findings: number;
}

/** True for a channel that takes part: a new one has no past before its first summary. */
export function isIntroduced(state: AccountState, name: string): boolean {
  const channel = state.channels[name];
  return channel !== undefined && channel.removedAt === undefined;
}

/**
 * The state with every channel in it; the same object when none is new, has come back, or has other routes. Other routes are a new
 * beginning: what had opened by now and comes by them goes into one summary.
 */
export function introduce(state: AccountState, channels: readonly Pick<Channel, "name" | "routes">[], now: Date): AccountState {
  const since = now.toISOString();
  const fresh = channels.flatMap(({ name, routes }) => {
    if (isIntroduced(state, name) && isRoutedAsBefore(state.channels[name], { routes })) return [];
    const { removedAt, routes: _, ...before } = state.channels[name] ?? { singlesSentAt: [] };
    return [[name, { ...before, since, ...(routes ? { routes } : {}) }]];
  });
  return fresh.length === 0 ? state : { ...state, channels: { ...state.channels, ...Object.fromEntries(fresh) } };
}

/** Names of introduced channels that are no longer configured. Where none is configured, nobody is told, but nothing was taken away. */
export function removedChannels(state: AccountState, configured: readonly string[]): string[] {
  if (configured.length === 0) return [];
  return Object.keys(state.channels).filter((name) => isIntroduced(state, name) && !configured.includes(name));
}

/** What the channel will not hear of these findings. */
export function droppedOutbox(state: AccountState, channel: string, findings: readonly StoredFinding[]): DroppedOutbox {
  const { since, routes } = state.channels[channel] ?? {};
  return { channel, findings: pendingOf({ name: channel, ...(routes ? { routes } : {}) }, findings, since).length };
}
