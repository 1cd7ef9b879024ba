/**
 * What Lambda asks of a function's role for the function's settings and for what it polls. Sources: the managed policies that AWS makes
 * for each kind (AWSLambda*ExecutionRole, AWSLambdaBasicDurableExecutionRolePolicy, AWSXRayDaemonWriteAccess, CloudWatchLambdaInsightsExecutionRolePolicy)
 * and the pages of the Lambda developer guide on each event source, as of 2026-11-27.
 */

/** Day on which it was last compared with its source. */
export const sourceActionsAsOf = "2026-11-27";

/** Actions on the source itself; `elsewhere` know no resources or other ones; `perhaps` are in AWS's policies, but not always asked. */
export interface SourceActions {
  readonly own: readonly string[];
  readonly perhaps?: readonly string[];
  readonly elsewhere?: readonly string[];
}

const interfaces = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeVpcs",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeSubnets",
  "ec2:DescribeSecurityGroups",
];

/** By the service of the source's ARN; a Kafka cluster of one's own, which has none, is `kafka://`. */
export const sourceActions: Readonly<Record<string, SourceActions>> = {
  sqs: { own: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] },
  dynamodb: { own: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], perhaps: ["dynamodb:ListStreams"] },
  kinesis: {
    own: ["kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"],
    perhaps: ["kinesis:DescribeStream", "kinesis:ListStreams"],
  },
  kafka: { own: ["kafka:DescribeCluster", "kafka:GetBootstrapBrokers"], perhaps: ["kafka:DescribeClusterV2"], elsewhere: interfaces },
  // a broker that the internet reaches needs no interfaces
  mq: { own: ["mq:DescribeBroker"], perhaps: ["secretsmanager:GetSecretValue", ...interfaces] },
  rds: {
    own: ["rds:DescribeDBClusters", "rds:DescribeDBClusterParameters", "rds:DescribeDBSubnetGroups"],
    perhaps: ["secretsmanager:GetSecretValue"],
    elsewhere: interfaces,
  },
  "kafka://": { own: [], perhaps: ["secretsmanager:GetSecretValue", ...interfaces] },
};

/** For a function in a VPC. */
export const networkActions: SourceActions = {
  own: [],
  elsewhere: ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"],
  perhaps: ["ec2:DescribeSubnets", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
};

export const tracingActions: SourceActions = {
  own: [],
  elsewhere: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  perhaps: ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries"],
};

/** What is asked to hand something over to a destination, by the service of its ARN. */
export const destinationActions: Readonly<Record<string, readonly string[]>> = {
  sqs: ["sqs:SendMessage"],
  sns: ["sns:Publish"],
  lambda: ["lambda:InvokeFunction"],
  events: ["events:PutEvents"],
  s3: ["s3:PutObject", "s3:ListBucket"],
};

/** Layers of AWS whose process beside the function's own calls AWS. */
export const layerActions: readonly { readonly name: RegExp; readonly actions: readonly string[]; readonly logGroup?: string }[] = [
  { name: /:layer:LambdaInsightsExtension/, actions: [], logGroup: "/aws/lambda-insights" },
  { name: /:layer:aws-otel-/, actions: [...(tracingActions.elsewhere ?? []), ...(tracingActions.perhaps ?? [])] },
  { name: /:layer:AWS-AppConfig-Extension/, actions: ["appconfig:StartConfigurationSession", "appconfig:GetLatestConfiguration"] },
];

/** A layer of AWS through which code reads secrets and parameters by HTTP: which, no reader of code sees. */
export const secretsLayer = /:layer:AWS-Parameters-and-Secrets-Lambda-Extension/;

/** Layers of which it is known what they ask, read or not. */
export function isKnownLayer(arn: string): boolean {
  return secretsLayer.test(arn) || layerActions.some(({ name }) => name.test(arn));
}
