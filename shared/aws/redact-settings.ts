/** Answers about single resources without what people write into their settings: data of state machines, outputs of stacks, addresses. */

type Json = Record<string, unknown>;
type Redaction = (answer: Json) => Json;

/** Members of a state machine's definition that are structure. */
const structure = new Set(["Type", "Resource", "StartAt", "Next", "Default", "QueryLanguage"]);
/** Members of what a task is given that name what it works on. */
const naming =
  /^(FunctionName|StateMachineArn|TableName|TopicArn|TargetArn|QueueUrl|StreamARN|StreamArn|StreamName|DeliveryStreamName|EventBusName|Bucket)(\.\$)?$/;
/** Data that no call can be read off. */
const data = new Set(["Result", "ResultSelector", "Assign", "Output", "Comment"]);

function redactDefinition(definition: unknown): string {
  const visit = (value: unknown, key: string, isGiven: boolean): unknown => {
    if (Array.isArray(value)) return value.map((one) => visit(one, key, isGiven));
    if (typeof value === "object" && value !== null) {
      const members = Object.entries(value).filter(([name]) => isGiven || !data.has(name));
      return Object.fromEntries(members.map(([name, one]) => [name, visit(one, name, isGiven || /^(Parameters|Arguments)$/.test(name))]));
    }
    return (isGiven ? naming.test(key) : structure.has(key)) ? value : "";
  };
  try {
    return JSON.stringify(visit(JSON.parse(String(definition)), "", false));
  } catch {
    return "";
  }
}

function without(...names: readonly string[]): (one: Json) => Json {
  return (one) => Object.fromEntries(Object.entries(one).filter(([name]) => !names.includes(name)));
}

function only(...names: readonly string[]): (one: Json) => Json {
  return (one) => Object.fromEntries(Object.entries(one).filter(([name]) => names.includes(name)));
}

function each(list: unknown, redact: (one: Json) => Json): Json[] {
  return Array.isArray(list) ? (list as Json[]).map(redact) : [];
}

/** A mail address or a telephone number is a person's; of an address on the web the path and the query may be secrets. */
function redactSubscription(subscription: Json): Json {
  const endpoint = String(subscription.Endpoint ?? "");
  if (endpoint.startsWith("arn:")) return subscription;
  if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint)) return { ...subscription, Endpoint: "" };
  const { protocol, host } = new URL(endpoint);
  return { ...subscription, Endpoint: `${protocol}//${host}/` };
}

function redactDestination(destination: Json): Json {
  const { HttpEndpointDestinationDescription: http, ...rest } = destination;
  if (!http) return rest;
  const { EndpointConfiguration: _, RequestConfiguration: __, ...kept } = http as Json;
  return { ...rest, HttpEndpointDestinationDescription: kept };
}

function redactDataSource(source: Json): Json {
  const endpoint = (source.httpConfig as Json | undefined)?.endpoint;
  const named = typeof endpoint === "string" && URL.canParse(endpoint) ? `https://${new URL(endpoint).host}/` : "";
  return { ...without("description", "httpConfig")(source), ...(endpoint === undefined ? {} : { httpConfig: { endpoint: named } }) };
}

const redactAlarm = without("AlarmDescription", "StateReason", "StateReasonData");
const stackMembers = ["StackId", "StackName", "CreationTime", "LastUpdatedTime", "StackStatus", "Tags", "RoleARN", "ParentId", "RootId"];
const poolMembers = [
  "Id",
  "Name",
  "Arn",
  "LambdaConfig",
  "AdminCreateUserConfig",
  "MfaConfiguration",
  "Domain",
  "CustomDomain",
  "DeletionProtection",
  "UserPoolTags",
];

const redactions: Readonly<Record<string, Redaction>> = {
  "states:DescribeStateMachine": (answer) => ({ ...answer, definition: redactDefinition(answer.definition) }),
  "cloudformation:DescribeStacks": (answer) => ({ ...answer, Stacks: each(answer.Stacks, only(...stackMembers)) }),
  "cloudwatch:DescribeAlarms": (answer) => ({
    ...answer,
    MetricAlarms: each(answer.MetricAlarms, redactAlarm),
    CompositeAlarms: each(answer.CompositeAlarms, redactAlarm),
  }),
  "cognito-idp:DescribeUserPool": ({ UserPool, ...rest }) => ({ ...rest, UserPool: only(...poolMembers)((UserPool ?? {}) as Json) }),
  "sns:ListSubscriptions": (answer) => ({ ...answer, Subscriptions: each(answer.Subscriptions, redactSubscription) }),
  "firehose:DescribeDeliveryStream": ({ DeliveryStreamDescription, ...rest }) => {
    const description = (DeliveryStreamDescription ?? {}) as Json;
    return { ...rest, DeliveryStreamDescription: { ...description, Destinations: each(description.Destinations, redactDestination) } };
  },
  "appsync:ListDataSources": (answer) => ({ ...answer, dataSources: each(answer.dataSources, redactDataSource) }),
  "appsync:ListChannelNamespaces": (answer) => ({
    ...answer,
    channelNamespaces: each(answer.channelNamespaces, without("codeHandlers", "handlerConfigs")),
  }),
  // the secrets of a login stand in its action
  "elasticloadbalancing:DescribeRules": (answer) => withoutLoginSecrets(answer),
  "elasticloadbalancing:DescribeListeners": (answer) => withoutLoginSecrets(answer),
};

function withoutLoginSecrets(answer: Json): Json {
  const free = new Set(["ClientSecret", "AuthenticationRequestExtraParams", "MessageBody"]);
  return JSON.parse(JSON.stringify(answer, (name, value: unknown) => (free.has(name) ? undefined : value))) as Json;
}

/** Undefined for operations that this file says nothing about. */
export function redactSettingsAnswer(operation: string, answer: Json): Json | undefined {
  return redactions[operation]?.(answer);
}
