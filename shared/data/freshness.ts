/** How old the dated tables in this folder are. A test compares the list with the folder. */
import { actionsAsOf } from "./action-table.ts";
import { bedrockModelsAsOf } from "./bedrock-models.ts";
import { boto3AsOf } from "./boto3.ts";
import { bundledPackagesAsOf } from "./bundled-packages.ts";
import { bundledVersionsAsOf } from "./bundled-versions.ts";
import { callerLimitsAsOf } from "./caller-limits.ts";
import { conditionKeysAsOf } from "./condition-keys.ts";
import { dataActionsAsOf } from "./data-actions.ts";
import { dataReadsAsOf } from "./data-reads.ts";
import { deployTimeFunctionsAsOf } from "./deploy-time-functions.ts";
import { escalationPathsAsOf } from "./escalation-paths.ts";
import { eventPacesAsOf } from "./event-paces.ts";
import { extensionLayersAsOf } from "./extension-layers.ts";
import { forwardedKeysAsOf } from "./forwarded-keys.ts";
import { handlesAsOf } from "./handles.ts";
import { javaGroupsAsOf } from "./java-groups.ts";
import { listsOnArnsAsOf } from "./lists-on-arns.ts";
import { loadBalancerAccountsAsOf } from "./load-balancer-accounts.ts";
import { nodePackagesAsOf } from "./node-packages.ts";
import { operationActionsAsOf } from "./operation-actions.ts";
import { permissionlessCallsAsOf } from "./permissionless-calls.ts";
import { pricesAsOf } from "./prices.ts";
import { pythonLibrariesAsOf } from "./python-libraries.ts";
import { requestMembersAsOf } from "./request-members.ts";
import { resourceActionsAsOf } from "./resource-actions.ts";
import { resourceTypesAsOf } from "./resource-types.ts";
import { roleLimitsAsOf } from "./role-limits.ts";
import { runtimesAsOf } from "./runtimes.ts";
import { s3ActionsAsOf } from "./s3-actions.ts";
import { sdkServicesAsOf } from "./sdk-services.ts";
import { serviceCallersAsOf } from "./service-callers.ts";
import { serviceLimitsAsOf } from "./service-limits.ts";
import { sourceActionsAsOf } from "./source-actions.ts";
import { wellKnownPoliciesAsOf } from "./well-known-policies.ts";
import { writeEventsAsOf } from "./write-events.ts";

/** Table -> day on which it was last compared with its source. */
export const datedTables: Readonly<Record<string, string>> = {
  "action-table": actionsAsOf,
  "bedrock-models": bedrockModelsAsOf,
  boto3: boto3AsOf,
  "bundled-packages": bundledPackagesAsOf,
  "bundled-versions": bundledVersionsAsOf,
  "caller-limits": callerLimitsAsOf,
  "condition-keys": conditionKeysAsOf,
  "data-actions": dataActionsAsOf,
  "data-reads": dataReadsAsOf,
  "deploy-time-functions": deployTimeFunctionsAsOf,
  "escalation-paths": escalationPathsAsOf,
  "event-paces": eventPacesAsOf,
  "extension-layers": extensionLayersAsOf,
  "forwarded-keys": forwardedKeysAsOf,
  handles: handlesAsOf,
  "java-groups": javaGroupsAsOf,
  "lists-on-arns": listsOnArnsAsOf,
  "load-balancer-accounts": loadBalancerAccountsAsOf,
  "node-packages": nodePackagesAsOf,
  "operation-actions": operationActionsAsOf,
  "permissionless-calls": permissionlessCallsAsOf,
  prices: pricesAsOf,
  "python-libraries": pythonLibrariesAsOf,
  "request-members": requestMembersAsOf,
  "resource-actions": resourceActionsAsOf,
  "resource-types": resourceTypesAsOf,
  "role-limits": roleLimitsAsOf,
  runtimes: runtimesAsOf,
  "s3-actions": s3ActionsAsOf,
  "sdk-services": sdkServicesAsOf,
  "service-callers": serviceCallersAsOf,
  "service-limits": serviceLimitsAsOf,
  "source-actions": sourceActionsAsOf,
  "well-known-policies": wellKnownPoliciesAsOf,
  "write-events": writeEventsAsOf,
};

/** Facts of AWS that are older than this may have changed unnoticed. */
export const staleAfterDays = 180;

/** Tables that are older than that, each with the day on which it was last compared, by name. */
export function outdatedTables(now: Date): (readonly [string, string])[] {
  const oldest = now.getTime() - staleAfterDays * 86_400_000;
  return Object.entries(datedTables).filter(([, asOf]) => Date.parse(asOf) < oldest);
}
