/**
 * What it takes to tell 10,000 new findings through each kind of channel: messages and requests, the largest of them, CPU seconds and the
 * memory of a process that does nothing else. Receivers answer at once.
 */
import type { PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { OwnClients } from "../../shared/aws/own-clients.ts";
import type { ChannelSettings } from "../../shared/channel-settings/kinds.ts";
import { severities } from "../../shared/model/finding.ts";
import { realSurroundings } from "../../shared/notify/http-port.ts";
import { openChannels } from "../../shared/notify/open-channels.ts";
import { planDelivery } from "../../shared/notify/plan.ts";
import { account, aFinding, now, numbers } from "../notify/a-finding.ts";

const benched = {
  webhook: { kind: "webhook", url: "http://127.0.0.1/hook" },
  slack: { kind: "slack", webhook: "env:HOOK", api: "https://slack.com/api" },
  teams: { kind: "teams", webhook: "env:HOOK" },
  eventbridge: { kind: "eventbridge", bus: "bus" },
  sns: { kind: "sns", topic: `arn:aws:sns:eu-west-1:${account}:topic` },
} as const satisfies Record<string, ChannelSettings>;

export type Benched = keyof typeof benched;
export const benchedKinds = Object.keys(benched) as readonly Benched[];

export interface ToldMany {
  readonly kind: Benched;
  readonly messages: number;
  /** Messages about one finding. */
  readonly singles: number;
  readonly requests: number;
  /** Of one request, with everything in it. */
  readonly largestBytes: number;
  /** Findings that were taken. */
  readonly told: number;
  readonly cpuSeconds: number;
}

/** Half of the findings are grave; 40 teams own them. */
export async function tellMany(kind: Benched, count: number): Promise<ToldMany> {
  const sizes: number[] = [];
  const eventbridge = async () => ({
    send: async ({ input }: { input: { Entries: PutEventsRequestEntry[] } }) => {
      sizes.push(input.Entries.reduce((sum, { Detail = "" }) => sum + Buffer.byteLength(Detail), 0));
      return { Entries: input.Entries.map(() => ({ EventId: "e" })) };
    },
  });
  const sns = { send: async ({ input }: { input: { Message: string } }) => void sizes.push(Buffer.byteLength(input.Message)) };
  const fetchStub = async (_: unknown, { body }: { body?: string } = {}) => {
    sizes.push(Buffer.byteLength(body ?? ""));
    return new Response("ok");
  };
  const [channel] = await openChannels(
    { [kind]: benched[kind] },
    {
      clientsIn: () => ({ eventbridge, sns }) as unknown as OwnClients,
      account,
      partition: "aws",
      region: "eu-west-1",
      environment: { HOOK: "http://127.0.0.1/hook" },
      now: () => now,
      http: { ...realSurroundings, fetch: fetchStub as typeof fetch },
    },
  );
  if (!channel) throw new Error(`${kind} was not opened`);
  const pending = numbers(count).map((number) => {
    const severity = severities[number % 4] ?? "LOW";
    return aFinding(number, { severity, team: `team-${number % 40}`, pending: { urgent: number % 4 < 2 } });
  });
  const before = process.cpuUsage();
  const { deliveries } = planDelivery({
    pending,
    state: { since: "", singlesSentAt: [] },
    now,
    account,
    channel: channel.name,
    limits: channel.limits,
  });
  let told = 0;
  for (const { message } of deliveries) told += (await channel.send(message, [])).accepted.length;
  const { user, system } = process.cpuUsage(before);
  const singles = deliveries.filter(({ shape }) => shape === "single").length;
  return {
    kind,
    messages: deliveries.length,
    singles,
    requests: sizes.length,
    largestBytes: Math.max(...sizes),
    told,
    cpuSeconds: (user + system) / 1e6,
  };
}

/** Prints a line for each kind. */
export async function benchChannels(count = 10_000): Promise<void> {
  for (const kind of benchedKinds) {
    const { messages, singles, requests, largestBytes, told, cpuSeconds } = await tellMany(kind, count);
    const memory = Math.round(process.memoryUsage().rss / 1024 / 1024);
    process.stdout.write(
      `${kind.padEnd(12)} ${told} findings told in ${messages} messages (${singles} single), ${requests} requests, largest ${Math.round(largestBytes / 1024)} KB, ${cpuSeconds.toFixed(1)} s of CPU, ${memory} MB\n`,
    );
  }
}
