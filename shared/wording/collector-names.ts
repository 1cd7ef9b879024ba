/** What a collector reads, in the words of somebody who does not know this program: `rules of the default event bus could not be read`. */

/** By name of the collector. A plural, in the middle of a sentence. */
export const collectorNames: Readonly<Record<string, string>> = {
  regions: "the list of enabled Regions",
  alias: "the alias of the account",
  functions: "Lambda functions",
  code: "the code of functions",
  libraries: "the packages in functions and layers",
  eventSourceMappings: "Lambda event source mappings",
  durationAlarms: "CloudWatch alarms on the run time of functions",
  queues: "SQS queues that feed functions",
  tags: "tags",
  usage: "CloudWatch metrics of functions",
  candidates: "details of quiet functions",
  stacks: "CloudFormation stacks",
  alarms: "CloudWatch alarms that start functions or write to topics",
  "rest-apis": "API Gateway REST APIs",
  "http-apis": "API Gateway HTTP and WebSocket APIs",
  "cloud-map": "Cloud Map services",
  ecr: "ECR image repositories",
  iot: "AWS IoT rules",
  lattice: "VPC Lattice services",
  parameters: "Systems Manager parameters",
  secrets: "Secrets Manager secrets",
  vpc: "VPCs of functions",
  "web-functions": "Lambda Web Functions",
  "lambda-access": "Lambda policies, aliases and function URLs",
  appsync: "AppSync APIs",
  "load-balancers": "load balancers",
  cognito: "Cognito user and identity pools",
  cloudfront: "CloudFront distributions",
  iam: "IAM roles",
  sqs: "SQS queues",
  sns: "SNS topics",
  s3: "S3 buckets",
  "event-buses": "EventBridge event buses and their rules",
  pipes: "EventBridge pipes",
  scheduler: "EventBridge schedules",
  "step-functions": "Step Functions state machines",
  dynamodb: "DynamoDB tables",
  kinesis: "Kinesis data streams",
  firehose: "Firehose streams",
  "log-groups": "CloudWatch log groups",
  "resource-usage": "CloudWatch metrics of queues, tables, topics, APIs and streams",
  "role-use": "what the roles of functions were used for",
  "function-calls": "what functions asked of AWS, as CloudTrail's event history tells",
  "event-history": "CloudTrail's event history",
};

/** The words for a collector; of one that is not known (an older scan, a newer program) its own name as words. */
export function collectorName(collector: string): string {
  return Object.hasOwn(collectorNames, collector)
    ? (collectorNames[collector] ?? collector)
    : collector.replaceAll("-", " ").replace(/([a-z])([A-Z])/g, "$1 $2");
}
