/** Answers about buckets, trimmed to what is kept. */
import type { Grant, NotificationConfiguration } from "@aws-sdk/client-s3";
import { logDeliveryCanonicalUser } from "../../data/condition-keys.ts";
import type { Notifications } from "../../describe/bucket.ts";
import type { AclGrant } from "../../describe/bucket-access.ts";
import { cleanText } from "../../model/plain-text.ts";

/** One grant; the owner's own are left out, and which other accounts there are is not kept: only canonical ids would name them. */
export function aclGrantOf({ Grantee, Permission }: Grant, owner: string | undefined): AclGrant[] {
  if (!Permission || (Grantee?.ID !== undefined && Grantee.ID === owner)) return [];
  // http://acs.amazonaws.com/groups/global/AllUsers
  const group = Grantee?.URI?.split("/").at(-1);
  const delivers = Grantee?.ID === logDeliveryCanonicalUser;
  return [{ grantee: group ?? (delivers ? "LogDelivery" : Grantee?.ID ? "canonical-user" : "other"), permission: Permission }];
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
