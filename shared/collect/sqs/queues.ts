/** The queues that feed functions, from what the collector of queues read. */

import { deadLetterTarget } from "../../describe/queue.ts";
import type { QueueAnswer } from "../../describe/services/sqs.ts";
import { isComplete, type Part } from "../../model/coverage.ts";
import type { EventSourceMapping, Queue } from "../../model/snapshot.ts";
import { type CollectorMeta, unavailableFor } from "../contract/collector.ts";

export const queuesCollector: CollectorMeta = {
  name: "queues",
  readerVersion: 1,
  actions: [],
  reads: "nothing of its own: visibility timeout and dead-letter queue of the queues that feed functions, as the collector sqs read them",
};

/** @param sqs what was read of the Region's queues, those of `mappings` among them */
export function queuesOf(mappings: Part<EventSourceMapping>, sqs: Part<QueueAnswer>): Part<Queue> {
  if (mappings.items.length === 0 && mappings.coverage.status !== "complete") return unavailableFor("queues", mappings);
  const sources = new Set(mappings.items.map(({ sourceArn }) => sourceArn));
  const items = sqs.items.flatMap(({ queue: { arn, name }, attributes }): Queue[] => {
    if (!attributes || !sources.has(arn)) return [];
    const { VisibilityTimeout = 30, RedrivePolicy } = attributes.value;
    const deadLetterArn = deadLetterTarget(RedrivePolicy);
    const visibilityTimeoutSeconds = Number(VisibilityTimeout);
    return [{ arn, name, visibilityTimeoutSeconds, ...(deadLetterArn ? { deadLetterArn } : {}), readAt: attributes.readAt }];
  });
  const basis = mappings.coverage.status === "complete" ? sqs : mappings;
  const coverage = { ...basis.coverage, collector: "queues", resources: items.length };
  return { items, coverage: isComplete(basis) ? coverage : { ...coverage, follows: basis.coverage.collector } };
}
