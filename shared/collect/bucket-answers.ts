/** Answers about buckets, trimmed to what is kept. */
import type { Grant, NotificationConfiguration } from "@aws-sdk/client-s3";
import type { Notifications } from "../graph/describe/bucket.ts";
import type { AclGrant } from "../graph/describe/bucket-access.ts";
import { cleanText } from "../model/plain-text.ts";

/** One grant; the owner's own are left out, and who the others are is not kept. */
export function aclGrantOf({ Grantee, Permission }: Grant, owner: string | undefined): AclGrant[] {
  if (!Permission || (Grantee?.ID !== undefined && Grantee.ID === owner)) return [];
  // http://acs.amazonaws.com/groups/global/AllUsers
  const group = Grantee?.URI?.split("/").at(-1);
  return [{ grantee: group ?? "other", permission: Permission }];
}

/** Functions, queues and topics that are told of changes, and whether EventBridge is. */
export function notificationsOf(answer: NotificationConfiguration): Notifications {
  const all = [
    ...(answer.LambdaFunctionConfigurations ?? []).map(({ Id, LambdaFunctionArn }) => ({ Id, arn: LambdaFunctionArn })),
    ...(answer.QueueConfigurations ?? []).map(({ Id, QueueArn }) => ({ Id, arn: QueueArn })),
    ...(answer.TopicConfigurations ?? []).map(({ Id, TopicArn }) => ({ Id, arn: TopicArn })),
  ];
  return {
    targets: all.flatMap(({ Id, arn }) => (arn ? [{ arn, id: cleanText(Id ?? "notification", 100) }] : [])),
    eventBus: answer.EventBridgeConfiguration !== undefined,
  };
}
