import type { OwnClients } from "../../../shared/aws/own-clients.ts";
import type { ChannelSettings } from "../../../shared/channel-settings/kinds.ts";
import type { Channel } from "../../../shared/notify/channel.ts";
import { realSurroundings } from "../../../shared/notify/http-port.ts";
import { openChannels } from "../../../shared/notify/open-channels.ts";
import { account, now } from "../a-finding.ts";

/** Clients that are asked for something: a channel of HTTP needs none. */
const noClients = {
  ssm: () => Promise.reject(new Error("nobody asks AWS here")),
  secretsmanager: () => Promise.reject(new Error("nobody asks AWS here")),
} as unknown as OwnClients;

/** The channel as the settings say it; secrets are `env:` names of `environment`. Pauses pass at once. */
export async function aChannelOf(
  settings: ChannelSettings,
  environment: Readonly<Record<string, string>> = {},
  clients: OwnClients = noClients,
): Promise<Channel> {
  const [channel] = await openChannels(
    { chat: settings },
    {
      clientsIn: () => clients,
      account,
      partition: "aws",
      region: "eu-west-1",
      environment,
      now: () => now,
      http: { ...realSurroundings, sleep: async () => {} },
    },
  );
  if (!channel) throw new Error("no channel was opened");
  return channel;
}
