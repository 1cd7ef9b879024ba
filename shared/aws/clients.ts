/** Makes the clients that ask the account; own-clients.ts makes the others, and nobody else makes any. Everything else receives them. */
import { AccountClient } from "@aws-sdk/client-account";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client } from "@aws-sdk/client-apigatewayv2";
import { AppSyncClient } from "@aws-sdk/client-appsync";
import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityClient } from "@aws-sdk/client-cognito-identity";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { IAMClient } from "@aws-sdk/client-iam";
import { IoTClient } from "@aws-sdk/client-iot";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { PipesClient } from "@aws-sdk/client-pipes";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { S3Client } from "@aws-sdk/client-s3";
import { S3ControlClient } from "@aws-sdk/client-s3-control";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ServiceDiscoveryClient } from "@aws-sdk/client-servicediscovery";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { byteRanges } from "./byte-ranges.ts";
import { attach } from "./client-middleware.ts";
import type { AnyClient, ClientOptions } from "./client-options.ts";
import { asAwsAnswers } from "./emulated-answers.ts";

/** Attempts per request: at one throttled request in five, ten attempts fail once in ten million. */
const usualAttempts = 10;

interface Config {
  readonly region: string;
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly profile?: string;
  /** SQS only: requests go to the service's endpoint (or AWS_ENDPOINT_URL), not to the host in the queue's URL. */
  readonly useQueueUrlAsEndpoint: boolean;
  /** S3 Control only: an emulator has one address for all accounts, where AWS puts the account's id before the host's name. */
  readonly endpointProvider?: () => { readonly url: URL };
  readonly requestHandler?: NodeHttpHandler;
  /** S3 only. */
  readonly forcePathStyle?: boolean;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Clients of the services we read, one per Region, made when first asked for. */
export type Clients = ReturnType<typeof createClients>;

/** Makes the clients that read the account. All of them honour AWS_ENDPOINT_URL and use the SDK's default credential chain. */
export function createClients(options: ClientOptions) {
  const emulated = process.env.AWS_ENDPOINT_URL;
  const made = new Map<unknown, Map<string, AnyClient>>();
  const per = <C extends AnyClient>(Client: new (config: Config) => C, more: Partial<Config> = {}) => {
    return (region: string): C => {
      const byRegion = made.get(Client) ?? new Map<string, AnyClient>();
      made.set(Client, byRegion);
      let client = byRegion.get(region) as C | undefined;
      if (!client) {
        client = new Client({ ...configuration(region, options), ...more });
        attach(client, region, options);
        if (emulated) asAwsAnswers(client);
        byRegion.set(region, client);
      }
      return client;
    };
  };
  return {
    account: per(AccountClient),
    apis: per(APIGatewayClient),
    apisV2: per(ApiGatewayV2Client),
    appsync: per(AppSyncClient),
    cloudformation: per(CloudFormationClient),
    // answers with 5xx for types that a Region does not know yet: asking ten times only takes long
    cloudControl: per(CloudControlClient, { maxAttempts: 5 }),
    cloudfront: per(CloudFrontClient),
    cloudtrail: per(CloudTrailClient, { maxAttempts: 5 }),
    cloudwatch: per(CloudWatchClient),
    codeBytes: byteRanges(options, emulated),
    cloudMap: per(ServiceDiscoveryClient),
    dynamodb: per(DynamoDBClient),
    ec2: per(EC2Client),
    ecr: per(ECRClient),
    elb: per(ElasticLoadBalancingV2Client),
    events: per(EventBridgeClient),
    firehose: per(FirehoseClient),
    iam: per(IAMClient),
    identityPools: per(CognitoIdentityClient),
    iot: per(IoTClient),
    // HTTP/2, its default, is not what emulators speak
    kinesis: per(KinesisClient, { requestHandler: new NodeHttpHandler() }),
    lambda: per(LambdaClient),
    lattice: per(VPCLatticeClient),
    logs: per(CloudWatchLogsClient),
    parameters: per(SSMClient),
    pipes: per(PipesClient),
    // an emulator by its address has no name to put the bucket's before
    s3: per(S3Client, emulated ? { forcePathStyle: true } : {}),
    s3Control: per(S3ControlClient, emulated ? { endpointProvider: () => ({ url: new URL(emulated) }) } : {}),
    scheduler: per(SchedulerClient),
    secrets: per(SecretsManagerClient),
    sns: per(SNSClient),
    sqs: per(SQSClient),
    stateMachines: per(SFNClient),
    sts: per(STSClient),
    tagging: per(ResourceGroupsTaggingAPIClient),
    userPools: per(CognitoIdentityProviderClient),
  };
}

function configuration(region: string, { tape, profile, maxAttempts = usualAttempts }: ClientOptions): Config {
  return {
    region,
    maxAttempts,
    // "standard", not "adaptive": the SDK's adaptive limiter and our bucket would slow each other down (decision 0003)
    retryMode: "standard",
    useQueueUrlAsEndpoint: false,
    ...(profile ? { profile } : {}),
    ...(tape?.offline ? { credentials: { accessKeyId: "none", secretAccessKey: "none" } } : {}),
  };
}
