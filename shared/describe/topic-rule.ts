/** An IoT rule and what it starts. Pure. */

import { functionArnOf } from "../model/arn.ts";
import type { GraphRow, Relation, RelationKind } from "../model/graph.ts";
import { referenceTarget } from "./function-relations.ts";

export interface TopicRuleTarget {
  readonly service: "lambda" | "sns" | "sqs" | "states" | "kinesis" | "firehose" | "dynamodb" | "s3";
  /** ARN, address or name, as the action names it. */
  readonly name: string;
  readonly part: string;
}

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

const kinds: Readonly<Record<TopicRuleTarget["service"], RelationKind>> = {
  lambda: "invokes",
  states: "invokes",
  sns: "publishes-to",
  sqs: "publishes-to",
  kinesis: "publishes-to",
  firehose: "publishes-to",
  dynamodb: "may-write",
  s3: "may-write",
};

export function describeTopicRule(
  rule: {
    readonly arn: string;
    readonly name: string;
    readonly createdAt: string | undefined;
    readonly enabled: boolean;
    readonly topicPattern: string | undefined;
  },
  answer: { readonly value: readonly TopicRuleTarget[]; readonly readAt: string } | undefined,
  place: Place,
): GraphRow {
  const { arn, name, createdAt, enabled, topicPattern } = rule;
  return {
    resource: {
      arn,
      type: "AWS::IoT::TopicRule",
      name,
      region: place.region,
      ...(createdAt ? { createdAt } : {}),
      details: { enabled, ...(topicPattern ? { topicPattern } : {}), ...(answer ? {} : { unread: ["actions"] }) },
      ...(answer ? { readAt: answer.readAt } : {}),
    },
    relations: (answer?.value ?? []).map(
      (target): Relation => ({
        from: arn,
        to: targetArn(target, place),
        kind: kinds[target.service],
        auth: "service",
        enabled,
        evidence: `iot:GetTopicRule, ${target.part}`,
      }),
    ),
  };
}

function targetArn({ service, name }: TopicRuleTarget, { partition, region, account }: Place): string {
  if (name.startsWith("arn:")) return functionArnOf(name) ?? name;
  const at = `arn:${partition}:${service}:${region}:${account}`;
  if (service === "sqs") return referenceTarget(name);
  if (service === "s3") return `arn:${partition}:s3:::${name}`;
  if (service === "states") return `${at}:stateMachine:${name}`;
  if (service === "kinesis") return `${at}:stream/${name}`;
  if (service === "firehose") return `${at}:deliverystream/${name}`;
  return `${at}:table/${name}`;
}
