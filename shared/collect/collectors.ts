/** The list of collectors; a test compares it with the folders. The deployed role's read permissions are the union of their actions. */
import { regionsCollector } from "./account/account.ts";
import { aliasCollector } from "./account/alias.ts";
import { candidatesCollector } from "./candidates.ts";
import { eventHistoryCollector } from "./cloudtrail/creators.ts";
import { durationAlarmsCollector } from "./cloudwatch/duration-alarms.ts";
import { resourceUsageCollector } from "./cloudwatch/resource-usage.ts";
import { usageCollector } from "./cloudwatch/usage.ts";
import type { CollectorMeta } from "./contract/collector.ts";
import { roleUseCollector } from "./iam/role-use.ts";
import { codeCollector, imageActions, librariesCollector } from "./lambda/code.ts";
import { eventSourceMappingsCollector } from "./lambda/event-source-mappings.ts";
import { functionsCollector } from "./lambda/functions.ts";
import { services } from "./services.ts";
import { queuesCollector } from "./sqs/queues.ts";
import { tagsCollector } from "./tagging/tags.ts";

export const collectors: readonly CollectorMeta[] = [
  regionsCollector,
  aliasCollector,
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
 * @param images false: without those that give manifests of images and links to their layers
 */
export function readActions({ code = true, images = false }: { readonly code?: boolean; readonly images?: boolean } = {}): string[] {
  const actions = new Set(collectors.flatMap((collector) => collector.actions));
  if (!code) for (const action of codeCollector.actions) actions.delete(action);
  if (!code || !images) for (const action of imageActions) actions.delete(action);
  return [...actions].sort();
}
