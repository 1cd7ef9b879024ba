/**
 * `smalltarget digest --preview`: what the next digests would say, as each channel would get it, of the last scan or of settings that are
 * only planned. Sends nothing, writes nothing, asks for no secret.
 */
import type { Command } from "commander";
import { type DigestTiming, defaultTiming } from "../../shared/model/digest-timing.ts";
import type { PendingFinding, StoredFinding } from "../../shared/model/finding.ts";
import { withPending } from "../../shared/model/outbox.ts";
import { type Channel, defaultLimits, type Message } from "../../shared/notify/channel.ts";
import { introduce } from "../../shared/notify/channel-list.ts";
import { weeklyDay } from "../../shared/notify/local-time.ts";
import { planDelivery } from "../../shared/notify/plan.ts";
import { pendingOf, takes } from "../../shared/notify/routing.ts";
import { label, unowned } from "../../shared/notify/teams.ts";
import { weeklyMessage } from "../../shared/notify/weekly.ts";
import { ownerShare } from "../../shared/owners/owner-share.ts";
import { toJson } from "../../shared/report/json.ts";
import { weeklyFacts, weeklyParts } from "../../shared/scan/weekly-facts.ts";
import type { ChannelState, Store } from "../../shared/store/store.ts";
import { checkTeam } from "../check-names.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { onePageOption, readOptions } from "../options.ts";
import { print, say } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly preview?: boolean;
  readonly weekly?: boolean;
  readonly owner?: string;
  readonly settings?: string;
  readonly output: "table" | "json";
}

/** A message, and the channel that would get it; absent: none is connected yet. */
interface Previewed {
  readonly channel?: string;
  readonly message: Message;
}

type Last = LastScan<(typeof weeklyParts)[number]>;

/** Two weeks of hourly scans. */
const recentScans = 400;

/** Arguments, options and action. */
export function digestCommand(command: Command): void {
  command
    .option("--preview", "print what the next digest would say, channel by channel; nothing is sent")
    .option("--weekly", "the weekly one")
    .option("--owner <name>", "only this team's findings; unowned: nobody's")
    .option("--settings <file>", "as if the next scan had these settings: their channels, routes and weekly day");
  readOptions(onePageOption(command)).action(digest);
}

async function digest(options: Options): Promise<void> {
  if (!options.preview)
    throw new UsageError("digests are sent by the scans themselves: digest --preview prints what the next one would say");
  const planned = options.settings === undefined ? {} : await plannedIn(options.settings);
  await withLastScan(options, (last) => preview(last, options, planned), weeklyParts);
}

async function preview(last: Last, { weekly, owner, output, quiet }: Options, planned: Planned): Promise<void> {
  const { document, kept } = last;
  await checkTeam(last, owner, document.findings);
  const table = await kept.table();
  const { account, regions } = document.scan;
  const all = await table.findings(account, [...regions, "global"]);
  const findings = all.filter((finding) => owner === undefined || (label(finding.owner.team) ?? unowned) === owner);
  const messages = weekly ? await weeklyOf(last, table, findings, planned) : await dailyOf(last, table, findings, planned);
  if (output === "json")
    print(toJson(messages.map(({ channel, message: { findings: _, ...message } }) => ({ channel: channel ?? null, ...message }))));
  else if (messages.length === 0) print("Nothing would be sent: every channel has heard of everything.");
  else print(messages.map(textOf).join(`\n${"-".repeat(76)}\n`));
  if (!quiet && messages.some(({ channel }) => channel === undefined)) {
    say("no channel is connected yet: this is what one would hear that is told of all that is open");
  }
}

function textOf({ channel, message }: Previewed): string {
  return `${channel === undefined ? "" : `Channel: ${channel}\n`}Subject: ${message.subject}\n\n${message.text}`;
}

/** What is left of the channels' outboxes, as if the digest were due and no hours quiet. */
async function dailyOf({ document, kept }: Last, table: Store, findings: readonly StoredFinding[], planned: Planned): Promise<Previewed[]> {
  const { account } = document.scan;
  const now = new Date();
  const request = {
    account,
    now,
    limits: defaultLimits,
    owners: ownerShare(document.resources),
    ...(kept.deployment ? { deployment: kept.deployment } : {}),
  };
  const connected = await connectedTo(table, account, planned, now);
  const plans = connected.map(({ state: { lastDigestAt: _, ...state }, ...channel }) => {
    return { channel: channel.name, state, pending: pendingOf(channel, findings, state.since) };
  });
  const nobody = { state: { since: "", singlesSentAt: [] }, pending: asDigest(withPending(findings, "")) };
  return (plans.length > 0 ? plans : [nobody]).flatMap(({ state, pending, ...to }) =>
    planDelivery({ ...request, ...to, state, pending }).deliveries.map(({ message }) => ({ ...to, message })),
  );
}

/** Whoever looks before a channel is there sees digests, not a summary of the first scan. */
function asDigest(pending: readonly PendingFinding[]): PendingFinding[] {
  return pending.map((finding) => ({ ...finding, pending: { ...finding.pending, baseline: false, urgent: false } }));
}

async function weeklyOf(
  { document, kept }: Last,
  table: Store,
  findings: readonly StoredFinding[],
  planned: Planned,
): Promise<Previewed[]> {
  const { account } = document.scan;
  const now = new Date();
  const [scans, questions] = [await table.scans(account, recentScans), await kept.questions(account)];
  const day = weeklyDay(planned.timing ?? defaultTiming, now);
  const say = (mine: readonly StoredFinding[], channel = "") => {
    const facts = weeklyFacts({ document, findings: mine, questions, scans, day, now });
    return weeklyMessage(facts, channel, defaultLimits, kept.deployment);
  };
  const channels = await connectedTo(table, account, planned, now);
  if (channels.length === 0) return [{ message: say(findings) }];
  // one that shows findings as they are has no reader of a digest
  const readers = channels.filter(({ mirrors }) => !mirrors);
  return readers.map((channel) => {
    const mine = findings.filter((finding) => takes(channel, finding));
    return { channel: channel.name, message: say(mine, channel.name) };
  });
}

type Connected = Pick<Channel, "name" | "routes" | "mirrors"> & { readonly state: ChannelState };

/** The channels that are still there; with settings those that the next scan would have, a new one as it would begin. */
async function connectedTo(table: Store, account: string, { channels }: Planned, now: Date): Promise<Connected[]> {
  const state = await table.state(account);
  if (channels) {
    const next = introduce(state, channels, now).channels;
    return channels.flatMap((channel) => {
      const own = next[channel.name];
      return own ? [{ ...channel, state: own }] : [];
    });
  }
  return Object.entries(state.channels).flatMap(([name, one]) => {
    return one.removedAt === undefined ? [{ name, state: one, ...(one.routes ? { routes: one.routes } : {}) }] : [];
  });
}

/** What the settings of the next scan say. Without channels: those that the store knows. */
interface Planned {
  readonly channels?: readonly Pick<Channel, "name" | "routes" | "mirrors">[];
  readonly timing?: DigestTiming;
}

/** @throws UsageError, SettingsError */
async function plannedIn(path: string): Promise<Planned> {
  const { readSettingsFile } = await import("../settings-file.ts");
  const { routedChannels } = await import("../settings-channels.ts");
  const settings = await readSettingsFile(path);
  return {
    ...(settings.channels ? { channels: routedChannels(settings) } : {}),
    ...(settings.digest ? { timing: settings.digest } : {}),
  };
}
