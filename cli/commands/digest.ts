/** `smalltarget digest --preview`: what the next digests would say, as each channel would get it. Sends nothing, writes nothing. */
import type { Command } from "commander";
import { defaultTiming } from "../../shared/model/digest-timing.ts";
import type { PendingFinding, StoredFinding } from "../../shared/model/finding.ts";
import { withPending } from "../../shared/model/outbox.ts";
import { defaultLimits, type Message } from "../../shared/notify/channel.ts";
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
    .option("--owner <name>", "only this team's findings; unowned: nobody's");
  readOptions(onePageOption(command)).action(digest);
}

async function digest(options: Options): Promise<void> {
  if (!options.preview)
    throw new UsageError("digests are sent by the scans themselves: digest --preview prints what the next one would say");
  await withLastScan(options, (last) => preview(last, options), weeklyParts);
}

async function preview(last: Last, { weekly, owner, output, quiet }: Options): Promise<void> {
  const { document, kept } = last;
  await checkTeam(last, owner, document.findings);
  const table = await kept.table();
  const { account, regions } = document.scan;
  const all = await table.findings(account, [...regions, "global"]);
  const findings = all.filter((finding) => owner === undefined || (label(finding.owner.team) ?? unowned) === owner);
  const messages = weekly ? await weeklyOf(last, table, findings) : await dailyOf(last, table, findings);
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
async function dailyOf({ document, kept }: Last, table: Store, findings: readonly StoredFinding[]): Promise<Previewed[]> {
  const { account } = document.scan;
  const request = {
    account,
    now: new Date(),
    limits: defaultLimits,
    owners: ownerShare(document.resources),
    ...(kept.deployment ? { deployment: kept.deployment } : {}),
  };
  const states = await connected(table, account);
  const plans = states.map(([channel, { lastDigestAt: _, ...state }]) => {
    const pending = pendingOf({ name: channel, ...(state.routes ? { routes: state.routes } : {}) }, findings, state.since);
    return { channel, state, pending };
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

async function weeklyOf({ document, kept }: Last, table: Store, findings: readonly StoredFinding[]): Promise<Previewed[]> {
  const { account } = document.scan;
  const now = new Date();
  const scans = await table.scans(account, recentScans);
  const day = weeklyDay(defaultTiming, now);
  const say = (mine: readonly StoredFinding[], channel = "") => {
    const facts = weeklyFacts({ document, findings: mine, scans, day, now });
    return weeklyMessage(facts, channel, defaultLimits, kept.deployment);
  };
  const channels = await connected(table, account);
  if (channels.length === 0) return [{ message: say(findings) }];
  return channels.map(([channel, { routes }]) => {
    const mine = findings.filter((finding) => takes({ name: channel, ...(routes ? { routes } : {}) }, finding));
    return { channel, message: say(mine, channel) };
  });
}

/** The channels that are still there. */
async function connected(table: Store, account: string): Promise<[string, ChannelState][]> {
  const { channels } = await table.state(account);
  return Object.entries(channels).filter(([, { removedAt }]) => removedAt === undefined);
}
