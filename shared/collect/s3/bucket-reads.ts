/** What is read of each bucket, on the rotation: every question has a rotation of its own, so that one refusal hides no other answer. */
import {
  type Bucket,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { codeOf, markOperation, operationOf, statusOf } from "../../aws/errors.ts";
import type { BucketReads } from "../../describe/bucket.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { CollectContext, Sink } from "../contract/collector.ts";
import type { Asked } from "../contract/rotation.ts";
import { aclGrantOf, notificationsOf } from "./bucket-answers.ts";

/** How S3 says that a bucket has none of what was asked for. */
const absent =
  /^(NoSuchBucketPolicy|NoSuchPublicAccessBlockConfiguration|NoSuchWebsiteConfiguration|ServerSideEncryptionConfigurationNotFoundError)$/;

/** A refusal that names the bucket: its own policy may refuse what all others answer. */
class BucketRefusedError extends Error {
  override readonly name = "AccessDenied";
}

interface Read {
  readonly values: BucketReads;
  /** Of the oldest answer. */
  readonly readAt: string | undefined;
}

type Question = {
  readonly [Part in keyof BucketReads]-?: (client: S3Client, Bucket: string) => Promise<NonNullable<BucketReads[Part]> | null>;
};

const questions: Question = {
  policy: async (client, Bucket) => (await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? null,
  policyIsPublic: async (client, Bucket) =>
    (await client.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic ?? null,
  grants: async (client, Bucket) => {
    const { Grants, Owner } = await client.send(new GetBucketAclCommand({ Bucket }));
    return (Grants ?? []).flatMap((grant) => aclGrantOf(grant, Owner?.ID));
  },
  block: async (client, Bucket) => (await client.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration ?? null,
  notifications: async (client, Bucket) => notificationsOf(await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }))),
  website: async (client, Bucket) => {
    const { RedirectAllRequestsTo } = await client.send(new GetBucketWebsiteCommand({ Bucket }));
    return { redirectsTo: RedirectAllRequestsTo?.HostName ? cleanText(RedirectAllRequestsTo.HostName, 253) : null };
  },
  encryption: async (client, Bucket) => {
    const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    const by = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    return { algorithm: by?.SSEAlgorithm ?? "AES256", keyId: by?.KMSMasterKeyID ?? null };
  },
  versioning: async (client, Bucket) => (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status?.toLowerCase() ?? null,
};

/** Regions of the buckets: from the list, else asked once and kept. */
export async function bucketRegions(
  context: CollectContext,
  listed: readonly Bucket[],
  sink: Sink<unknown>,
): Promise<ReadonlyMap<string, string>> {
  const regions = new Map<string, string>();
  const asked = [];
  for (const { Name = "", BucketRegion, CreationDate } of listed) {
    if (BucketRegion) regions.set(Name, BucketRegion);
    else asked.push({ key: Name, fingerprint: CreationDate?.toISOString() ?? "" });
  }
  const home = context.clients.s3(context.region);
  const read = async (Bucket: string) => {
    const { LocationConstraint } = await home.send(new GetBucketLocationCommand({ Bucket }));
    if (!LocationConstraint) return "us-east-1";
    return LocationConstraint === "EU" ? "eu-west-1" : LocationConstraint;
  };
  const answers = await context.rotation.read("s3-location", asked, forgiving(read), sink.miss);
  for (const [name, { value }] of answers) if (value) regions.set(name, value);
  return regions;
}

/** All answers by bucket; what could not be read is left out. */
export async function readBuckets(
  context: CollectContext,
  listed: readonly Bucket[],
  regions: ReadonlyMap<string, string>,
  sink: Sink<unknown>,
): Promise<ReadonlyMap<string, Read>> {
  const reads = new Map<string, { values: Record<string, unknown>; readAt: string | undefined }>();
  const created = new Map(listed.map(({ Name = "", CreationDate }) => [Name, CreationDate?.toISOString() ?? ""]));
  const known = [...created].flatMap(([key, fingerprint]): Asked[] => {
    const loggedIn = regions.get(key);
    return loggedIn ? [{ key, fingerprint, loggedIn }] : [];
  });
  const ask = async (part: keyof BucketReads, asked: readonly Asked[]) => {
    const question = forgiving<unknown>((name) => questions[part](context.clients.s3(regions.get(name) ?? context.region), name));
    const answers = await context.rotation.read(`s3-${part}`, asked, question, sink.miss);
    for (const [name, { value, readAt }] of answers) {
      const read = reads.get(name) ?? { values: {}, readAt };
      read.values[part] = value;
      if (!read.readAt || readAt < read.readAt) read.readAt = readAt;
      reads.set(name, read);
    }
  };
  const parts = (Object.keys(questions) as (keyof BucketReads)[]).filter((part) => part !== "policyIsPublic");
  await Promise.all(parts.map((part) => ask(part, known)));
  // S3 judges a policy only where there is one
  await ask(
    "policyIsPublic",
    known.filter(({ key }) => reads.get(key)?.values.policy),
  );
  return reads as ReadonlyMap<string, Read>;
}

/** Null where the bucket has none; a refusal says of which bucket. */
function forgiving<T>(read: (name: string) => Promise<T>): (name: string) => Promise<T | null> {
  return async (name) => {
    try {
      return await read(name);
    } catch (error) {
      if (absent.test(codeOf(error))) return null;
      if (statusOf(error) !== "denied") throw error;
      const ours = new BucketRefusedError(`bucket ${cleanText(name, 63)}: ${cleanText((error as Error).message, 200)}`, { cause: error });
      markOperation(ours, operationOf(error) ?? "s3");
      throw ours;
    }
  };
}
