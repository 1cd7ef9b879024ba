// fauxqs compares the text of a String.Array as a whole and hands on the message of all protocols; moto does both as AWS documents it.
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { composeMessage } from "../../shared/notify/message.ts";
import { snsChannel } from "../../shared/notify/sns.ts";
import { motoForThisFile } from "../aws/moto-for-this-file.ts";
import { account, aFinding } from "./a-finding.ts";
import "./without-aws-environment.ts";

const moto = await motoForThisFile("SNS filters on several teams");
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
let sns: SNSClient;
let sqs: SQSClient;
let topicArn: string;

describe.runIf(moto)("a message for several teams", () => {
  beforeAll(async () => {
    const endpoint = moto?.endpoint ?? "";
    sns = new SNSClient({ region: "eu-west-1", endpoint, credentials });
    sqs = new SQSClient({ region: "eu-west-1", endpoint, credentials });
    topicArn = (await sns.send(new CreateTopicCommand({ Name: "watchdog" }))).TopicArn ?? "";
  });

  afterAll(() => {
    sns?.destroy();
    sqs?.destroy();
  });

  async function subscriber(name: string, filter: Readonly<Record<string, readonly string[]>>): Promise<string> {
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    const Endpoint = `arn:aws:sqs:eu-west-1:${account}:${name}`;
    await sns.send(
      new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint, Attributes: { FilterPolicy: JSON.stringify(filter) } }),
    );
    return QueueUrl;
  }

  async function received(queue: string): Promise<{ Message: string }[]> {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }));
    return Messages.map((message) => JSON.parse(message.Body ?? "{}"));
  }

  it("reaches each of them, and those who look after what nobody owns, in the body meant for their protocol", async () => {
    const queues = {
      payments: await subscriber("payments", { team: ["payments"] }),
      core: await subscriber("core", { team: ["core"], severity: ["CRITICAL", "HIGH"] }),
      nobodys: await subscriber("nobodys", { team: ["unowned"] }),
      lowOnly: await subscriber("low-only", { team: ["core"], severity: ["LOW"] }),
      others: await subscriber("others", { team: ["search", "pay", "payment"] }),
      sqsRules: await subscriber("sqs-rules", { ruleGroup: ["sqs"], kind: ["summary"] }),
    };
    const findings = [
      aFinding(1, { team: "payments" }),
      aFinding(2, { team: "core", rule: "sqs/visibility-timeout-too-short" }),
      aFinding(3),
    ];
    const message = composeMessage("summary", findings, account);
    await snsChannel(sns, topicArn).send(message, []);
    const counts = Object.fromEntries(
      await Promise.all(Object.entries(queues).map(async ([name, queue]) => [name, await received(queue)] as const)),
    );
    expect(counts).toMatchObject({ payments: [{}], core: [{}], nobodys: [{}], lowOnly: [], others: [], sqsRules: [{}] });
    expect(counts.payments?.[0]?.Message).toBe(message.text);
  });
});
