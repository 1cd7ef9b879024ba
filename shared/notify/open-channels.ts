/** Opens the channels that the settings name. Only the kinds that are named are loaded. */
import type { OwnClients } from "../aws/own-clients.ts";
import { SecretError, SecretValues } from "../aws/secret-values.ts";
import type { ChannelSettings, KindName } from "../channel-settings/kinds.ts";
import { parseSecretName } from "../channel-settings/schemas.ts";
import { parseArn } from "../model/arn.ts";
import type { Route } from "../model/route.ts";
import { type Channel, DeliveryError } from "./channel.ts";
import type { ChannelKind, ChannelMeans } from "./channel-kind.ts";
import { askPatiently, type HttpSurroundings, realSurroundings } from "./http-port.ts";
import type { Deployment } from "./pointer.ts";
import { routesTo } from "./routing.ts";

/** A kind with whatever options: which ones, the settings have checked. */
type AnyKind = ChannelKind<never>;

const loaders: { readonly [Kind in KindName]: () => Promise<{ readonly kind: AnyKind }> } = {
  eventbridge: () => import("./kinds/eventbridge.ts"),
  jira: () => import("./kinds/jira.ts"),
  securityhub: () => import("./kinds/securityhub.ts"),
  slack: () => import("./kinds/slack.ts"),
  sns: () => import("./kinds/sns.ts"),
  teams: () => import("./kinds/teams.ts"),
  webhook: () => import("./kinds/webhook.ts"),
};

export interface ChannelSurroundings {
  /** Clients of ours in a Region: topics and buses are in one. */
  readonly clientsIn: (region: string) => OwnClients;
  readonly account: string;
  readonly partition: string;
  /** Where secrets are looked for, and buses by name. */
  readonly region: string;
  /** Absent: there is no stack. */
  readonly stackTopicArn?: string;
  /** The stack that sends, for the commands that are shown. */
  readonly deployment?: Deployment;
  /** Where `env:` secrets are read; absent: nowhere. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly routes?: readonly Route[];
  readonly now: () => Date;
  readonly http?: Omit<HttpSurroundings, "deadline">;
}

/** "stack" was said where no stack is known. */
export class NoStackTopicError extends Error {
  override readonly name = "NoStackTopicError";
}

/** Of the time of a message, what is left for writing down what became of it, seconds. */
const marginSeconds = 3;

/** In the order of the settings. Makes no request. @throws NoStackTopicError */
export async function openChannels(
  channels: Readonly<Record<string, ChannelSettings>>,
  surroundings: ChannelSurroundings,
): Promise<Channel[]> {
  const { clientsIn, region, environment } = surroundings;
  const secrets = new SecretValues({ clients: clientsIn(region), region, ...(environment ? { environment } : {}) });
  return await Promise.all(Object.entries(channels).map(([name, settings]) => openChannel(name, settings, surroundings, secrets)));
}

async function openChannel(
  name: string,
  settings: ChannelSettings,
  surroundings: ChannelSurroundings,
  secrets: SecretValues,
): Promise<Channel> {
  const { kind, ...options } = atItsPlace(name, settings, surroundings);
  const http = surroundings.http ?? realSurroundings;
  let deadline = Number.POSITIVE_INFINITY;
  const means: ChannelMeans = {
    secret: (given) => readSecret(secrets, given),
    request: (request, options = {}) => askPatiently(request, options, { ...http, deadline: () => deadline }),
    clients: surroundings.clientsIn(regionOf(settings) ?? surroundings.region),
    account: surroundings.account,
    partition: surroundings.partition,
    region: surroundings.region,
    ...(surroundings.deployment ? { deployment: surroundings.deployment } : {}),
    now: surroundings.now,
  };
  const channel = (await loaders[kind]()).kind.open(name, options as never, means);
  const routes = routesTo(name, surroundings.routes);
  return {
    ...channel,
    ...(routes ? { routes } : {}),
    async send(message, remembered) {
      deadline = http.clock() + Math.max(1, channel.limits.sendSeconds - marginSeconds) * 1000;
      try {
        return await channel.send(message, remembered);
      } catch (error) {
        // an answer may repeat what it was asked with
        if (error instanceof Error) error.message = secrets.scrubbed(error.message);
        throw error;
      }
    },
  };
}

async function readSecret(secrets: SecretValues, given: string): Promise<string> {
  const secret = parseSecretName(given);
  if (!secret) throw new DeliveryError("a secret without a name was asked for: please report this as a bug", true);
  try {
    return await secrets.value(secret);
  } catch (error) {
    throw error instanceof SecretError ? new DeliveryError(error.message, true) : error;
  }
}

function atItsPlace(name: string, settings: ChannelSettings, { stackTopicArn }: ChannelSurroundings): ChannelSettings {
  if (settings.kind !== "sns" || settings.topic !== "stack") return settings;
  if (stackTopicArn === undefined) {
    throw new NoStackTopicError(
      `channels.${name}: its topic is that of the stack, and none is named: add --stack NAME, or give the topic's ARN`,
    );
  }
  return { ...settings, topic: stackTopicArn };
}

/** The Region of what has an ARN. */
function regionOf(settings: ChannelSettings): string | undefined {
  if (settings.kind === "sns") return parseArn(settings.topic)?.region;
  return settings.kind === "eventbridge" ? parseArn(settings.bus)?.region : undefined;
}
