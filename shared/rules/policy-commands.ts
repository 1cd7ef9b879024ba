/** Commands that show and change the policies of queues, topics, buses and buckets. */
import type { ResourceRef } from "../model/resource.ts";
import { parseArn } from "../model/resource.ts";
import { awsCommand } from "./aws-cli.ts";
import { withoutSid } from "./public-policy.ts";

/** The address by which the API names a queue. */
export function queueUrl(arn: string): string {
  const { partition = "aws", region = "", account = "", resource = "" } = parseArn(arn) ?? {};
  return `https://sqs.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}/${account}/${resource}`;
}

export const queuePolicy = {
  show: ({ arn, region }: ResourceRef) =>
    `${awsCommand("sqs", "get-queue-attributes", { "queue-url": queueUrl(arn), "attribute-names": "Policy", query: "Attributes.Policy", output: "text", region })} > policy-before.json`,
  remove: ({ arn, region }: ResourceRef, label: string) =>
    awsCommand("sqs", "remove-permission", { "queue-url": queueUrl(arn), label, region }),
  /** The policy travels as a JSON string inside JSON: `jq -Rs` writes that. */
  set: ({ arn, region }: ResourceRef) =>
    `jq -Rs '{Policy: .}' policy.json > attributes.json && ${awsCommand("sqs", "set-queue-attributes", { "queue-url": queueUrl(arn), attributes: "file://attributes.json", region })}`,
};

export const topicPolicy = {
  show: ({ arn, region }: ResourceRef) =>
    `${awsCommand("sns", "get-topic-attributes", { "topic-arn": arn, query: "Attributes.Policy", output: "text", region })} > policy-before.json`,
  remove: ({ arn, region }: ResourceRef, label: string) => awsCommand("sns", "remove-permission", { "topic-arn": arn, label, region }),
  set: ({ arn, region }: ResourceRef) =>
    awsCommand("sns", "set-topic-attributes", {
      "topic-arn": arn,
      "attribute-name": "Policy",
      "attribute-value": "file://policy.json",
      region,
    }),
};

export const busPolicy = {
  show: ({ name, region }: ResourceRef) =>
    `${awsCommand("events", "describe-event-bus", { name, query: "Policy", output: "text", region })} > policy-before.json`,
  remove: ({ name, region }: ResourceRef, sid: string) =>
    awsCommand("events", "remove-permission", { "event-bus-name": name, "statement-id": sid, region }),
  set: ({ name, region }: ResourceRef) =>
    awsCommand("events", "put-permission", { "event-bus-name": name, policy: "file://policy.json", region }),
};

export const bucketPolicy = {
  show: ({ name, region }: ResourceRef) =>
    `${awsCommand("s3api", "get-bucket-policy", { bucket: name, query: "Policy", output: "text", region })} > policy-before.json`,
  set: ({ name, region }: ResourceRef) => awsCommand("s3api", "put-bucket-policy", { bucket: name, policy: "file://policy.json", region }),
};

/** Shows the policy, then takes out the statements that have a name; the others need the policy written anew. */
export function withoutStatements(
  policy: typeof queuePolicy | typeof topicPolicy | typeof busPolicy,
  resource: ResourceRef,
  statements: readonly string[],
): string[] {
  const named = statements.filter((statement) => statement !== withoutSid);
  return [
    policy.show(resource),
    ...named.map((statement) => policy.remove(resource, statement)),
    ...(named.length < statements.length ? [policy.set(resource)] : []),
  ];
}
