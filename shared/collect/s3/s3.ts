/** Buckets: who may reach them, whom they notify, how they are encrypted. Objects are never listed or read. */
import { type Bucket, ListBucketsCommand } from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { codeOf } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import type { PublicAccessBlock } from "../../describe/bucket-access.ts";
import type { BucketAnswer } from "../../describe/services/s3.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { bucketRegions, readBuckets } from "./bucket-reads.ts";

export const s3Collector: ServiceCollector<"s3"> = {
  name: "s3",
  scope: "account",
  readerVersion: 1,
  actions: [
    "s3:ListAllMyBuckets",
    "s3:GetBucketLocation",
    "s3:GetBucketPolicy",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketAcl",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetAccountPublicAccessBlock",
    "s3:GetBucketNotification",
    "s3:GetBucketWebsite",
    "s3:GetEncryptionConfiguration",
    "s3:GetBucketVersioning",
  ],
  reads: "buckets: policy, access control list, public access block, notifications, website, encryption, versioning; never what is in them",
  collect(context) {
    return collectPart<BucketAnswer>("s3", context.region, async (sink) => {
      const [listed, accountBlock] = await Promise.all([listBuckets(context), readAccountBlock(context, sink)]);
      const regions = await bucketRegions(context, listed, sink);
      const reads = await readBuckets(context, listed, regions, sink);
      for (const { Name = "", CreationDate } of listed) {
        const bucket = { name: Name, createdAt: CreationDate?.toISOString(), region: regions.get(Name) ?? "unknown" };
        const { values, readAt } = reads.get(Name) ?? { values: {}, readAt: undefined };
        sink.push({ bucket, reads: values, readAt, accountBlock });
      }
    });
  },
};

/** Every bucket of the account, with its Region where AWS names it. @throws what S3 answers */
export async function listBuckets({ clients, region }: CollectContext): Promise<Bucket[]> {
  const buckets: Bucket[] = [];
  const list = pages(
    // AWS names each bucket's Region only where something is asked of the list
    (ContinuationToken) =>
      clients.s3(region).send(new ListBucketsCommand({ MaxBuckets: 1000, ...(ContinuationToken ? { ContinuationToken } : {}) })),
    (page) => page.ContinuationToken,
  );
  for await (const page of list) buckets.push(...(page.Buckets ?? []).filter(({ Name }) => Name));
  return buckets;
}

async function readAccountBlock(
  { clients, region, account }: CollectContext,
  sink: Sink<unknown>,
): Promise<PublicAccessBlock | null | undefined> {
  try {
    const { PublicAccessBlockConfiguration } = await clients
      .s3Control(region)
      .send(new GetPublicAccessBlockCommand({ AccountId: account }));
    return PublicAccessBlockConfiguration ?? null;
  } catch (error) {
    if (codeOf(error) === "NoSuchPublicAccessBlockConfiguration") return null;
    sink.miss(error);
    return undefined;
  }
}
