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

const denied =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|AuthorizationErrorException|UnauthorizedException|Forbidden|403)$/;
const throttled =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|RequestThrottledException|SlowDown|LimitExceededException|PriorRequestNotComplete|TransactionInProgressException|EC2ThrottledException|BandwidthLimitExceeded|ProvisionedThroughputExceededException)$/;
const disabled = /^(OptInRequired|SubscriptionRequiredException|RegionDisabledException|AccountNotEnabled)$/;
const unsupported = /^(UnsupportedOperation|UnsupportedOperationException|UnknownEndpoint|EndpointError)$/;
const credentials =
  /^(CredentialsProviderError|ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|InvalidAccessKeyId|TokenRefreshRequired|AuthFailure|IncompleteSignature|MissingAuthenticationToken|ProcessCredentialsError)$/;
const gone =
  /^(ResourceNotFoundException|ResourceNotFound|NoSuchEntity|NoSuchEntityException|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|NotFoundException|NoSuchBucket|StateMachineDoesNotExist)$/;

/** The AWS error code, or the JavaScript error's name. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "Unknown";
  const named = error as Error & { Code?: string; code?: string };
  if (named.name && named.name !== "Error") return named.name;
  return named.Code ?? named.code ?? "Error";
}

/** True when the caller's credentials are missing, expired or not accepted. */
export function isCredentialsError(error: unknown): boolean {
  return credentials.test(codeOf(error));
}

export function isThrottle(error: unknown): boolean {
  return throttled.test(codeOf(error));
}

/** True when the resource was deleted between being listed and being read. */
export function isGone(error: unknown): boolean {
  return gone.test(codeOf(error));
}

/** The coverage word for an error. An answer that could not be decoded is `failed`, never an empty answer. */
export function statusOf(error: unknown): Exclude<CoverageStatus, "complete" | "partial"> {
  const code = codeOf(error);
  if (denied.test(code)) return "denied";
  if (throttled.test(code)) return "throttled";
  if (disabled.test(code)) return "disabled";
  if (unsupported.test(code)) return "unsupported";
  return "failed";
}

/** The coverage row of a collector that met `error` after reading `resources` things. */
export function coverageOf(collector: string, region: string, error: unknown, resources: number): Coverage {
  const operation = operationOf(error);
  const message = error instanceof Error ? cleanText(error.message, 300) : undefined;
  return {
    collector,
    region,
    status: resources > 0 ? "partial" : statusOf(error),
    ...(operation ? { operation } : {}),
    code: codeOf(error),
    ...(message ? { message } : {}),
    resources,
  };
}
