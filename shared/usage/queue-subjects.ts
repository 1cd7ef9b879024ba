/** The queues of a Region with the functions that they feed. Pure. */
import type { FunctionSubject, QueueSubject } from "../model/rule-subject.ts";
import type { RegionSnapshot } from "../model/snapshot.ts";

/** Subjects for the rules about queues. */
export function queueSubjects(region: RegionSnapshot, functions: readonly FunctionSubject[]): QueueSubject[] {
  const byArn = new Map(functions.map((subject) => [subject.facts.arn, subject.facts]));
  const consumers = new Map<string, QueueSubject["consumers"][number][]>();
  for (const { sourceArn, functionArn, enabled, batchWindowSeconds = 0 } of region.eventSourceMappings.items) {
    const facts = byArn.get(functionArn);
    // what is switched off takes no messages
    if (!sourceArn || !facts || !enabled) continue;
    consumers.set(sourceArn, [...(consumers.get(sourceArn) ?? []), { facts, batchWindowSeconds }]);
  }
  const tags = new Map(region.tags.items.map((one) => [one.arn, one.tags]));
  return region.queues.items.map((queue) => ({
    queue,
    region: region.region,
    consumers: consumers.get(queue.arn) ?? [],
    tags: tags.get(queue.arn) ?? {},
  }));
}
