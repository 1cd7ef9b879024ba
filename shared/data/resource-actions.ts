/**
 * What a resource's policy can let others do with it: every action that reads or changes the resource, by what comes of it.
 * Source: AWS Service Authorization Reference, as of 2026-11.
 */
import type { RelationKind } from "../model/graph.ts";

/** When the table was last compared with its source. */
export const resourceActionsAsOf = "2026-11-27";

/** Where the actions work: on the resource itself, on what is below its ARN (objects, indexes, consumers), or on either. */
export type ActsOn = "itself" | "below" | "either";

export interface ActionClass {
  /** What whoever may do these does with the resource, in one word. */
  readonly does: string;
  /** The relation that this is; absent where only settings are read, which is no way to the resource. */
  readonly kind?: Extract<RelationKind, "publishes-to" | "may-read" | "may-write" | "invokes">;
  readonly on?: ActsOn;
  readonly actions: readonly string[];
}

const named = (service: string, names: string) => names.split(" ").map((name) => `${service}:${name}`);

export const queueActions: readonly ActionClass[] = [
  { does: "send", kind: "publishes-to", actions: ["sqs:SendMessage"] },
  { does: "receive", kind: "may-read", actions: ["sqs:ReceiveMessage"] },
  // takes messages away, as receiving does, and sets nothing off
  { does: "remove", kind: "may-read", actions: named("sqs", "DeleteMessage PurgeQueue ChangeMessageVisibility") },
  {
    does: "change",
    kind: "may-write",
    actions: named(
      "sqs",
      "SetQueueAttributes AddPermission RemovePermission DeleteQueue StartMessageMoveTask CancelMessageMoveTask TagQueue UntagQueue",
    ),
  },
  { does: "inspect", actions: named("sqs", "GetQueueAttributes ListDeadLetterSourceQueues ListMessageMoveTasks ListQueueTags") },
];

export const topicActions: readonly ActionClass[] = [
  { does: "publish", kind: "publishes-to", actions: ["sns:Publish"] },
  { does: "subscribe", kind: "may-read", actions: ["sns:Subscribe"] },
  {
    does: "change",
    kind: "may-write",
    actions: named(
      "sns",
      "SetTopicAttributes AddPermission RemovePermission DeleteTopic PutDataProtectionPolicy TagResource UntagResource",
    ),
  },
  { does: "inspect", actions: named("sns", "GetTopicAttributes ListSubscriptionsByTopic GetDataProtectionPolicy ListTagsForResource") },
];

export const busActions: readonly ActionClass[] = [
  { does: "put", kind: "publishes-to", actions: ["events:PutEvents"] },
  {
    does: "change",
    kind: "may-write",
    on: "either",
    actions: named(
      "events",
      "PutRule PutTargets DeleteRule RemoveTargets EnableRule DisableRule PutPermission RemovePermission UpdateEventBus DeleteEventBus TagResource UntagResource",
    ),
  },
  {
    does: "inspect",
    on: "either",
    actions: named("events", "DescribeEventBus DescribeRule ListRules ListTargetsByRule ListRuleNamesByTarget ListTagsForResource"),
  },
];

export const bucketActions: readonly ActionClass[] = [
  {
    does: "write",
    kind: "may-write",
    on: "below",
    actions: named(
      "s3",
      "PutObject DeleteObject DeleteObjectVersion PutObjectAcl PutObjectVersionAcl PutObjectTagging PutObjectVersionTagging DeleteObjectTagging DeleteObjectVersionTagging PutObjectRetention PutObjectLegalHold BypassGovernanceRetention RestoreObject AbortMultipartUpload ReplicateObject ReplicateDelete ReplicateTags ObjectOwnerOverrideToBucketOwner InitiateReplication UpdateObjectEncryption",
    ),
  },
  {
    does: "write",
    kind: "may-write",
    actions: named(
      "s3",
      "PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutBucketPublicAccessBlock PutBucketOwnershipControls PutBucketNotification PutLifecycleConfiguration PutReplicationConfiguration PutEncryptionConfiguration PutBucketVersioning PutBucketObjectLockConfiguration PutBucketWebsite DeleteBucketWebsite PutBucketCORS PutBucketLogging PutBucketTagging PutBucketRequestPayment PutAccelerateConfiguration PutAnalyticsConfiguration PutInventoryConfiguration PutIntelligentTieringConfiguration PutMetricsConfiguration DeleteBucket",
    ),
  },
  {
    does: "read",
    kind: "may-read",
    on: "below",
    actions: named("s3", "GetObject GetObjectVersion GetObjectTorrent GetObjectVersionForReplication"),
  },
  { does: "read", kind: "may-read", actions: named("s3", "ListBucket ListBucketVersions ListBucketMultipartUploads") },
  {
    does: "inspect",
    on: "below",
    actions: named(
      "s3",
      "GetObjectAcl GetObjectVersionAcl GetObjectAttributes GetObjectVersionAttributes GetObjectTagging GetObjectVersionTagging GetObjectRetention GetObjectLegalHold ListMultipartUploadParts",
    ),
  },
  {
    does: "inspect",
    actions: named(
      "s3",
      "GetBucketAcl GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketOwnershipControls GetBucketNotification GetBucketVersioning GetBucketObjectLockConfiguration GetBucketWebsite GetBucketCORS GetBucketLogging GetBucketTagging GetBucketRequestPayment GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration GetAccelerateConfiguration GetAnalyticsConfiguration GetInventoryConfiguration GetIntelligentTieringConfiguration GetMetricsConfiguration",
    ),
  },
];

export const functionActions: readonly ActionClass[] = [
  { does: "invoke", kind: "invokes", actions: named("lambda", "InvokeFunction InvokeAsync") },
  // each of them puts other code into the function, or lets whoever has it do so
  {
    does: "take over",
    kind: "may-write",
    actions: named("lambda", "UpdateFunctionCode UpdateFunctionConfiguration AddPermission UpdateAlias"),
  },
  {
    does: "change",
    kind: "may-write",
    actions: named(
      "lambda",
      "DeleteFunction RemovePermission CreateAlias DeleteAlias PublishVersion PutFunctionConcurrency DeleteFunctionConcurrency PutProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig CreateFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig PutFunctionCodeSigningConfig DeleteFunctionCodeSigningConfig PutFunctionRecursionConfig PutRuntimeManagementConfig PutFunctionScalingConfig TagResource UntagResource",
    ),
  },
  // GetFunction answers with an address of the code, GetFunctionConfiguration with what the environment holds
  {
    does: "read",
    actions: named(
      "lambda",
      "GetFunction GetFunctionConfiguration GetPolicy GetAlias GetFunctionConcurrency GetFunctionEventInvokeConfig GetFunctionUrlConfig GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetProvisionedConcurrencyConfig GetRuntimeManagementConfig ListAliases ListVersionsByFunction ListFunctionEventInvokeConfigs ListFunctionUrlConfigs ListProvisionedConcurrencyConfigs ListTags",
    ),
  },
];

export const tableActions: readonly ActionClass[] = [
  {
    does: "read",
    kind: "may-read",
    on: "either",
    actions: named(
      "dynamodb",
      "GetItem BatchGetItem Query Scan ConditionCheckItem PartiQLSelect GetRecords GetShardIterator ExportTableToPointInTime",
    ),
  },
  {
    does: "write",
    kind: "may-write",
    on: "either",
    actions: named(
      "dynamodb",
      "PutItem UpdateItem DeleteItem BatchWriteItem PartiQLInsert PartiQLUpdate PartiQLDelete UpdateTable DeleteTable UpdateTimeToLive UpdateContinuousBackups RestoreTableToPointInTime EnableKinesisStreamingDestination UpdateKinesisStreamingDestination DisableKinesisStreamingDestination PutResourcePolicy DeleteResourcePolicy TagResource UntagResource",
    ),
  },
];

export const streamActions: readonly ActionClass[] = [
  { does: "read", kind: "may-read", on: "either", actions: named("kinesis", "GetRecords GetShardIterator SubscribeToShard") },
  {
    does: "write",
    kind: "may-write",
    on: "either",
    actions: named(
      "kinesis",
      "PutRecord PutRecords DeleteStream MergeShards SplitShard UpdateShardCount IncreaseStreamRetentionPeriod DecreaseStreamRetentionPeriod RegisterStreamConsumer DeregisterStreamConsumer PutResourcePolicy DeleteResourcePolicy StopStreamEncryption StartStreamEncryption",
    ),
  },
];
