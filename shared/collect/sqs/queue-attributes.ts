/** Attributes of a queue; never its messages. */
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { parseArn } from "../../model/arn.ts";
import type { CollectContext } from "../contract/collector.ts";

/** All attributes of the queue `arn` of this account. */
export async function readQueueAttributes({ clients, region }: CollectContext, arn: string): Promise<Readonly<Record<string, string>>> {
  const answer = await clients.sqs(region).send(new GetQueueAttributesCommand({ QueueUrl: queueUrl(arn), AttributeNames: ["All"] }));
  return (answer.Attributes ?? {}) as Record<string, string>;
}

/** The queue's address, by which the API names it. */
export function queueUrl(arn: string): string {
  const { partition = "aws", region = "", account = "", resource = "" } = parseArn(arn) ?? {};
  return `https://sqs.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}/${account}/${resource}`;
}
