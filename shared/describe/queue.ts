/** An SQS queue from its attributes. Pure. */
import { queueActions } from "../data/resource-actions.ts";
import type { GraphRow, Relation, Resource } from "../model/graph.ts";
import { doorDetails, doorsOf, inTransitOf } from "./doors.ts";
import { keyDetail, keyKind } from "./encryption.ts";

export interface ListedQueue {
  readonly arn: string;
  readonly name: string;
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly now: Date;
}

const operation = "sqs:GetQueueAttributes";

/** @param answer all attributes; undefined where they could not be read */
export function describeQueue(
  { arn, name }: ListedQueue,
  answer: { readonly value: Readonly<Record<string, string>>; readonly readAt: string } | undefined,
  place: Place,
): GraphRow {
  const listed = { arn, type: "AWS::SQS::Queue", name, region: place.region };
  if (!answer) return { resource: { ...listed, details: { unread: ["attributes", "policy"] } }, relations: [] };
  const { value, readAt } = answer;
  const doors = doorsOf(arn, value.Policy, queueActions, operation, place);
  const target = deadLetterTarget(value.RedrivePolicy);
  const deadLetters: Relation[] = target
    ? [{ from: arn, to: target, kind: "dead-letters-to", auth: "service", enabled: true, evidence: `${operation}, RedrivePolicy` }]
    : [];
  return {
    resource: {
      ...listed,
      ...(value.CreatedTimestamp ? { createdAt: new Date(Number(value.CreatedTimestamp) * 1000).toISOString() } : {}),
      encryption: {
        atRest: atRest(value),
        inTransit: doors
          ? inTransitOf(
              value.Policy,
              ["sqs:SendMessage", "sqs:ReceiveMessage"].map((action) => ({ action, resource: arn })),
              place,
            )
          : "unknown",
      },
      details: {
        messages: Number(value.ApproximateNumberOfMessages ?? 0),
        visibilityTimeoutSeconds: Number(value.VisibilityTimeout ?? 30),
        retentionSeconds: Number(value.MessageRetentionPeriod ?? 345_600),
        fifo: value.FifoQueue === "true",
        ...keyDetail(value.KmsMasterKeyId, listed),
        publicSend: doors?.public.send ?? [],
        publicReceive: doors?.public.receive ?? [],
        publicRemove: doors?.public.remove ?? [],
        publicChange: doors?.public.change ?? [],
        publicInspect: doors?.public.inspect ?? [],
        ...doorDetails(doors),
      },
      readAt,
    },
    relations: [...(doors?.relations ?? []), ...deadLetters],
  };
}

/** The dead-letter queue that a redrive policy names. */
export function deadLetterTarget(redrivePolicy: string | undefined): string | undefined {
  return /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(redrivePolicy ?? "")?.[1];
}

/** Queues made since late 2022 are encrypted by SQS itself unless somebody switched that off. */
function atRest(attributes: Readonly<Record<string, string>>): NonNullable<Resource["encryption"]>["atRest"] {
  if (attributes.KmsMasterKeyId) return keyKind(attributes.KmsMasterKeyId);
  if (attributes.SqsManagedSseEnabled === undefined) return "unknown";
  return attributes.SqsManagedSseEnabled === "true" ? "aws-owned" : "none";
}
