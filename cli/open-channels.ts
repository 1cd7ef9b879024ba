/** The ways out of a scan: those of the settings, else the topic of `--notify` or of the stack. */
import { CallCount, type Tape } from "../shared/aws/client-options.ts";
import { createClients } from "../shared/aws/clients.ts";
import { codeOf } from "../shared/aws/errors.ts";
import { createOwnClients, type OwnClients } from "../shared/aws/own-clients.ts";
import { Pace } from "../shared/aws/pace.ts";
import { identify } from "../shared/collect/account/account.ts";
import { parseArn } from "../shared/model/arn.ts";
import type { Channel } from "../shared/notify/channel.ts";
import { NoStackTopicError, openChannels as openNamed } from "../shared/notify/open-channels.ts";
import { listeners, snsChannel } from "../shared/notify/sns.ts";
import type { Settings } from "../shared/settings.ts";
import type { Kept } from "./kept.ts";
import { UsageError } from "./usage-error.ts";

/** What was asked for. */
export interface NotifyOptions {
  readonly notify?: string;
  readonly replay?: string;
  readonly profile?: string;
}

/** Where answers come from, and when it is. */
export interface Surroundings {
  readonly tape?: Tape;
  readonly homeRegion: string;
  readonly now: () => Date;
}

/** `--notify none`: nobody is told, whatever the settings say. @throws UsageError, DeliveryError for a topic that cannot be looked at */
export async function openChannels(
  options: NotifyOptions,
  settings: Settings,
  taped: Surroundings,
  kept: Kept,
): Promise<readonly Channel[]> {
  if (options.notify === "none") return [];
  if (settings.channels) return await channelsOfSettings(options, settings, taped, kept);
  const asked = options.notify ?? (kept.topicArn ? `sns:${kept.topicArn}` : "none");
  return asked === "none" ? [] : [await topicOf(asked, options, kept)];
}

/** To be called by a scan: a channel that it does not have is dropped with what it had not heard: not because somebody forgot the settings. @throws UsageError */
export async function keepOthers(options: NotifyOptions, settings: Settings, taped: Surroundings, kept: Kept): Promise<void> {
  const tells = options.notify !== "none" && (options.notify ?? kept.topicArn) !== undefined;
  if (settings.channels || !tells || kept.kind === "none") return;
  const { account } = await whoIsIt(options, taped);
  const { channels } = await (await kept.table()).state(account);
  const others = Object.entries(channels).filter(([name, { removedAt }]) => removedAt === undefined && name !== "sns");
  if (others.length === 0) return;
  const names = others.map(([name]) => name).join(", ");
  throw new UsageError(
    `earlier scans told the channels ${names}, and this one would drop what they have still to hear: name them with --settings FILE, or use --notify none`,
  );
}

/** Who we are is not part of what a scan asks: it goes on no recording. */
function whoIsIt({ replay, profile }: NotifyOptions, { tape, homeRegion }: Surroundings) {
  const clients = createClients({
    pace: new Pace(),
    calls: new CallCount(),
    ...(tape && replay !== undefined ? { tape } : {}),
    ...(profile ? { profile } : {}),
  });
  return identify(clients, homeRegion);
}

async function channelsOfSettings(
  options: NotifyOptions,
  { channels = {}, routes }: Settings,
  taped: Surroundings,
  kept: Kept,
): Promise<Channel[]> {
  const { notify, profile } = options;
  const { homeRegion, now } = taped;
  if (notify !== undefined) {
    throw new UsageError(
      `--notify ${notify} and the channels of the settings exclude each other: add {"kind": "sns", "topic": "ARN"} to the channels, or use --notify none to tell nobody`,
    );
  }
  if (kept.kind === "none") {
    throw new UsageError("channels need a store that remembers what was sent: leave --store none out, or add --notify none");
  }
  const identity = await whoIsIt(options, taped);
  return await openNamedChannels(
    { channels, ...(routes ? { routes } : {}) },
    { ...identity, homeRegion, now, kept, ...(profile ? { profile } : {}) },
  );
}

export interface Opening {
  readonly account: string;
  readonly partition: string;
  readonly homeRegion: string;
  readonly now: () => Date;
  readonly profile?: string;
  /** The stack's topic and Region, where a stack was named. */
  readonly kept: Pick<Kept, "topicArn" | "deployment">;
}

/** The channels of the settings, with the credentials and the environment of the person. @throws UsageError where "stack" means none */
export async function openNamedChannels(
  { channels = {}, routes }: Pick<Settings, "channels" | "routes">,
  opening: Opening,
): Promise<Channel[]> {
  const { account, partition, homeRegion, now, profile, kept } = opening;
  const region = kept.deployment?.region ?? homeRegion;
  const clients = new Map<string, OwnClients>();
  const clientsIn = (where: string) => {
    const known = clients.get(where) ?? createOwnClients(where, profile);
    clients.set(where, known);
    return known;
  };
  const more = {
    ...(routes ? { routes } : {}),
    ...(kept.topicArn ? { stackTopicArn: kept.topicArn } : {}),
    ...(kept.deployment ? { deployment: kept.deployment } : {}),
  };
  try {
    return await openNamed(channels, { clientsIn, account, partition, region, environment: process.env, now, ...more });
  } catch (error) {
    throw error instanceof NoStackTopicError ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** A topic that is not there is found out before anything is scanned. */
async function topicOf(asked: string, { profile }: NotifyOptions, kept: Kept): Promise<Channel> {
  const topicArn = asked.startsWith("sns:") ? asked.slice("sns:".length) : "";
  const arn = parseArn(topicArn);
  if (arn?.service !== "sns" || arn.region === "") throw new UsageError(`--notify ${asked}: must be sns: with the ARN of a topic, or none`);
  if (kept.kind === "none") throw new UsageError("--notify needs a store that remembers what was sent: leave --store none out");
  const { sns } = createOwnClients(arn.region, profile);
  try {
    await listeners(sns, topicArn);
  } catch (error) {
    const code = codeOf((error as Error).cause);
    if (/^NotFound/.test(code) || /^InvalidParameter/.test(code)) throw new UsageError((error as Error).message, { cause: error });
    // who may publish need not be allowed to look at the topic
    if (!/^(AccessDenied|AuthorizationError)/.test(code)) throw error;
  }
  return snsChannel(sns, topicArn);
}
