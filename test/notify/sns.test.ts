import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DeliveryError, type Message } from "../../shared/notify/channel.ts";
import { composeMessage } from "../../shared/notify/message.ts";
import { listeners, publishInput, snsChannel } from "../../shared/notify/sns.ts";
import { account, aFinding } from "./a-finding.ts";
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
  const attributes = filter ? { attributes: { FilterPolicy: JSON.stringify(filter) } } : {};
  server.subscribe({ topic: "watchdog", queue: name, ...attributes });
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
    await snsChannel(client, topic).send(message, []);
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
        additionalContext: {
          severity: "HIGH",
          team: "payments",
          findings: "1",
          findingId: "F-0000000001",
          rule: "lambda/timeout-too-tight",
          account: "111122223333",
          region: "eu-west-1",
        },
        enableCustomActions: true,
      },
    });
  });

  it("starts no thread for a digest", async () => {
    const everybody = subscriber("everybody");
    await snsChannel(client, topic).send(composeMessage("digest", [aFinding(1)], account), []);
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
    const channel = snsChannel(client, topic);
    await channel.send(single(1, { team: "payments" }), []);
    await channel.send(single(2, { team: "core", severity: "CRITICAL" }), []);
    await channel.send(single(3, { severity: "MEDIUM", pending: { transition: "changed" } }), []);
    await channel.send(single(4, { severity: "LOW", team: "payments", pending: { transition: "resolved" } }), []);
    const ids = (queue: string) => received(queue).map((envelope) => /F-\d+/.exec(envelope.Message)?.[0]);
    expect(ids(grave)).toEqual(["F-0000000001", "F-0000000002"]);
    expect(ids(payments)).toEqual(["F-0000000001", "F-0000000004"]);
    expect(ids(graveCore)).toEqual(["F-0000000002"]);
    expect(ids(orphans)).toEqual(["F-0000000003"]);
    expect(ids(newOnes)).toEqual(["F-0000000001", "F-0000000002"]);
  });
});

describe("a publish that fails", () => {
  it("says that the topic does not exist and what to do, keeps the cause, and is permanent", async () => {
    const failure = await snsChannel(client, `${topic}-gone`)
      .send(single(1), [])
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
    const failure = await snsChannel(failing, topic)
      .send(single(1), [])
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
    await expect(snsChannel(nobody, topic).send(single(1), [])).rejects.toThrow(/did not accept the credentials/);
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
