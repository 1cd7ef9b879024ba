/** The watchdog as it is deployed, on the emulator: table, bucket and topic are DynamoDB, S3 and SNS, and a queue gets every message. */
import { gunzipSync } from "node:zlib";
import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { createAccount } from "../../samples/make/create-account.ts";
import { CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { createOwnClients } from "../../shared/aws/own-clients.ts";
import { dayOf, startOfDay } from "../../shared/model/day.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import { snsChannel } from "../../shared/notify/sns.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { localRunner } from "../../shared/run/local-runner.ts";
import type { ScanResult } from "../../shared/scan/finish.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { readSettings } from "../../shared/settings.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { S3Blobs } from "../../shared/store/s3-blobs.ts";
import { openTable } from "../../shared/store/table.ts";
import { watch } from "../../shared/watch.ts";
import { account } from "./moto.ts";
import { smallAccount } from "./small-account.ts";
import { unpaced } from "./unpaced.ts";

const home = "eu-west-1";
const table = "small-target";
const bucket = "small-target-blobs";

export interface WatchdogOnMoto {
  readonly watchdog: Watchdog;
  scan(overrides?: Partial<Watchdog>): Promise<ScanResult & { readonly document: ScanDocument }>;
  /** Everything in table and bucket, unpacked, and everything that was sent since the last call. */
  written(): Promise<{ readonly items: number; readonly blobs: number; readonly messages: readonly string[]; readonly text: string }>;
}

/** Makes the small account and a watchdog for it. Call it once per server. */
export async function watchdogOnMoto(): Promise<WatchdogOnMoto> {
  const clients = createClients({ pace: unpaced(), calls: new CallCount() });
  await createAccount(clients, account, smallAccount);
  await putRuns("orders-api", 9700);
  const own = createOwnClients(home);
  await openTable(own.dynamodb, table, { create: true });
  await own.s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: home } }));
  const { TopicArn = "" } = await own.sns.send(new CreateTopicCommand({ Name: "small-target" }));
  const { QueueUrl } = await clients.sqs(home).send(new CreateQueueCommand({ QueueName: "small-target-inbox" }));
  const Endpoint = `arn:aws:sqs:${home}:${account}:small-target-inbox`;
  await own.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
  const watchdog: Watchdog = {
    ...askingMoto(),
    runner: localRunner,
    store: new DynamodbStore(own.dynamodb, table),
    blobs: new S3Blobs(own.s3, bucket),
    channels: [snsChannel(own.sns, TopicArn)],
    settings: readSettings({}, catalogue),
    homeRegion: home,
    regions: [],
    now: () => new Date(),
    leaseSeconds: 120,
  };
  const scan = async (overrides: Partial<Watchdog> = {}) => {
    const result = await watch({ ...watchdog, ...overrides });
    const blobs = overrides.blobs ?? watchdog.blobs;
    return { ...result, document: (await blobs.get(result.documentKey)) as ScanDocument };
  };
  const written = async () => {
    const { Items = [] } = await own.dynamodb.send(new ScanCommand({ TableName: table }));
    const { Contents = [] } = await own.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    const blobs = await Promise.all(
      Contents.map(async ({ Key }) => {
        const { Body } = await own.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
      }),
    );
    const { Messages = [] } = await clients.sqs(home).send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    const messages = Messages.map(({ Body = "" }) => Body);
    return { items: Items.length, blobs: blobs.length, messages, text: [JSON.stringify(Items), ...blobs, ...messages].join("\n") };
  };
  return { watchdog, scan, written };
}

/** Of the emulator's many Regions only these are named: it answers one request at a time, and all others are empty. */
export const namedRegions = [home, "us-east-1"];

/** Operations that the emulator lacks or answers in a form that the SDK cannot read: their parts are failed, never empty. */
export const emulatorGaps = /NotImplemented|SyntaxError|TypeError|Unknown|InternalFailure|UnknownError|404|501|InternalError/;

/** Clients that ask the emulator, through `tape` where there is one. */
export function askingMoto(tape?: Tape): Pick<Watchdog, "clientsFor"> {
  const pace = unpaced();
  return { clientsFor: (calls) => createClients({ pace, calls, tape: namingFewRegions(tape) }) };
}

function namingFewRegions(tape: Tape | undefined): Tape {
  return {
    offline: tape?.offline ?? false,
    async answer(call, askAws) {
      const answer = await (tape ? tape.answer(call, askAws) : askAws());
      if (call.operation !== "ec2:DescribeRegions") return answer;
      const regions = answer.Regions as { RegionName?: string }[];
      return { ...answer, Regions: regions.filter(({ RegionName }) => namedRegions.includes(RegionName ?? "")) };
    },
  };
}

/** Puts runs of today and the nineteen days before into CloudWatch. */
export async function putRuns(name: string, longestMs: number): Promise<void> {
  const clients = createClients({ pace: unpaced(), calls: new CallCount() });
  const MetricData = Array.from({ length: 20 }, (_, daysAgo) => ({
    MetricName: "Duration",
    Dimensions: [{ Name: "FunctionName", Value: name }],
    Timestamp: startOfDay(dayOf(new Date()) - daysAgo),
    StatisticValues: { SampleCount: 50, Sum: 45_000, Minimum: 12, Maximum: longestMs },
  }));
  await clients.cloudwatch(home).send(new PutMetricDataCommand({ Namespace: "AWS/Lambda", MetricData }));
}
