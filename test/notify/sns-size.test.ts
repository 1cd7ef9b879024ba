import { SNSClient } from "@aws-sdk/client-sns";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { composeMessage } from "../../shared/notify/message.ts";
import { planDelivery } from "../../shared/notify/plan.ts";
import { mostPublishBytes, publishBytes, publishInput, snsChannel } from "../../shared/notify/sns.ts";
import { account, aFinding, aState, hostileName, now, numbers } from "./a-finding.ts";
import "./without-aws-environment.ts";

const topic = "arn:aws:sns:us-east-1:000000000000:watchdog";
let server: FauxqsServer;
let client: SNSClient;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  client = new SNSClient({ region: "us-east-1", endpoint: server.address, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
});

beforeEach(() => {
  server.purgeAll();
  server.setup({ topics: [{ name: "watchdog" }], queues: [{ name: "inbox" }], subscriptions: [{ topic: "watchdog", queue: "inbox" }] });
});

function arrived(): number {
  return server.inspectQueue("inbox")?.messages.ready.length ?? 0;
}

describe("the 256 KB of one publish", () => {
  it.each([
    ["long accented names", "é".repeat(240), 1],
    ["hostile names", hostileName.repeat(80), 1],
    ["quotes and backslashes, which JSON doubles twice", '\\"'.repeat(120), 1],
    ["a team for every finding", "t".repeat(200), 5000],
  ])("is never exceeded with 5,000 findings: %s", async (_, name, teams) => {
    const findings = numbers(5000).map((number) =>
      aFinding(number, {
        name: `${name}${number}`,
        team: `${name.slice(0, 200)}${number % teams}`,
        severity: number % 9 === 0 ? "CRITICAL" : "LOW",
        pending: { baseline: true },
      }),
    );
    const { deliveries } = planDelivery({ pending: findings, state: aState(), now, account });
    const sizes = deliveries.map((delivery) => publishBytes(publishInput(delivery.message, topic)));
    expect(Math.max(...sizes)).toBeLessThan(mostPublishBytes);
    expect(deliveries.flatMap((delivery) => delivery.findings)).toHaveLength(5000);
    const channel = snsChannel(client, topic);
    for (const delivery of deliveries.slice(0, 3)) await channel.send(delivery.message, []);
    expect(arrived()).toBe(Math.min(3, deliveries.length));
  });

  it("holds for one finding with everything as long as it can be", () => {
    const name = hostileName.repeat(200);
    const evidence = Object.fromEntries(numbers(200).map((number) => [`key${number}${name}`, numbers(100).map(() => name)]));
    const commands = numbers(50).map(() => `aws ${"é".repeat(1400)}`);
    const message = composeMessage(
      "single",
      [aFinding(1, { name, title: name, team: name, evidence, remediation: { text: name, commands }, rule: `${name}/x` })],
      account,
    );
    expect(publishBytes(publishInput(message, topic))).toBeLessThan(mostPublishBytes);
  });

  it("is checked before anything is sent", async () => {
    const sending = snsChannel(client, topic).send({ ...composeMessage("single", [aFinding(1)], account), text: "x".repeat(140_000) }, []);
    await expect(sending).rejects.toThrow(/bytes, SNS takes 262144/);
    expect(arrived()).toBe(0);
  });
});
