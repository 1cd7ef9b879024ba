/**
 * What AWS charges for the requests of a scan, and for a few things that it finds, USD, in the commercial Regions where it is cheapest; a few Regions cost up to half more.
 * Source: pricing pages of Amazon CloudWatch ("Metrics, API requests"), Amazon SQS, Amazon SNS, Amazon S3
 * ("Requests"), AWS Secrets Manager and AWS Lambda. Free tiers are left out.
 */
export const pricesAsOf = "2026-11-01";

/** GetMetricData: for 1,000 metrics asked for. Never in the free tier. */
export const perThousandMetrics = 0.01;
/** Metrics in one GetMetricData request, at most (API reference). */
export const metricsPerRequest = 500;

/** One standard-resolution metric alarm for a month. */
export const perAlarmMonth = 0.1;

/** Provisioned concurrency of Lambda on x86, for each GB of memory and second (AWS Lambda pricing, US East). Arm costs a fifth less. */
export const perProvisionedGbSecond = 0.0000041667;

/**
 * USD for 1,000 requests, of an operation or of any other one of a service. What is not here is free: list and describe calls of Lambda,
 * EventBridge, Scheduler, IAM, STS, tagging, Logs.
 */
export const perThousandRequests: Readonly<Record<string, number>> = {
  "cloudwatch:ListMetrics": 0.01,
  "cloudwatch:DescribeAlarms": 0.01,
  "s3:ListBuckets": 0.005,
  // from a bucket of AWS
  "s3:GetObject via presigned URL": 0,
  "s3:*": 0.0004,
  "secretsmanager:*": 0.005,
  "sns:*": 0.0005,
  "sqs:*": 0.0004,
};
