/** `smalltarget channels`: the ways messages go, and how they fare. `channels test` sends a marked message through one or all. */
import type { Command } from "commander";
import { cleanText } from "../../shared/model/plain-text.ts";
import { pendingOf } from "../../shared/notify/routing.ts";
import { type ChannelRow, channelsPage } from "../../shared/report/channels-page.ts";
import { toJson } from "../../shared/report/json.ts";
import type { Settings } from "../../shared/settings.ts";
import type { ChannelState } from "../../shared/store/store.ts";
import { exitCodes } from "../failure.ts";
import { type ReadOptions, scansIn } from "../last-scan.ts";
import { nearest } from "../nearest.ts";
import { onePageOption, readOptions } from "../options.ts";
import { routedChannels } from "../settings-channels.ts";
import { readSettingsFile } from "../settings-file.ts";
import { outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly settings?: string;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function channelsCommand(command: Command): void {
  const settings = (one: Command) => one.option("--settings <file>", "the settings that name the channels, as JSON");
  readOptions(onePageOption(settings(command))).action(list);
  const test = command.command("test").argument("[name]", "only this channel (default: all)");
  test.description("send a marked test message, and say what each channel made of it; exits 3 when one did not take it");
  readOptions(onePageOption(settings(test))).action(tryChannels);
}

async function list(options: Options): Promise<void> {
  const settings = await readSettingsFile(options.settings);
  const rows = await rowsOf(settings, options);
  print(options.output === "json" ? toJson(rows) : channelsPage(rows, outputLook()).join("\n"));
}

/** Those of the settings in their order, then those that only the store knows. */
async function rowsOf(settings: Settings, options: Options): Promise<ChannelRow[]> {
  const { openStore } = await import("../open-store.ts");
  const kept = await openStore(options, "read");
  try {
    const scans = kept ? await scansIn(kept, options) : [];
    const [newest] = scans;
    const done = scans.find(({ outcome, documentKey }) => outcome === "done" && documentKey !== undefined);
    const table = kept && newest ? await kept.table() : undefined;
    const states = table && newest ? (await table.state(newest.account)).channels : {};
    const regions = kept && done?.documentKey ? await regionsOf(kept.blobs, done.documentKey) : [];
    const findings = table && newest ? await table.findings(newest.account, [...regions, "global"]) : [];
    const known = routedChannels(settings).map((channel): ChannelRow => {
      const { name, kind, routes: ways } = channel;
      const state = states[name];
      const pending = state ? { pending: pendingOf(channel, findings, state.since).length } : {};
      return { name, kind, ...(ways ? { routes: ways } : {}), ...faring(state), ...pending };
    });
    const others = Object.entries(states).flatMap(([name, state]): ChannelRow[] => {
      if (settings.channels?.[name] || state.removedAt !== undefined) return [];
      const ways = state.routes ? { routes: state.routes } : {};
      return [{ name, ...ways, ...faring(state), pending: pendingOf({ name, ...ways }, findings, state.since).length }];
    });
    return [...known, ...others];
  } finally {
    await kept?.close();
  }
}

async function regionsOf(
  blobs: Parameters<typeof import("../../shared/store/document-blob.ts").getDocumentParts>[0],
  key: string,
): Promise<readonly string[]> {
  const { getDocumentParts } = await import("../../shared/store/document-blob.ts");
  return (await getDocumentParts(blobs, key, ["scan"]))?.scan.regions ?? [];
}

function faring(state: ChannelState | undefined): Pick<ChannelRow, "lastDeliveredAt" | "failingSince" | "lastError"> {
  const { lastDeliveredAt, failingSince, lastError } = state ?? {};
  return {
    ...(lastDeliveredAt === undefined ? {} : { lastDeliveredAt }),
    ...(failingSince === undefined ? {} : { failingSince }),
    ...(lastError === undefined ? {} : { lastError }),
  };
}

/** What a channel made of the test. */
interface Tried {
  readonly name: string;
  readonly kind: string;
  /** Absent: it took the message. */
  readonly error?: string;
  /** What it has to say of it, such as that no ticket was made. */
  readonly notes?: readonly string[];
}

async function tryChannels(name: string | undefined, options: Options): Promise<void> {
  const settings = await readSettingsFile(options.settings);
  const { channels = {}, routes } = settings;
  const names = Object.keys(channels);
  if (names.length === 0) throw new UsageError("the settings name no channel: give the file that does with --settings");
  if (name !== undefined && !names.includes(name))
    throw new UsageError(`there is no channel ${name}; did you mean ${nearest(name, names)}?`);
  const chosen = Object.fromEntries(Object.entries(channels).filter(([one]) => name === undefined || one === name));
  const tried = await sendTests({ channels: chosen, ...(routes ? { routes } : {}) }, options);
  print(options.output === "json" ? toJson(tried) : tried.map(lineOf).join("\n"));
  if (tried.some(({ error }) => error !== undefined)) process.exitCode = exitCodes.cannotStart;
}

function lineOf({ name, kind, error, notes }: Tried): string {
  const took = notes ? `is in order: ${cleanText(notes.join("; "), 600)}` : "took the test message; see that it arrived";
  return `${name} (${kind}): ${error === undefined ? took : `did not take it: ${error}`}`;
}

/** One after another: each says for itself how it went. */
async function sendTests(settings: Required<Pick<Settings, "channels">> & Pick<Settings, "routes">, options: Options): Promise<Tried[]> {
  const { openNamedChannels } = await import("../open-channels.ts");
  const { testMessage } = await import("../../shared/notify/test-message.ts");
  const { homeRegion } = await import("../home-region.ts");
  const { openStore } = await import("../open-store.ts");
  const { profile } = options;
  const kept = options.stack === undefined ? undefined : await openStore(options, "read");
  try {
    const home = await homeRegion(profile);
    const { account, partition } = await whoIsIt(home, profile);
    const now = new Date();
    const opening = { account, partition, homeRegion: home, now: () => now, kept: kept ?? {}, ...(profile ? { profile } : {}) };
    const tried: Tried[] = [];
    for (const channel of await openNamedChannels(settings, opening)) {
      const kind = settings.channels[channel.name]?.kind ?? "";
      try {
        const { notes } = await channel.send(testMessage(channel.name, account, now), []);
        tried.push({ name: channel.name, kind, ...(notes ? { notes } : {}) });
      } catch (error) {
        tried.push({ name: channel.name, kind, error: error instanceof Error ? error.message : String(error) });
      }
    }
    return tried;
  } finally {
    await kept?.close();
  }
}

/** A webhook can be tried without credentials: then the message does not know the account, and what needs AWS says so itself. */
async function whoIsIt(home: string, profile: string | undefined): Promise<{ readonly account: string; readonly partition: string }> {
  const { CallCount } = await import("../../shared/aws/client-options.ts");
  const { createClients } = await import("../../shared/aws/clients.ts");
  const { isCredentialsError } = await import("../../shared/aws/errors.ts");
  const { Pace } = await import("../../shared/aws/pace.ts");
  const { identify } = await import("../../shared/collect/account/account.ts");
  try {
    return await identify(createClients({ pace: new Pace(), calls: new CallCount(), ...(profile ? { profile } : {}) }), home);
  } catch (error) {
    if (!isCredentialsError(error)) throw error;
    return { account: "unknown", partition: "aws" };
  }
}
