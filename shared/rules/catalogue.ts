/** The rules, as the folder has them. Written by `npm run docs`; a test compares it with the folder. */
import type { Rule } from "../model/rule.ts";
import { openMethod } from "./apigateway/open-method.ts";
import { publicApiPolicy } from "./apigateway/public-policy.ts";
import { unusedApi } from "./apigateway/unused-api.ts";
import { unusedAuthorizer } from "./apigateway/unused-authorizer.ts";
import { unusedGraphqlApi } from "./appsync/unused-api.ts";
import { unusedTable } from "./dynamodb/unused-table.ts";
import { publicBusPolicy } from "./events/public-policy.ts";
import { unusedDeliveryStream } from "./firehose/unused-stream.ts";
import { adminFunctionRole } from "./iam/admin-function-role.ts";
import { appMeshLeftOver } from "./iam/app-mesh-left-over.ts";
import { excessPermissions } from "./iam/excess-permissions.ts";
import { missingPermission } from "./iam/missing-permission.ts";
import { orphanedFunctionRole } from "./iam/orphaned-function-role.ts";
import { privilegeEscalation } from "./iam/privilege-escalation.ts";
import { roleNameConvention } from "./iam/role-name-convention.ts";
import { sharedFunctionRole } from "./iam/shared-function-role.ts";
import { unknownAction } from "./iam/unknown-action.ts";
import { unusedServiceAccess } from "./iam/unused-service-access.ts";
import { streamUnencryptedAtRest } from "./kinesis/unencrypted-at-rest.ts";
import { unusedStream } from "./kinesis/unused-stream.ts";
import { confusedDeputy } from "./lambda/confused-deputy.ts";
import { crossAccountAccess } from "./lambda/cross-account-access.ts";
import { deprecatedRuntime } from "./lambda/deprecated-runtime.ts";
import { nearTimeoutUnwatched } from "./lambda/near-timeout-unwatched.ts";
import { neverInvokedFunction } from "./lambda/never-invoked-function.ts";
import { onlyWarmedFunction } from "./lambda/only-warmed-function.ts";
import { openFunctionUrl } from "./lambda/open-function-url.ts";
import { orphanedEventSource } from "./lambda/orphaned-event-source.ts";
import { orphanedPermission } from "./lambda/orphaned-permission.ts";
import { publicPolicy } from "./lambda/public-policy.ts";
import { readableSecretInEnvironment } from "./lambda/readable-secret-in-environment.ts";
import { redundantCopy } from "./lambda/redundant-copy.ts";
import { timeoutLongerThanCaller } from "./lambda/timeout-longer-than-caller.ts";
import { timeoutTooLong } from "./lambda/timeout-too-long.ts";
import { timeoutTooTight } from "./lambda/timeout-too-tight.ts";
import { timingOut } from "./lambda/timing-out.ts";
import { triggerWithoutRuns } from "./lambda/trigger-without-runs.ts";
import { unreferencedLayerVersion } from "./lambda/unreferenced-layer-version.ts";
import { unusedFunction } from "./lambda/unused-function.ts";
import { advisoriesTooOld } from "./library/advisories-too-old.ts";
import { contentsUnknown } from "./library/contents-unknown.ts";
import { maliciousLibrary } from "./library/malicious.ts";
import { vulnerableLibrary } from "./library/vulnerable.ts";
import { orphanedLogGroup } from "./logs/orphaned-log-group.ts";
import { deputyBucket } from "./s3/confused-deputy.ts";
import { noPublicAccessBlock } from "./s3/no-public-access-block.ts";
import { publicRead } from "./s3/public-read.ts";
import { publicWrite } from "./s3/public-write.ts";
import { bucketInPlainText } from "./s3/unencrypted-in-transit.ts";
import { channelFailing } from "./scan/channel-failing.ts";
import { coverageIncomplete } from "./scan/coverage-incomplete.ts";
import { nobodyListens } from "./scan/nobody-listens.ts";
import { outdatedFacts } from "./scan/outdated-facts.ts";
import { unusedSecret } from "./secrets/unused-secret.ts";
import { deputyTopic } from "./sns/confused-deputy.ts";
import { publicTopicPolicy } from "./sns/public-policy.ts";
import { topicUnencryptedAtRest } from "./sns/unencrypted-at-rest.ts";
import { topicInPlainText } from "./sns/unencrypted-in-transit.ts";
import { unusedTopic } from "./sns/unused-topic.ts";
import { deputyQueue } from "./sqs/confused-deputy.ts";
import { deadLetterQueueFilling } from "./sqs/dead-letter-queue-filling.ts";
import { publicQueuePolicy } from "./sqs/public-policy.ts";
import { queueInPlainText } from "./sqs/unencrypted-in-transit.ts";
import { unusedQueue } from "./sqs/unused-queue.ts";
import { visibilityTimeoutTooShort } from "./sqs/visibility-timeout-too-short.ts";
import { unusedStateMachine } from "./states/unused-state-machine.ts";

export const catalogue: readonly Rule[] = [
  openMethod,
  publicApiPolicy,
  unusedApi,
  unusedAuthorizer,
  unusedGraphqlApi,
  unusedTable,
  publicBusPolicy,
  unusedDeliveryStream,
  adminFunctionRole,
  appMeshLeftOver,
  excessPermissions,
  missingPermission,
  orphanedFunctionRole,
  privilegeEscalation,
  roleNameConvention,
  sharedFunctionRole,
  unknownAction,
  unusedServiceAccess,
  streamUnencryptedAtRest,
  unusedStream,
  confusedDeputy,
  crossAccountAccess,
  deprecatedRuntime,
  nearTimeoutUnwatched,
  neverInvokedFunction,
  onlyWarmedFunction,
  openFunctionUrl,
  orphanedEventSource,
  orphanedPermission,
  publicPolicy,
  readableSecretInEnvironment,
  redundantCopy,
  timeoutLongerThanCaller,
  timeoutTooLong,
  timeoutTooTight,
  timingOut,
  triggerWithoutRuns,
  unreferencedLayerVersion,
  unusedFunction,
  advisoriesTooOld,
  contentsUnknown,
  maliciousLibrary,
  vulnerableLibrary,
  orphanedLogGroup,
  deputyBucket,
  noPublicAccessBlock,
  publicRead,
  publicWrite,
  bucketInPlainText,
  channelFailing,
  coverageIncomplete,
  nobodyListens,
  outdatedFacts,
  unusedSecret,
  deputyTopic,
  publicTopicPolicy,
  topicUnencryptedAtRest,
  topicInPlainText,
  unusedTopic,
  deputyQueue,
  deadLetterQueueFilling,
  publicQueuePolicy,
  queueInPlainText,
  unusedQueue,
  visibilityTimeoutTooShort,
  unusedStateMachine,
];
