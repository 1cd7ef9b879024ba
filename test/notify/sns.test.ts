import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { composeMessage } from "../../shared/notify/message.ts";
import { DeliveryError, type Message } from "../../shared/notify/notifier.ts";
import { planDelivery } from "../../shared/notify/plan.ts";
import { listeners, mostPublishBytes, publishBytes, publishInput, snsNotifier } from "../../shared/notify/sns.ts";
import { account, aFinding, aState, hostileName, now, numbers } from "./a-finding.ts";
import "./without-aws-environment.ts";

const topic = "arn:aws:sns:us-east-1:000000000000:watchdog";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
let server: FauxqsServer;
let client: SNSClient;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  client = new SNSClient({ region: "us-east-1", endpoint: server.address, credentials, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
});

beforeEach(() => {
  server.purgeAll();
  server.createTopic("watchdog");
});

/** A queue that gets what `filter` lets through. */
function subscriber(name: string, filter?: Readonly<Record<string, readonly unknown[]>>): string {
  server.createQueue(name);
  server.subscribe({
    topic: "watchdog",
    queue: name,
    ...(filter ? { attributes: { FilterPolicy: JSON.stringify(filter) } } : {}),
  });
  return name;
}

interface Envelope {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

function received(queue: string): Envelope[] {
  const messages = server.inspectQueue(queue)?.messages.ready ?? [];
  return messages.map((message): Envelope => JSON.parse(message.body));
}

function single(number: number, given: Parameters<typeof aFinding>[1] = {}): Message {
  return composeMessage("single", [aFinding(number, given)], account);
}

describe("what arrives through SNS", () => {
  it("is a body for each protocol: plain text for e-mail, a custom notification for chat", async () => {
    const everybody = subscriber("everybody");
    const message = single(1, { name: "orders-api", team: "payments" });
    await snsNotifier(client, topic).send(message);
    const [envelope] = received(everybody);
    expect(envelope?.Subject).toBe("[HIGH] orders-api comes within 3 % of its timeout in eu-west-1");
    const bodies = JSON.parse(envelope?.Message ?? "");
    expect(bodies.default).toBe(message.text);
    expect(bodies.email).toBe(message.text);
    expect(JSON.parse(bodies.https)).toEqual({
      version: "1.0",
      source: "custom",
      id: message.id,
      content: {
        textType: "client-markdown",
        title: "[HIGH] orders-api comes within 3 % of its timeout in eu-west-1",
        description: message.markdown,
        nextSteps: [
          expect.stringContaining("Set the timeout to 22 s"),
          expect.stringMatching(/^`aws lambda .*`$/),
          "`smalltarget show F-0000000001`",
        ],
        keywords: ["HIGH", "opened", "lambda", "payments"],
      },
      metadata: {
        threadId: "F-0000000001",
        summary: "[HIGH] orders-api comes within 3 % of its timeout in eu-west-1",
        eventType: "finding.opened",
        relatedResources: ["arn:aws:lambda:eu-west-1:111122223333:function:orders-api"],
        additionalContext: { severity: "HIGH", team: "payments", findings: "1", findingId: "F-0000000001" },
      },
    });
  });

  it("starts no thread for a digest", async () => {
    const everybody = subscriber("everybody");
    await snsNotifier(client, topic).send(composeMessage("digest", [aFinding(1)], account));
    const chat = JSON.parse(JSON.parse(received(everybody)[0]?.Message ?? "").https);
    expect(chat.metadata).not.toHaveProperty("threadId");
    expect(chat.metadata.eventType).toBe("digest");
  });

  it("carries attributes, none of them empty: one name as String, several as String.Array", () => {
    expect(publishInput(single(1), topic).MessageAttributes).toEqual({
      severity: { DataType: "String", StringValue: "HIGH" },
      kind: { DataType: "String", StringValue: "opened" },
      team: { DataType: "String", StringValue: "unowned" },
      ruleGroup: { DataType: "String", StringValue: "lambda" },
    });
    const findings = [
      aFinding(1, { team: "payments" }),
      aFinding(2, { team: "core", rule: "sqs/visibility-timeout-too-short" }),
      aFinding(3),
    ];
    expect(publishInput(composeMessage("summary", findings, account), topic).MessageAttributes).toMatchObject({
      team: { DataType: "String.Array", StringValue: '["core","payments","unowned"]' },
      ruleGroup: { DataType: "String.Array", StringValue: '["lambda","sqs"]' },
      env: { DataType: "String", StringValue: "prod" },
    });
  });
});

describe("subscription filters", () => {
  it("on severity and team receive exactly what they ask for", async () => {
    const grave = subscriber("grave", { severity: ["CRITICAL", "HIGH"] });
    const payments = subscriber("payments", { team: ["payments"] });
    const graveCore = subscriber("grave-core", { severity: ["CRITICAL"], team: ["core"] });
    const orphans = subscriber("orphans", { team: ["unowned"] });
    const newOnes = subscriber("new-ones", { kind: ["opened", "reopened"], ruleGroup: [{ prefix: "lam" }] });
    const notifier = snsNotifier(client, topic);
    await notifier.send(single(1, { team: "payments" }));
    await notifier.send(single(2, { team: "core", severity: "CRITICAL" }));
    await notifier.send(single(3, { severity: "MEDIUM", pending: { transition: "changed" } }));
    await notifier.send(single(4, { severity: "LOW", team: "payments", pending: { transition: "resolved" } }));
    const ids = (queue: string) => received(queue).map((envelope) => /F-\d+/.exec(envelope.Message)?.[0]);
    expect(ids(grave)).toEqual(["F-0000000001", "F-0000000002"]);
    expect(ids(payments)).toEqual(["F-0000000001", "F-0000000004"]);
    expect(ids(graveCore)).toEqual(["F-0000000002"]);
    expect(ids(orphans)).toEqual(["F-0000000003"]);
    expect(ids(newOnes)).toEqual(["F-0000000001", "F-0000000002"]);
  });
});

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
    const { deliveries } = planDelivery({ pending: findings, channel: "sns", state: aState(), now, account });
    const sizes = deliveries.map((delivery) => publishBytes(publishInput(delivery.message, topic)));
    expect(Math.max(...sizes)).toBeLessThan(mostPublishBytes);
    expect(deliveries.flatMap((delivery) => delivery.findings)).toHaveLength(5000);
    const everybody = subscriber("everybody");
    const notifier = snsNotifier(client, topic);
    for (const delivery of deliveries.slice(0, 3)) await notifier.send(delivery.message);
    expect(received(everybody)).toHaveLength(Math.min(3, deliveries.length));
  });

  it("holds for one finding with everything as long as it can be", () => {
    const name = hostileName.repeat(200);
    const evidence = Object.fromEntries(numbers(200).map((number) => [`key${number}${name}`, numbers(100).map(() => name)]));
    const commands = numbers(50).map(() => `aws ${"é".repeat(1400)}`);
    const message = single(1, { name, title: name, team: name, evidence, remediation: { text: name, commands }, rule: `${name}/x` });
    expect(publishBytes(publishInput(message, topic))).toBeLessThan(mostPublishBytes);
  });

  it("is checked before anything is sent", async () => {
    const everybody = subscriber("everybody");
    const sending = snsNotifier(client, topic).send({ ...single(1), text: "x".repeat(140_000) });
    await expect(sending).rejects.toThrow(/bytes, SNS takes 262144/);
    expect(received(everybody)).toEqual([]);
  });
});

describe("a publish that fails", () => {
  it("says that the topic does not exist and what to do, keeps the cause, and is permanent", async () => {
    const failure = await snsNotifier(client, `${topic}-gone`)
      .send(single(1))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeliveryError);
    expect(failure).toMatchObject({ permanent: true, cause: expect.any(Error) });
    expect(String(failure)).toMatch(/sns:Publish on arn:.*watchdog-gone: the topic does not exist: check the ARN/);
    expect(String(failure)).not.toContain("\n");
  });

  it.each([
    ["AuthorizationError", "not authorized to perform: SNS:Publish", true, /refused: allow sns:Publish/],
    ["KMSAccessDenied", "no access to the key", true, /kms:GenerateDataKey/],
    ["ExpiredToken", "The security token included in the request is expired", true, /sign in again/],
    ["InvalidParameter", "Invalid parameter: TopicArn", true, /not the ARN of a topic in the client's Region/],
    ["InvalidParameter", "Invalid parameter: The MessageGroupId parameter is required for FIFO topics", true, /use a standard topic/],
    ["InternalError", "try later", false, /the next scan tries again/],
    ["Throttled", "Rate exceeded", false, /the next scan tries again/],
  ])("explains %s (%s)", async (code, said, permanent, advice) => {
    const failing = answering(code, said);
    const failure = await snsNotifier(failing, topic)
      .send(single(1))
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "DeliveryError", permanent });
    expect(String(failure)).toMatch(advice);
  });

  it("explains missing credentials", async () => {
    const nobody = new SNSClient({
      region: "us-east-1",
      endpoint: server.address,
      credentials: () => Promise.reject(Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" })),
    });
    await expect(snsNotifier(nobody, topic).send(single(1))).rejects.toThrow(/did not accept the credentials/);
  });
});

describe("who listens", () => {
  it("counts confirmed and pending subscriptions", async () => {
    expect(await listeners(client, topic)).toEqual({ confirmed: 0, pending: 0 });
    subscriber("everybody");
    await client.send(new SubscribeCommand({ TopicArn: topic, Protocol: "email", Endpoint: "team@example.com" }));
    expect(await listeners(client, topic)).toEqual({ confirmed: 1, pending: 1 });
  });

  it("says that the topic does not exist", async () => {
    await expect(listeners(client, `${topic}-gone`)).rejects.toThrow(/sns:GetTopicAttributes on .*: the topic does not exist/);
  });
});

/** A client to which SNS answers with an error, in the words of its Query protocol. */
function answering(code: string, said: string): SNSClient {
  const failing = new SNSClient({ region: "us-east-1", endpoint: server.address, credentials, maxAttempts: 1 });
  failing.middlewareStack.add(
    () => async () => {
      throw Object.assign(new Error(said), { name: code });
    },
    { step: "finalizeRequest", name: "answer" },
  );
  return failing;
}
