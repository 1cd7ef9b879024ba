/**
 * Names under which CloudTrail's event history holds what changes the answers that are read per resource, and who created what.
 * Some carry the date of the API's version, which the operation's own name does not. Sources: CloudTrail user guide and the
 * "logging with CloudTrail" pages of the services.
 */
export const writeEventsAsOf = "2026-11-24";

export interface WriteEvents {
  /** `eventSource` of the events. */
  readonly source: string;
  readonly names: readonly string[];
  /** Nothing but these changes the answer: one that none of them touched needs no early second look. */
  readonly all: boolean;
}

const lambda = "lambda.amazonaws.com";
const s3 = "s3.amazonaws.com";
const apiGateway = "apigateway.amazonaws.com";

const policyNames = ["AddPermission", "RemovePermission"];
const bucketPolicy = { source: s3, names: ["PutBucketPolicy", "DeleteBucketPolicy"], all: true };
const ruleTargets = { source: "events.amazonaws.com", names: ["PutTargets", "RemoveTargets"], all: true };

/** By the kind of read, as the rotation names it. */
export const writeEvents: Readonly<Record<string, WriteEvents>> = {
  "lambda-access/policies": { source: lambda, names: ["AddPermission20150331v2", "RemovePermission20150331v2"], all: true },
  "lambda-access/aliases": { source: lambda, names: ["CreateAlias20150331", "UpdateAlias20150331", "DeleteAlias20150331"], all: true },
  "lambda-access/urls": {
    source: lambda,
    // with and without the date of the API's version: which of them a live account logs was not seen
    names: ["Create", "Update", "Delete"].flatMap((verb) => [`${verb}FunctionUrlConfig`, `${verb}FunctionUrlConfig20211031`]),
    all: false,
  },
  "lambda-access/invoke-configurations": {
    source: lambda,
    names: ["PutFunctionEventInvokeConfig", "UpdateFunctionEventInvokeConfig", "DeleteFunctionEventInvokeConfig"],
    all: true,
  },
  concurrency: { source: lambda, names: ["PutFunctionConcurrency20171031", "DeleteFunctionConcurrency20171031"], all: true },
  "s3-policy": bucketPolicy,
  "s3-policyIsPublic": bucketPolicy,
  // the list of grants changes by nothing else, since it is not inherited
  "s3-grants": { source: s3, names: ["PutBucketAcl"], all: true },
  "s3-block": { source: s3, names: ["PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock"], all: true },
  "s3-notifications": { source: s3, names: ["PutBucketNotification"], all: true },
  "s3-website": { source: s3, names: ["PutBucketWebsite", "DeleteBucketWebsite"], all: true },
  "s3-encryption": { source: s3, names: ["PutBucketEncryption", "DeleteBucketEncryption"], all: true },
  "s3-versioning": { source: s3, names: ["PutBucketVersioning"], all: true },
  "sns-attributes": { source: "sns.amazonaws.com", names: ["SetTopicAttributes", "CreateTopic", ...policyNames], all: true },
  "sns-redrive": { source: "sns.amazonaws.com", names: ["SetSubscriptionAttributes"], all: true },
  // how many messages wait changes without any of them
  "sqs-attributes": { source: "sqs.amazonaws.com", names: ["SetQueueAttributes", ...policyNames], all: false },
  "event-targets": ruleTargets,
  schedules: { source: "scheduler.amazonaws.com", names: ["UpdateSchedule"], all: true },
  "state-machines": { source: "states.amazonaws.com", names: ["UpdateStateMachine"], all: true },
  "dynamodb-tables": {
    source: "dynamodb.amazonaws.com",
    names: ["UpdateTable"],
    // its size is in the answer too
    all: false,
  },
  "dynamodb-policies": { source: "dynamodb.amazonaws.com", names: ["PutResourcePolicy", "DeleteResourcePolicy", "CreateTable"], all: true },
  "kinesis-streams": {
    source: "kinesis.amazonaws.com",
    names: ["StartStreamEncryption", "StopStreamEncryption"],
    all: false,
  },
  "kinesis-policies": { source: "kinesis.amazonaws.com", names: ["PutResourcePolicy", "DeleteResourcePolicy", "DeleteStream"], all: true },
  "rest-apis": {
    source: apiGateway,
    names: ["CreateDeployment", "PutMethod", "UpdateMethod", "PutIntegration", "UpdateRestApi", "PutRestApi", "UpdateStage"],
    all: false,
  },
  "http-apis": {
    source: apiGateway,
    names: ["CreateRoute", "UpdateRoute", "DeleteRoute", "UpdateIntegration", "UpdateApi", "ReimportApi", "UpdateAuthorizer"],
    all: false,
  },
  "appsync/data-sources": {
    source: "appsync.amazonaws.com",
    names: ["CreateDataSource", "UpdateDataSource", "DeleteDataSource"],
    all: true,
  },
  "appsync/channel-namespaces": {
    source: "appsync.amazonaws.com",
    names: ["CreateChannelNamespace", "UpdateChannelNamespace", "DeleteChannelNamespace"],
    all: true,
  },
  "cognito/user-pools": { source: "cognito-idp.amazonaws.com", names: ["UpdateUserPool"], all: false },
};

/** By CloudFormation type: the events that say who created a resource. */
export const creationEvents: Readonly<Record<string, Omit<WriteEvents, "all">>> = {
  "AWS::Lambda::Function": { source: lambda, names: ["CreateFunction20150331"] },
  "AWS::S3::Bucket": { source: s3, names: ["CreateBucket"] },
  "AWS::DynamoDB::Table": { source: "dynamodb.amazonaws.com", names: ["CreateTable"] },
  "AWS::SQS::Queue": { source: "sqs.amazonaws.com", names: ["CreateQueue"] },
  "AWS::SNS::Topic": { source: "sns.amazonaws.com", names: ["CreateTopic"] },
  "AWS::ApiGateway::RestApi": { source: apiGateway, names: ["CreateRestApi", "ImportRestApi"] },
  "AWS::ApiGatewayV2::Api": { source: apiGateway, names: ["CreateApi", "ImportApi"] },
  "AWS::StepFunctions::StateMachine": { source: "states.amazonaws.com", names: ["CreateStateMachine"] },
  "AWS::Kinesis::Stream": { source: "kinesis.amazonaws.com", names: ["CreateStream"] },
  "AWS::Cognito::UserPool": { source: "cognito-idp.amazonaws.com", names: ["CreateUserPool"] },
  "AWS::SecretsManager::Secret": { source: "secretsmanager.amazonaws.com", names: ["CreateSecret"] },
};
