/** AWS Security Hub CSPM: a state, not a stream of messages. Every finding is there as it is, with the decisions about it. */
import type { PendingFinding } from "../../model/finding.ts";
import { isRegionName } from "../../model/region-name.ts";
import { type Answer, DeliveryError, defaultLimits, type Message } from "../channel.ts";
import type { ChannelKind, ChannelMeans } from "../channel-kind.ts";
import { importInto } from "../securityhub/hub.ts";
import { importSample, sampleId } from "../securityhub/sample.ts";

/** What the settings say of a channel of this kind. */
export interface SecurityHubOptions {
  readonly region?: string;
}

/** No digest to wait for and nothing one by one: people's attention is the hub's business. A hundred findings take about half a second. */
const limits = { ...defaultLimits, singlesPerHour: 0, digestHours: 0, sendSeconds: 240 };

export const kind: ChannelKind<SecurityHubOptions> = {
  kind: "securityhub",
  open: (name, { region }, means) => ({
    name,
    limits,
    mirrors: true,
    send: (message) => send(name, region, message, means),
  }),
};

async function send(name: string, one: string | undefined, message: Message, means: ChannelMeans): Promise<Answer> {
  if (message.test) return await tryHub(one ?? means.region, means);
  const accepted: string[] = [];
  let trouble: DeliveryError | undefined;
  let why: string | undefined;
  const byRegion = Map.groupBy(message.findings, (finding) => one ?? hubRegion(finding, means.region));
  for (const [region, findings] of byRegion) {
    try {
      const imported = await importInto(await means.clients.securityhub(region), hubIn(region, means), findings, name, means.now());
      accepted.push(...imported.taken);
      why ??= imported.why;
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      trouble ??= error;
      if (error.permanent) break;
    }
  }
  if (trouble && accepted.length === 0) throw trouble;
  const reason = trouble?.message ?? why;
  return { accepted, ...(reason === undefined ? {} : { why: reason }) };
}

/** What has no Region, such as a role, goes to where the stack is. */
function hubRegion({ resource: { region } }: PendingFinding, home: string): string {
  return isRegionName(region) ? region : home;
}

function hubIn(region: string, { partition, account }: ChannelMeans) {
  return { partition, account, region };
}

/** A finding that says that it is a sample, and is archived at once: it shows only to who looks for it. */
async function tryHub(region: string, means: ChannelMeans): Promise<Answer> {
  const hub = hubIn(region, means);
  await importSample(await means.clients.securityhub(region), hub, means.now());
  return { accepted: [], notes: [`a sample, already archived, is in Security Hub in ${region}: ${sampleId}`] };
}
