/** What an error from AWS means for coverage, and what a person can do about it. */
import type { Coverage, CoverageStatus } from "../model/coverage.ts";
import { cleanText } from "../model/plain-text.ts";

const operations = new WeakMap<object, string>();

/** Remembers which call (`lambda:ListFunctions`) an error came from; set by the one middleware in clients.ts. */
export function markOperation(error: unknown, operation: string): void {
  if (typeof error === "object" && error !== null && !operations.has(error)) operations.set(error, operation);
}

/** The call an error came from, as `service:Operation`, when it came from AWS. */
export function operationOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null ? operations.get(error) : undefined;
}

// One word per code, as the services' models have it, or as they answer where the model says nothing; a test walks the models.
const denied = oneOf(
  "AccessDenied AccessDeniedException UnauthorizedOperation UnauthorizedException AuthorizationError AuthorizationErrorException",
  "NotAuthorized NotAuthorizedException Forbidden ForbiddenException 403 OpsItemAccessDeniedException EC2AccessDeniedException",
  "KMSAccessDeniedException KmsAccessDeniedException KmsAccessDenied",
);
const throttled = oneOf(
  "Throttling ThrottlingException ThrottledException TooManyRequestsException RequestLimitExceeded RequestThrottled",
  "RequestThrottledException SlowDown LimitExceededException PriorRequestNotComplete TransactionInProgressException EC2ThrottledException",
  "BandwidthLimitExceeded ProvisionedThroughputExceededException KMSThrottlingException KmsThrottlingException KmsThrottled TooManyUpdates",
);
const disabled = oneOf("OptInRequired SubscriptionRequiredException RegionDisabledException AccountNotEnabled");
const unsupported = oneOf(
  "UnsupportedOperation UnsupportedOperationException UnsupportedActionException TypeNotFoundException UnknownEndpoint EndpointError",
);
/** The session is over, or the clock is so wrong that AWS takes it for over: true of every Region at once. */
const expired = oneOf(
  "ExpiredToken ExpiredTokenException RequestExpired TokenRefreshRequired RequestTimeTooSkewed",
  "CredentialsProviderError ProcessCredentialsError TokenProviderError",
);
/** AWS does not accept them; a Region that is not enabled for a token says the same. */
const notAccepted = oneOf(
  "InvalidClientTokenId UnrecognizedClientException UnrecognizedClient InvalidSignatureException SignatureDoesNotMatch InvalidAccessKeyId",
  "AuthFailure IncompleteSignature IncompleteSignatureException MissingAuthenticationToken MissingAuthenticationTokenException InvalidToken",
  "NotSignedUp",
);
const gone = oneOf(
  "ResourceNotFoundException ResourceNotFound NotFoundException NotFound NoSuchEntity NoSuchEntityException NoSuchResource EntityNotFound",
  "QueueDoesNotExist AWS.SimpleQueueService.NonExistentQueue NoSuchBucket StateMachineDoesNotExist",
  "RepositoryNotFoundException ImageNotFoundException LayersNotFoundException NoSuchDistribution NoSuchFunctionExists NoSuchOriginAccessControl",
  "LoadBalancerNotFound LoadBalancerNotFoundException ListenerNotFound ListenerNotFoundException RuleNotFound RuleNotFoundException",
  "TargetGroupNotFound TargetGroupNotFoundException TableNotFoundException NamespaceNotFound ServiceNotFound InstanceNotFound",
  "ParameterNotFound StackNotFoundException",
);

function oneOf(...codes: readonly string[]): ReadonlySet<string> {
  return new Set(codes.join(" ").split(" "));
}

/** The AWS error code, or the JavaScript error's name. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "Unknown";
  const named = error as Error & { Code?: string; code?: string };
  if (named.name && named.name !== "Error") return named.name;
  return named.Code ?? named.code ?? "Error";
}

/** True when the caller's credentials are missing, expired or not accepted. */
export function isCredentialsError(error: unknown): boolean {
  return hasCredentialsCode(codeOf(error));
}

/** True for a code that says so. */
export function hasCredentialsCode(code: string): boolean {
  return expired.has(code) || notAccepted.has(code);
}

/** True for a code that holds everywhere, not only in the Region that answered. */
export function isExpiredCode(code: string): boolean {
  return expired.has(code);
}

export function isThrottle(error: unknown): boolean {
  return throttled.has(codeOf(error));
}

/** True when the resource was deleted between being listed and being read. */
export function isGone(error: unknown): boolean {
  return gone.has(codeOf(error));
}

/** Name of the error that says that a scan's time was over before everything was asked. */
export const outOfTime = "OutOfTime";

/** The coverage word for an error. An answer that could not be decoded is `failed`, never an empty answer. */
export function statusOf(error: unknown): Exclude<CoverageStatus, "complete" | "partial"> {
  const code = codeOf(error);
  if (code === outOfTime) return "left";
  if (denied.has(code) || hasCredentialsCode(code)) return "denied";
  if (throttled.has(code)) return "throttled";
  if (disabled.has(code)) return "disabled";
  if (unsupported.has(code)) return "unsupported";
  return "failed";
}

/** The coverage row of a collector that met `error` after reading `resources` things. */
export function coverageOf(collector: string, region: string, error: unknown, resources: number): Coverage {
  const operation = operationOf(error);
  const message = error instanceof Error ? cleanText(error.message, 300) : undefined;
  const status = statusOf(error);
  return {
    collector,
    region,
    status: resources > 0 && status !== "left" ? "partial" : status,
    ...(operation ? { operation } : {}),
    code: codeOf(error),
    ...(message ? { message } : {}),
    resources,
  };
}
