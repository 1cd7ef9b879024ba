/** Longest timeouts that Lambda accepts. Source: Lambda developer guide, "Lambda quotas" and "Lambda Managed Instances". */
export const serviceLimitsAsOf = "2026-11-01";

export const longestTimeoutSeconds = {
  /** Any function on Lambda's own capacity; also one invocation of a durable function, replays included. */
  function: 900,
  /** Managed Instances, for asynchronous calls and most event source mappings. */
  managedInstances: 5400,
} as const;

/** CloudWatch keeps hourly and daily points this many days (CloudWatch user guide, "Metrics retention"). */
export const metricRetentionDays = 455;

/** CloudWatch: an alarm with a period under an hour looks back at most this long, seconds (PutMetricAlarm, API reference). */
export const longestAlarmWindowSeconds = 86_400;
/** CloudWatch: longest name of an alarm (PutMetricAlarm, API reference). */
export const longestAlarmName = 255;

/** SQS: a queue's visibility timeout should be at least this many times the timeout of the function it feeds (Lambda developer guide, "Using Lambda with Amazon SQS"). */
export const visibilityTimeoutFactor = 6;
/** SQS: longest visibility timeout, seconds (SQS developer guide, quotas). */
export const longestVisibilitySeconds = 43_200;
