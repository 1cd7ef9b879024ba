/**
 * Which findings are a channel's, and what it has to hear of one that is, or that no longer is. Pure.
 *
 * A finding that comes to a channel because its owner or the routes changed is no news: it goes into the summary. One that leaves is told
 * once as moved, which for the channel is its end: nothing of it is told there any more, and no ticket stays open for ever.
 */
import { globPattern } from "../channel-settings/routes.ts";
import { type Finding, type Pending, type PendingFinding, type StoredFinding, severityRank } from "../model/finding.ts";
import { pendingAfter } from "../model/outbox.ts";
import type { Route } from "../model/route.ts";
import type { ChannelState } from "../store/store.ts";
import type { Channel } from "./channel.ts";
import { label, unowned } from "./teams.ts";

/** Rules about the telling itself: told on every channel, wherever the routes lead; of one that fails, on all others. */
const aboutTelling: ReadonlySet<string> = new Set(["scan/channel-failing", "scan/nobody-listens"]);

type Routed = Pick<Channel, "name" | "routes" | "mirrors">;

/** The finding is the channel's. */
export function takes(
  { name, routes }: Pick<Channel, "name" | "routes">,
  finding: Pick<Finding, "rule" | "severity" | "owner" | "evidence">,
): boolean {
  if (aboutTelling.has(finding.rule)) return finding.evidence.channel !== name;
  return routes === undefined || routes.some((route) => matches(route, finding));
}

/** The finding goes to the channels of this route. */
export function matches(
  { teams, env, rules, minSeverity }: Omit<Route, "channels">,
  finding: Pick<Finding, "rule" | "severity" | "owner">,
): boolean {
  if (minSeverity !== undefined && severityRank(finding.severity) > severityRank(minSeverity)) return false;
  if (rules && !isOneOf(rules, finding.rule)) return false;
  if (teams && !isOneOf(teams, label(finding.owner.team) ?? unowned)) return false;
  const ownEnv = label(finding.owner.env);
  return env === undefined || (ownEnv !== undefined && isOneOf(env, ownEnv));
}

const patterns = new Map<string, RegExp>();

function isOneOf(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => {
    const pattern = patterns.get(glob) ?? globPattern(glob);
    patterns.set(glob, pattern);
    return pattern.test(text);
  });
}

/** The findings of which the channel has still to hear, each with what. @param since as of pendingAfter */
export function pendingOf(channel: Routed, findings: readonly StoredFinding[], since?: string): PendingFinding[] {
  return findings.flatMap((finding) => {
    const pending = takes(channel, finding) ? arriving(channel, finding, since) : leaving(channel, finding, since);
    return pending ? [{ ...finding, pending }] : [];
  });
}

function arriving({ name, mirrors }: Routed, finding: StoredFinding, since: string | undefined): Pending | undefined {
  const pending = pendingAfter(finding.told?.[name], finding, since, mirrors);
  const isNew = pending?.transition === "opened" || pending?.transition === "reopened";
  // it was there, and somebody else's
  if (pending && isNew && finding.ownerSince !== undefined && finding.ownerSince > finding.changedAt)
    return { ...pending, baseline: true, urgent: false };
  return pending;
}

function leaving({ name, mirrors }: Routed, finding: StoredFinding, since: string | undefined): Pending | undefined {
  const told = finding.told?.[name];
  if (told === undefined || told.status === "resolved") return undefined;
  // whoever heard of the beginning hears of the end
  if (finding.status === "RESOLVED") return pendingAfter(told, finding, since, mirrors);
  // nothing is heard of what a decision holds; when it ends, that it left
  if (finding.status === "SUPPRESSED" && !mirrors) return undefined;
  return { transition: "resolved", at: finding.changedAt, baseline: false, urgent: false, left: true };
}

/** The routes that name the channel, without the names of channels; undefined: everything is its. */
export function routesTo(name: string, routes: readonly Route[] | undefined): readonly Route[] | undefined {
  return routes?.filter(({ channels }) => channels.includes(name)).map((route) => ({ ...route, channels: [name] }));
}

/** The channel is told by the same routes as when the last scan looked. */
export function isRoutedAsBefore(state: Pick<ChannelState, "routes"> | undefined, { routes }: Pick<Channel, "routes">): boolean {
  return JSON.stringify(state?.routes ?? null) === JSON.stringify(routes ?? null);
}
