/** The watchdog as it runs in AWS: the table, bucket and topic of the stack, and the function's role. */
import { keptAdvisories } from "../shared/advisory-feeds/current-advisories.ts";
import { offWord } from "../shared/advisory-settings.ts";
import { createClients } from "../shared/aws/clients.ts";
import { createOwnClients, type OwnClients } from "../shared/aws/own-clients.ts";
import { Pace } from "../shared/aws/pace.ts";
import { parseArn } from "../shared/model/arn.ts";
import type { Channel } from "../shared/notify/channel.ts";
import { openChannels } from "../shared/notify/open-channels.ts";
import { snsChannel } from "../shared/notify/sns.ts";
import type { Runner } from "../shared/run/runner.ts";
import { codeReaders } from "../shared/scan/code-analyzers.ts";
import type { Watchdog } from "../shared/scan/watchdog.ts";
import { DynamodbStore } from "../shared/store/dynamodb-store.ts";
import { S3Blobs } from "../shared/store/s3-blobs.ts";
import type { Environment } from "./environment.ts";

// twice the timeout of the function: a step that is cut off, and its retries, stay within the lease that the step before took
const leaseSeconds = 30 * 60;

/** Everything that `watch` asks for. Makes no request. */
export async function watchdogOf(environment: Environment, own: OwnClients, runner: Runner): Promise<Watchdog> {
  const { stackName, homeRegion } = environment;
  const pace = new Pace();
  const blobs = new S3Blobs(own.s3, environment.bucketName);
  const hasAdvisories = environment.readsCode && environment.settings.advisories.source !== offWord;
  return {
    runner,
    clientsFor: (calls) => createClients({ pace, calls }),
    store: new DynamodbStore(own.dynamodb, environment.tableName),
    blobs,
    channels: await channelsOf(environment, own),
    deployment: { stack: stackName, region: homeRegion },
    settings: environment.settings,
    ...(environment.readsCode ? codeReaders({ images: environment.readsImages }) : {}),
    // what the function that fetches them has kept: a scan waits for nobody
    ...(hasAdvisories ? { advisories: (isWanted) => keptAdvisories(blobs, isWanted) } : {}),
    homeRegion,
    regions: environment.regions,
    now: () => new Date(),
    leaseSeconds,
  };
}

/** The topic of the stack, where the settings name no channels. */
async function channelsOf({ settings, topicArn, homeRegion, stackName }: Environment, own: OwnClients): Promise<Channel[]> {
  const { channels, routes } = settings;
  if (!channels) return [snsChannel(own.sns, topicArn)];
  const { account = "", partition = "aws" } = parseArn(topicArn) ?? {};
  return await openChannels(channels, {
    clientsIn: (region) => (region === homeRegion ? own : createOwnClients(region)),
    account,
    partition,
    region: homeRegion,
    stackTopicArn: topicArn,
    deployment: { stack: stackName, region: homeRegion },
    ...(routes ? { routes } : {}),
    now: () => new Date(),
  });
}
