/** Attributes of the SQS queues that feed functions, on the rotation. */
import type { Part } from "../model/coverage.ts";
import { parseArn } from "../model/resource.ts";
import type { EventSourceMapping, Queue } from "../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart, unavailableFor } from "./collector.ts";
import { readQueueAttributes } from "./queue-attributes.ts";

export const queuesCollector: CollectorMeta = {
  name: "queues",
  readerVersion: 1,
  actions: ["sqs:GetQueueAttributes"],
  reads: "visibility timeout and dead-letter queue of the queues that feed functions",
};

export async function collectQueues(context: CollectContext, mappings: Part<EventSourceMapping>): Promise<Part<Queue>> {
  if (mappings.items.length === 0 && mappings.coverage.status !== "complete") return unavailableFor("queues", mappings);
  const part = await collectPart<Queue>("queues", context.region, async (sink) => {
    // queues of other accounts are not ours to read
    const arns = new Set(mappings.items.flatMap(({ sourceArn }) => (sourceArn && isOwnQueue(sourceArn, context) ? [sourceArn] : [])));
    const asked = [...arns].map((key) => ({ key, fingerprint: "" }));
    const answers = await context.rotation.read("queues", asked, (arn) => readQueue(context, arn), sink.miss);
    for (const [arn, { value, readAt }] of answers) sink.push({ arn, name: parseArn(arn)?.resource ?? arn, ...value, readAt });
  });
  const whole = mappings.coverage.status === "complete";
  return whole
    ? part
    : {
        items: part.items,
        coverage: { ...mappings.coverage, collector: "queues", resources: part.items.length, follows: "eventSourceMappings" },
      };
}

function isOwnQueue(arn: string, { account, region }: CollectContext): boolean {
  const parts = parseArn(arn);
  return parts?.service === "sqs" && parts.account === account && parts.region === region;
}

async function readQueue(context: CollectContext, arn: string): Promise<Omit<Queue, "arn" | "name" | "readAt">> {
  const attributes = await readQueueAttributes(context, arn);
  const deadLetterArn = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(attributes.RedrivePolicy ?? "")?.[1];
  return {
    visibilityTimeoutSeconds: Number(attributes.VisibilityTimeout ?? 30),
    ...(deadLetterArn ? { deadLetterArn } : {}),
  };
}
