/** What surrounds the deployed functions, on the emulator: an account to look at, and the table, bucket and topic of the stack. */
import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { createAccount } from "../../samples/make/create-account.ts";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { createOwnClients } from "../../shared/aws/own-clients.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { openTable } from "../../shared/store/table.ts";
import { account } from "../aws/moto.ts";
import { unpaced } from "../aws/unpaced.ts";
import { region } from "./deployed-function.ts";

export const names = { table: "findings", bucket: "blobs", topicArn: `arn:aws:sns:${region}:${account}:findings` };
/** The stack's other topic, where the watchdog speaks of itself. */
export const operationsTopicArn = `arn:aws:sns:${region}:${account}:operations`;

export interface Surroundings {
  readonly store: DynamodbStore;
  /** Folders of the bucket in which something lies. */
  folders(): Promise<string[]>;
  /** Those of the operations topic. */
  saidOfItself(): Promise<string[]>;
  /** Texts that were published since the last call. */
  published(): Promise<string[]>;
}

/** Makes them where the SDK's environment points. */
export async function openSurroundings(): Promise<Surroundings> {
  const clients = createClients({ pace: unpaced(), calls: new CallCount() });
  await createAccount(clients, account, {
    functions: [{ name: "orders-api", runtime: "nodejs18.x", timeoutSeconds: 900, deployedDaysAgo: 90 }],
  });
  const own = createOwnClients(region);
  await openTable(own.dynamodb, names.table, { create: true });
  await own.s3.send(new CreateBucketCommand({ Bucket: names.bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  const queueUrls = new Map<string, string | undefined>();
  for (const topic of ["findings", "operations"]) {
    const { TopicArn } = await own.sns.send(new CreateTopicCommand({ Name: topic }));
    const { QueueUrl } = await clients.sqs(region).send(new CreateQueueCommand({ QueueName: topic }));
    await own.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: `arn:aws:sqs:${region}:${account}:${topic}` }));
    queueUrls.set(topic, QueueUrl);
  }
  const heard = async (topic: string) => {
    const queue = { QueueUrl: queueUrls.get(topic), MaxNumberOfMessages: 10 };
    const { Messages = [] } = await clients.sqs(region).send(new ReceiveMessageCommand(queue));
    return Messages.map(({ Body = "" }) => String(JSON.parse(Body).Message));
  };
  return {
    store: new DynamodbStore(own.dynamodb, names.table),
    async folders() {
      const { Contents = [] } = await own.s3.send(new ListObjectsV2Command({ Bucket: names.bucket }));
      return [...new Set(Contents.map(({ Key = "" }) => Key.split("/")[0] ?? ""))].sort();
    },
    published: () => heard("findings"),
    saidOfItself: () => heard("operations"),
  };
}
