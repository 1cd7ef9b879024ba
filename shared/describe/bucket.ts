/** An S3 bucket from what was read of it. Pure. */

import { functionArnOf } from "../model/arn.ts";
import type { GraphRow, Relation, Resource } from "../model/graph.ts";
import { type AclGrant, bucketAccess, type PublicAccessBlock } from "./bucket-access.ts";
import { distributionGrants } from "./bucket-distributions.ts";
import { inTransitOf } from "./doors.ts";
import { keyDetail, keyKind } from "./encryption.ts";

/** Where a notification goes; `eventBus` when everything is sent to EventBridge. */
export interface Notifications {
  readonly targets: readonly { readonly arn: string; readonly id: string }[];
  readonly eventBus: boolean;
}

/** What was read of a bucket. A member that is undefined could not be read; null: the bucket has none. */
export interface BucketReads {
  readonly policy?: string | null;
  /** S3's own word on whether the policy is public. */
  readonly policyIsPublic?: boolean | null;
  readonly grants?: readonly AclGrant[];
  readonly block?: PublicAccessBlock | null;
  readonly notifications?: Notifications;
  /** Where the website sends everybody on to; null: no website. */
  readonly website?: { readonly redirectsTo: string | null } | null;
  /** Algorithm and key of default encryption. */
  readonly encryption?: { readonly algorithm: string; readonly keyId: string | null } | null;
  readonly versioning?: string | null;
}

export interface ListedBucket {
  readonly name: string;
  readonly createdAt: string | undefined;
  readonly region: string;
}

interface Place {
  readonly account: string;
  readonly partition: string;
  readonly now: Date;
  /** null: none; undefined: could not be read. */
  readonly accountBlock: PublicAccessBlock | null | undefined;
}

export function describeBucket(bucket: ListedBucket, reads: BucketReads, readAt: string | undefined, place: Place): GraphRow {
  const arn = `arn:${place.partition}:s3:::${bucket.name}`;
  const access = bucketAccess(
    arn,
    {
      policy: reads.policy === null ? "" : reads.policy,
      policyIsPublic: reads.policyIsPublic,
      grants: reads.grants,
      bucketBlock: reads.block === null ? {} : reads.block,
      accountBlock: place.accountBlock === null ? {} : place.accountBlock,
    },
    place,
  );
  const parts = ["notifications", "website", "encryption", "versioning"] as const;
  const unread = [...access.unread, ...parts.filter((part) => reads[part] === undefined)];
  return {
    resource: {
      arn,
      type: "AWS::S3::Bucket",
      name: bucket.name,
      region: bucket.region,
      ...(bucket.createdAt ? { createdAt: bucket.createdAt } : {}),
      encryption: encryptionOf(arn, reads, access.unread.includes("policy"), place),
      details: {
        ...keyDetail(reads.encryption?.keyId, { arn: `arn:${place.partition}:s3::${place.account}:${bucket.name}`, region: bucket.region }),
        publicWrite: access.publicWrite,
        publicRead: access.publicRead,
        publicInspect: access.publicInspect,
        ...access.details,
        ...(access.unread.includes("policy") ? {} : distributionGrants(reads.policy ?? "")),
        publicAccessBlocked: access.blocked,
        bucketBlocked: Object.entries(reads.block ?? {}).flatMap(([part, on]) => (on ? [part] : [])),
        policyIsPublic: reads.policyIsPublic ?? null,
        website: reads.website === undefined ? null : reads.website !== null,
        eventBridge: reads.notifications?.eventBus ?? false,
        versioning: reads.versioning ?? "off",
        ...(unread.length > 0 ? { unread } : {}),
      },
      ...(readAt ? { readAt } : {}),
    },
    relations: [...access.relations, ...notified(arn, reads.notifications, bucket.region, place)],
  };
}

function notified(arn: string, notifications: Notifications | undefined, region: string, { account, partition }: Place): Relation[] {
  const to = (target: string, id: string): Relation => ({
    from: arn,
    to: functionArnOf(target) ?? target,
    kind: "notifies",
    auth: "service",
    enabled: true,
    evidence: `s3:GetBucketNotification, ${id}`,
  });
  const bus = notifications?.eventBus ? [to(`arn:${partition}:events:${region}:${account}:event-bus/default`, "EventBridge")] : [];
  return [...(notifications?.targets ?? []).map((target) => to(target.arn, target.id)), ...bus];
}

/** Every new object is encrypted since January 2023, with a key of S3's own where no other is named. */
function encryptionOf(
  arn: string,
  { encryption, policy }: BucketReads,
  policyUnread: boolean,
  place: Place,
): NonNullable<Resource["encryption"]> {
  const ofObjects = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].map((action) => ({ action, resource: `${arn}/*` }));
  const calls = [...ofObjects, { action: "s3:ListBucket", resource: arn }];
  const named = encryption?.algorithm.startsWith("aws:kms")
    ? encryption.keyId
      ? keyKind(encryption.keyId)
      : "aws-managed-key"
    : "aws-owned";
  return {
    atRest: encryption === undefined ? "unknown" : named,
    inTransit: policyUnread ? "unknown" : inTransitOf(policy ?? undefined, calls, place),
  };
}
