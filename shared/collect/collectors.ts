/** The list of collectors; a test compares it with the folder. The deployed role's read permissions are the union of their actions. */
import { regionsCollector } from "./account.ts";
import { candidatesCollector } from "./candidates.ts";
import { codeCollector, librariesCollector } from "./code.ts";
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
  codeCollector,
  librariesCollector,
];

/**
 * IAM actions that reading an account takes, sorted.
 * @param code false: without those that give a link to code, also where only the name of an image would be read
 */
export function readActions({ code = true }: { readonly code?: boolean } = {}): string[] {
  const actions = new Set(collectors.flatMap((collector) => collector.actions));
  if (!code) for (const action of codeCollector.actions) actions.delete(action);
  return [...actions].sort();
}
