/** The list of collectors; a test compares it with the folder. The deployed role's read permissions are the union of their actions. */
import { regionsCollector } from "./account.ts";
import { candidatesCollector } from "./candidates.ts";
import type { CollectorMeta } from "./collector.ts";
import { eventHistoryCollector } from "./creators.ts";
import { durationAlarmsCollector } from "./duration-alarms.ts";
import { eventSourceMappingsCollector } from "./event-source-mappings.ts";
import { functionsCollector } from "./functions.ts";
import { queuesCollector } from "./queues.ts";
import { resourceUsageCollector } from "./resource-usage.ts";
import { roleUseCollector } from "./role-use.ts";
import { services } from "./services/services.ts";
import { tagsCollector } from "./tags.ts";
import { usageCollector } from "./usage.ts";

export const collectors: readonly CollectorMeta[] = [
  regionsCollector,
  functionsCollector,
  eventSourceMappingsCollector,
  durationAlarmsCollector,
  queuesCollector,
  tagsCollector,
  usageCollector,
  candidatesCollector,
  ...services,
  resourceUsageCollector,
  roleUseCollector,
  eventHistoryCollector,
];

/** IAM actions that reading an account takes, sorted. */
export function readActions(): string[] {
  return [...new Set(collectors.flatMap(({ actions }) => actions))].sort();
}
