/**
 * What AWS always says of an item of a list. An item without it is an answer that cannot be gone by: taken as it is, the thing would not be
 * known any more, and so be gone.
 */

/** By operation: the member that is the list, and what each of its items has. From the services' API references. */
const always: Readonly<Record<string, readonly [list: string, ...members: readonly string[]]>> = {
  "apigateway:GetRestApis": ["items", "id"],
  "apigatewayv2:GetApis": ["Items", "ApiId"],
  "appsync:ListGraphqlApis": ["graphqlApis", "arn"],
  "cloudwatch:DescribeAlarms": ["MetricAlarms", "AlarmArn"],
  "cognito-idp:ListUserPools": ["UserPools", "Id"],
  "events:ListEventBuses": ["EventBuses", "Arn", "Name"],
  "events:ListRules": ["Rules", "Arn", "Name", "State"],
  "events:ListTargetsByRule": ["Targets", "Arn"],
  "iam:GetAccountAuthorizationDetails": ["RoleDetailList", "Arn", "RoleName", "AssumeRolePolicyDocument"],
  "kinesis:ListStreams": ["StreamSummaries", "StreamARN", "StreamName"],
  "lambda:ListAliases": ["Aliases", "Name"],
  "lambda:ListEventSourceMappings": ["EventSourceMappings", "UUID", "FunctionArn", "State"],
  "lambda:ListFunctions": ["Functions", "FunctionArn", "FunctionName", "Role", "Timeout"],
  "logs:DescribeLogGroups": ["logGroups", "logGroupName"],
  "pipes:ListPipes": ["Pipes", "Arn", "Name"],
  "s3:ListBuckets": ["Buckets", "Name"],
  "scheduler:ListSchedules": ["Schedules", "Arn", "Name"],
  "secretsmanager:ListSecrets": ["SecretList", "ARN", "Name"],
  "sns:ListTopics": ["Topics", "TopicArn"],
  "states:ListStateMachines": ["stateMachines", "stateMachineArn", "name"],
  "tag:GetResources": ["ResourceTagMappingList", "ResourceARN"],
};

/** AWS left something out that it always says. */
export class IncompleteAnswerError extends Error {
  override readonly name = "IncompleteAnswer";
  constructor(operation: string, member: string) {
    super(`${operation} answered an item without ${member}; the next scan asks again`);
  }
}

/** @throws IncompleteAnswerError where an item of the answer lacks what AWS always says of it */
export function checkItems(operation: string, answer: Readonly<Record<string, unknown>>): void {
  const [list = "", ...members] = always[operation] ?? [];
  const items = answer[list];
  if (!Array.isArray(items)) return;
  for (const item of items as readonly (Readonly<Record<string, unknown>> | null)[]) {
    const missing = members.find((member) => item?.[member] === undefined || item[member] === null);
    if (missing !== undefined) throw new IncompleteAnswerError(operation, missing);
  }
}
