/** S3: a bucket from what was read of it. */
import { type BucketReads, describeBucket, type ListedBucket } from "../bucket.ts";
import type { PublicAccessBlock } from "../bucket-access.ts";
import type { Describe } from "./describe-answer.ts";

export interface BucketAnswer {
  readonly bucket: ListedBucket;
  readonly reads: BucketReads;
  /** Of the oldest read. */
  readonly readAt?: string;
  /** The account's own; null: it has none; absent: it could not be read. */
  readonly accountBlock?: PublicAccessBlock | null;
}

export const describe: Describe<BucketAnswer> = ({ bucket, reads, readAt, accountBlock }, place) => [
  describeBucket(bucket, reads, readAt, { ...place, accountBlock }),
];
