/** Which channels the account has: introduced by a scan, dropped when they are no longer configured. Pure. */
import type { StoredFinding } from "../model/finding.ts";
import { withPending } from "../model/outbox.ts";
import type { AccountState } from "../store/store.ts";

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

/** The state with every channel of `names` in it; the same object when none is new or has come back. */
export function introduce(state: AccountState, names: readonly string[], now: Date): AccountState {
  const since = now.toISOString();
  const fresh = names.flatMap((name) => {
    if (isIntroduced(state, name)) return [];
    const { removedAt, ...before } = state.channels[name] ?? { singlesSentAt: [] };
    return [[name, { ...before, since }]];
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
  return { channel, findings: withPending(findings, channel, state.channels[channel]?.since).length };
}
