/**
 * Members of requests that name a resource, where that does not follow from the name of the variable in the resource's ARN
 * (`${TableName}`: `TableName`). Source: API references of the services, as of 2026-11-27.
 */

/** Day on which it was last compared with its source. */
export const requestMembersAsOf = "2026-11-27";

/** By `PREFIX VARIABLE`, or by the variable alone for every service. */
export const membersOfVariable: Readonly<Record<string, readonly string[]>> = {
  "s3 ObjectName": ["Key", "CopySource", "S3Key"],
  "sqs QueueName": ["QueueUrl", "QueueName"],
  "sns TopicName": ["TopicArn", "TargetArn", "Name"],
  "states StateMachineName": ["stateMachineArn", "name"],
  "states ActivityName": ["activityArn", "name"],
  "lambda FunctionName": ["FunctionName", "FunctionArn"],
  "secretsmanager SecretId": ["SecretId", "SecretArn", "SecretIdList", "Name"],
  "ssm ParameterNameWithoutLeadingSlash": ["Name", "Names", "Path"],
  "ssm DocumentName": ["DocumentName", "Name"],
  "kms KeyId": ["KeyId", "TargetKeyId", "SourceKeyId", "DestinationKeyId"],
  "kms Alias": ["AliasName"],
  "events EventBusName": ["EventBusName", "Name"],
  "events RuleName": ["Rule", "Name"],
  "scheduler ScheduleName": ["Name"],
  "kinesis StreamName": ["StreamName", "StreamARN"],
  "kinesisvideo StreamName": ["StreamName", "StreamARN"],
  "logs LogGroupName": ["logGroupName", "logGroupNames", "logGroupIdentifier", "resourceArn"],
  "ses IdentityName": [
    "Source",
    "FromEmailAddress",
    "Identity",
    "EmailIdentity",
    "EmailAddress",
    "Domain",
    "FromEmailAddressIdentityArn",
    "SourceArn",
  ],
  "ses TemplateName": ["TemplateName", "Template"],
  "bedrock ResourceId": ["modelId", "modelArn"],
  "bedrock AgentId": ["agentId"],
  "ecs ClusterName": ["cluster", "clusters"],
  "ecs ServiceName": ["service", "services", "serviceName"],
  "athena WorkGroupName": ["WorkGroup", "Name"],
  "athena DataCatalogName": ["Catalog", "CatalogName"],
  "glue CatalogName": ["CatalogId"],
  "glue DatabaseName": ["DatabaseName", "Database"],
  "glue CrawlerName": ["CrawlerName", "Name"],
  "glue JobName": ["JobName", "Name"],
  "glue TableName": ["TableName", "Name"],
  "rds-data DbClusterInstanceName": ["resourceArn"],
  "rds DbClusterInstanceName": ["DBClusterIdentifier"],
  "rds DbInstanceName": ["DBInstanceIdentifier"],
  "redshift ClusterName": ["ClusterIdentifier"],
  "redshift DbName": ["DbName", "Database"],
  "redshift-data ClusterName": ["ClusterIdentifier"],
  "redshift-data WorkgroupId": ["WorkgroupName"],
  "redshift-serverless WorkgroupId": ["WorkgroupName"],
  "iot TopicName": ["topic"],
  "iot Topic": ["topic"],
  "sts RoleNameWithPath": ["RoleArn"],
  "iam RoleNameWithPath": ["RoleName"],
  "iam UserNameWithPath": ["UserName"],
  "iam GroupNameWithPath": ["GroupName"],
  "iam PolicyNameWithPath": ["PolicyArn", "PolicyName"],
  "cloudwatch AlarmName": ["AlarmName", "AlarmNames"],
  "batch JobDefinitionName": ["jobDefinition", "jobDefinitionName"],
  "batch JobQueueName": ["jobQueue", "jobQueueName"],
  "cloudformation StackName": ["StackName"],
  "mobiletargeting AppId": ["ApplicationId"],
  "codebuild ProjectName": ["projectName"],
  "codepipeline PipelineName": ["pipelineName", "name"],
  "appsync GraphQLAPIId": ["apiId"],
  "cloudtrail TrailName": ["TrailName", "Name", "TrailNameList"],
  "synthetics CanaryName": ["CanaryName", "Name"],
  "lex BotName": ["botName"],
  "ecr RepositoryName": ["repositoryName"],
  "es DomainName": ["DomainName"],
  "wisdom AssistantId": ["assistantId"],
  "s3vectors BucketName": ["vectorBucketName", "vectorBucketArn", "indexArn"],
  "cassandra KeyspaceName": ["keyspaceName"],
  "cassandra TableName": ["tableName"],
  "route53 Id": ["HostedZoneId", "Id"],
  "cloudfront-keyvaluestore ResourceId": ["KvsARN"],
  "rds ClusterSnapshotName": ["DBClusterSnapshotIdentifier"],
  "rds SnapshotName": ["DBSnapshotIdentifier"],
  "rds-db DbUserName": ["DBUsername", "username"],
  "dsql Identifier": ["Identifier", "hostname"],
  "sms-voice PoolId": ["OriginationIdentity"],
  "wafv2 Scope": ["Scope"],
  "servicediscovery ServiceId": ["ServiceId", "Id"],
  "servicediscovery NamespaceId": ["NamespaceId", "Id"],
};

/** Words that requests spell otherwise than ARNs do. */
const wordsInArns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "wafv2 Scope": { REGIONAL: "regional", CLOUDFRONT: "global" },
};

/** A member's value as it stands for a variable of an ARN. */
export function asInArn(service: string, variable: string, value: string): string {
  return wordsInArns[`${service} ${variable}`]?.[value] ?? value;
}

/** Calls hand over the roles that these members name. */
export const roleMember = /^(.*role(arn)?|credentials|snscallerarn|jobflowrole)$/i;

/**
 * Services in whose requests only ARNs are roles of IAM: `role` is there who speaks in a conversation (Bedrock, Connect), or what a person may do
 * (QuickSight, Grafana, WorkMail, Chime). Source: API references of the services, as of 2026-11-28.
 */
export const rolesByArnOnly: readonly string[] = [
  "bedrock",
  "bedrock-agentcore",
  "chime",
  "connect",
  "grafana",
  "qbusiness",
  "quicksight",
  "wisdom",
  "workmail",
];

/** Services whose calls name roles without handing them over. */
export const rolesNotPassed: readonly string[] = [
  "iam",
  "sts",
  "sso",
  "cognito-identity",
  "organizations",
  "securityhub",
  "access-analyzer",
];
