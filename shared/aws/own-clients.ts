/** Clients for what is ours, and for who we are. Apart from clients.ts, so that whoever reads the store does not load what only a scan asks. */
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { markOperation } from "./errors.ts";

/** Security Hub takes 10 batches a second: a baseline of ten thousand findings meets that. */
const hubAttempts = 6;

/** Clients for our table, bucket, topic, stack, buses and secrets. Never taped, never counted as looks at the account. */
export function createOwnClients(region: string, profile?: string) {
  const config = { region, ...(profile ? { profile } : {}) };
  return {
    cloudformation: new CloudFormationClient(config),
    dynamodb: new DynamoDBClient(config),
    s3: new S3Client(config),
    sns: new SNSClient(config),
    // loaded when they are asked for: few channels need them
    eventbridge: once(async () => new (await import("@aws-sdk/client-eventbridge")).EventBridgeClient(config)),
    ssm: once(async () => new (await import("@aws-sdk/client-ssm")).SSMClient(config)),
    secretsmanager: once(async () => new (await import("@aws-sdk/client-secrets-manager")).SecretsManagerClient(config)),
    // one for each Region that has a hub
    securityhub: memoized(async (hubRegion: string) => {
      const { SecurityHubClient } = await import("@aws-sdk/client-securityhub");
      return new SecurityHubClient({ ...config, region: hubRegion, maxAttempts: hubAttempts });
    }),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function memoized<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

export type OwnClients = ReturnType<typeof createOwnClients>;

/** Who the credentials belong to, asked in `region`. @throws what STS answers: missing, expired or refused credentials */
export async function callerIdentity(region: string, profile?: string): Promise<{ readonly account?: string; readonly arn?: string }> {
  const sts = new STSClient({ region, ...(profile ? { profile } : {}) });
  try {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return { ...(Account ? { account: Account } : {}), ...(Arn ? { arn: Arn } : {}) };
  } catch (error) {
    markOperation(error, "sts:GetCallerIdentity");
    throw error;
  } finally {
    sts.destroy();
  }
}

/** The account of the credentials, asked in `region`. @throws as callerIdentity */
export async function callerAccount(region: string, profile?: string): Promise<string | undefined> {
  return (await callerIdentity(region, profile)).account;
}
