// EventBridge, Parameter Store and Secrets Manager as an emulator has them: real SDK, real requests.
import { CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOwnClients } from "../../shared/aws/own-clients.ts";
import { SecretValues } from "../../shared/aws/secret-values.ts";
import type { ChannelSettings } from "../../shared/channel-settings/kinds.ts";
import { composeMessage } from "../../shared/notify/message.ts";
import { openChannels } from "../../shared/notify/open-channels.ts";
import { testMessage } from "../../shared/notify/test-message.ts";
import { aFinding, now, numbers } from "../notify/a-finding.ts";
import { Receiver } from "../notify/a-receiver.ts";
import { someScanNews } from "../notify/some-scan-news.ts";
import { account } from "./moto.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";

const moto = await motoForThisFile("channels against an emulator of AWS");
const region = "eu-west-1";

describe.runIf(moto)("channels", () => {
  const own = createOwnClients(region);
  const sqs = new SQSClient({ region });
  let receiver: Receiver;
  const queues = new Map<string, string | undefined>();

  beforeAll(async () => {
    receiver = await Receiver.open();
    for (const name of ["events", "mail"]) queues.set(name, (await sqs.send(new CreateQueueCommand({ QueueName: name }))).QueueUrl);
    const events = await own.eventbridge();
    await events.send(new CreateEventBusCommand({ Name: "smalltarget" }));
    await events.send(new PutRuleCommand({ Name: "all", EventBusName: "smalltarget", EventPattern: '{"source":["smalltarget"]}' }));
    const target = { Id: "queue", Arn: `arn:aws:sqs:${region}:${account}:events` };
    await events.send(new PutTargetsCommand({ Rule: "all", EventBusName: "smalltarget", Targets: [target] }));
    const { TopicArn } = await own.sns.send(new CreateTopicCommand({ Name: "mail" }));
    await own.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: `arn:aws:sqs:${region}:${account}:mail` }));
    const ssm = await own.ssm();
    await ssm.send(new PutParameterCommand({ Name: "/smalltarget/hook", Type: "SecureString", Value: `${receiver.address}/hunter2\n` }));
    const secrets = await own.secretsmanager();
    await secrets.send(new CreateSecretCommand({ Name: "smalltarget/keys", SecretString: '{"hook":"the key"}' }));
    await secrets.send(new CreateSecretCommand({ Name: "smalltarget/binary", SecretBinary: new Uint8Array([1]) }));
  });
  afterAll(() => receiver.close());

  const open = (channels: Readonly<Record<string, ChannelSettings>>) =>
    openChannels(channels, {
      clientsIn: (where) => (where === region ? own : createOwnClients(where)),
      account,
      partition: "aws",
      region,
      now: () => now,
    });

  /** Everything in the queue. */
  async function received(name: string): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queues.get(name), MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return bodies;
      bodies.push(...Messages.map(({ Body = "" }) => Body));
    }
  }

  test("a bus gets one event of each finding, and one of a list as a whole, the same ids on a repetition", async () => {
    const [bus] = await open({ bus: { kind: "eventbridge", bus: "smalltarget" } });
    const findings = [...numbers(11).map((number) => aFinding(number)), aFinding(12, { pending: { transition: "resolved" } })];
    const message = composeMessage("digest", findings, account);
    expect(await bus?.send(message, [])).toEqual({ accepted: message.findingIds });
    const events = (await received("events")).map((body) => JSON.parse(body));
    expect(events).toHaveLength(13);
    expect(events[0]).toMatchObject({
      source: "smalltarget",
      "detail-type": "Digest",
      detail: { id: message.id, findings: { count: 12 } },
    });
    const opened = events.filter((event) => event["detail-type"] === "Finding Opened");
    expect(opened.map(({ detail }) => detail.finding.id).toSorted()).toEqual(message.findingIds.slice(0, 11).toSorted());
    expect(opened[0].resources).toEqual([opened[0].detail.finding.resource.arn]);
    expect(events.find((event) => event["detail-type"] === "Finding Resolved").detail).toMatchObject({
      id: `${message.id}/F-0000000012`,
      render: { level: "info" },
    });
    await bus?.send(message, []);
    const again = (await received("events")).map((body) => JSON.parse(body).detail.id);
    expect(again.toSorted()).toEqual(events.map(({ detail }) => detail.id).toSorted());
  });

  test("a bus is told of a test as a test, by its ARN too", async () => {
    const [bus] = await open({ bus: { kind: "eventbridge", bus: `arn:aws:events:${region}:${account}:event-bus/smalltarget` } });
    await bus?.send(testMessage("bus", account, now), []);
    expect((await received("events")).map((body) => JSON.parse(body)["detail-type"])).toEqual(["Test"]);
  });

  test("a bus is told of a scan that completed, and of one that could not look at everything", async () => {
    const [bus] = await open({ bus: { kind: "eventbridge", bus: "smalltarget" } });
    await bus?.tellScan?.(someScanNews());
    const incomplete = [{ collector: "functions", region, status: "denied", code: "AccessDenied" }];
    await bus?.tellScan?.(someScanNews({ scanId: "scan-2", complete: false, incomplete }));
    const events = (await received("events")).map((body) => JSON.parse(body));
    expect(events.map((event) => [event.source, event["detail-type"], event.detail.id, event.detail.notLookedAt])).toEqual([
      ["smalltarget", "Scan Completed", "scan/scan-1", { count: 0, rows: [] }],
      ["smalltarget", "Scan Degraded", "scan/scan-2", { count: 1, rows: incomplete }],
    ]);
  });

  test("a webhook reads its address from Parameter Store and its key from Secrets Manager", async () => {
    const [hook] = await open({
      hook: { kind: "webhook", url: "ssm:/smalltarget/hook", signingKey: "secretsmanager:smalltarget/keys#hook" },
    });
    receiver.always(200);
    await hook?.send(composeMessage("single", [aFinding(1)], account), []);
    expect(receiver.received[0]?.path).toBe("/hunter2");
    expect(receiver.received[0]?.headers["x-smalltarget-signature"]).toMatch(/^sha256=[0-9a-f]{64}$/);
  });

  test("a topic gets what it got before there were channels", async () => {
    const [mail] = await open({ mail: { kind: "sns", topic: `arn:aws:sns:${region}:${account}:mail` } });
    await mail?.send(composeMessage("single", [aFinding(1)], account), []);
    expect((await received("mail")).map((body) => JSON.parse(body).Subject)).toEqual([
      "[HIGH] orders-1 comes within 3 % of its timeout in eu-west-1",
    ]);
  });

  test("each secret is read once a run, and one that cannot be read says which, and what to do", async () => {
    const asked: string[] = [];
    const ssm = async () => {
      asked.push("ssm");
      return own.ssm();
    };
    const values = new SecretValues({ clients: { ...own, ssm }, region });
    expect(await values.value({ from: "ssm", name: "/smalltarget/hook" })).toBe(`${receiver.address}/hunter2`);
    await values.value({ from: "ssm", name: "/smalltarget/hook" });
    expect(asked).toEqual(["ssm"]);
    expect(values.scrubbed(`said ${receiver.address}/hunter2!`)).toBe("said (secret)!");
    const refused = (secret: Parameters<SecretValues["value"]>[0]) => values.value(secret).catch((error) => error.message);
    expect(await refused({ from: "ssm", name: "/gone" })).toMatch(
      /^ssm:\/gone could not be read \(ParameterNotFound\): there is none of this name in eu-west-1: aws ssm put-parameter .*SecureString/,
    );
    expect(await refused({ from: "secretsmanager", name: "gone" })).toMatch(
      /^secretsmanager:gone could not be read \(ResourceNotFoundException\): there is none/,
    );
    expect(await refused({ from: "secretsmanager", name: "smalltarget/keys", key: "other" })).toMatch(/has no text under the key other/);
    expect(await refused({ from: "secretsmanager", name: "smalltarget/binary" })).toMatch(/is binary: keep a text there/);
    expect(await refused({ from: "env", name: "HOME" })).toMatch(/is for the command line/);
  });
});
