/**
 * Actions that read, write or invoke what a resource holds, by service: by them a role's grants become relations. Actions that
 * only list or administer are left out. Source: AWS Service Authorization Reference, as of 2026-11.
 */
import type { RelationKind } from "../model/graph.ts";

/** When the table was last compared with its source. */
export const dataActionsAsOf = "2026-11-01";

export type GrantKind = Extract<RelationKind, "may-read" | "may-write" | "may-invoke">;

export const dataActions: Readonly<Record<string, { readonly [Kind in GrantKind]?: readonly string[] }>> = {
  lambda: {
    "may-read": ["GetFunction"],
    "may-write": ["UpdateFunctionCode", "UpdateFunctionConfiguration", "DeleteFunction", "AddPermission"],
    "may-invoke": ["InvokeFunction", "InvokeAsync", "InvokeFunctionUrl"],
  },
  s3: {
    "may-read": ["GetObject", "GetObjectVersion", "ListBucket"],
    "may-write": ["PutObject", "DeleteObject", "DeleteObjectVersion", "PutObjectAcl", "PutBucketPolicy", "DeleteBucket"],
  },
  dynamodb: {
    "may-read": ["GetItem", "BatchGetItem", "Query", "Scan", "PartiQLSelect", "GetRecords", "ExportTableToPointInTime"],
    "may-write": [
      "PutItem",
      "UpdateItem",
      "DeleteItem",
      "BatchWriteItem",
      "PartiQLInsert",
      "PartiQLUpdate",
      "PartiQLDelete",
      "DeleteTable",
      "UpdateTable",
    ],
  },
  sqs: { "may-read": ["ReceiveMessage"], "may-write": ["SendMessage", "DeleteMessage", "PurgeQueue", "SetQueueAttributes", "DeleteQueue"] },
  sns: { "may-read": ["Subscribe"], "may-write": ["Publish", "SetTopicAttributes", "AddPermission", "DeleteTopic"] },
  kinesis: {
    "may-read": ["GetRecords", "SubscribeToShard"],
    "may-write": ["PutRecord", "PutRecords", "DeleteStream"],
  },
  secretsmanager: {
    "may-read": ["GetSecretValue", "BatchGetSecretValue"],
    "may-write": ["PutSecretValue", "UpdateSecret", "DeleteSecret", "RotateSecret", "PutResourcePolicy"],
  },
  ssm: {
    "may-read": ["GetParameter", "GetParameters", "GetParametersByPath", "GetParameterHistory"],
    "may-write": ["PutParameter", "DeleteParameter", "DeleteParameters"],
  },
  states: {
    "may-read": ["DescribeStateMachine", "GetExecutionHistory"],
    "may-write": ["UpdateStateMachine", "DeleteStateMachine", "SendTaskSuccess", "SendTaskFailure", "StopExecution"],
    "may-invoke": ["StartExecution", "StartSyncExecution"],
  },
  events: { "may-write": ["PutEvents", "PutRule", "PutTargets", "DeleteRule", "RemoveTargets"] },
};
