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
import { actionsToRead, type ReadChoice, type ToldOfCollectors } from "./read-actions.ts";
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

/** What `npm run docs` writes to collectors.json. */
export function toldOfCollectors(): ToldOfCollectors {
  return {
    collectors: collectors.map(({ name, actions, reads }) => ({ name, actions, reads })),
    codeActions: codeCollector.actions,
    imageActions,
  };
}

/** IAM actions that reading an account takes, sorted. */
export function readActions(choice: ReadChoice = {}): string[] {
  return actionsToRead(toldOfCollectors(), choice);
}
