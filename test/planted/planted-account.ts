/**
 * An account, as data, in which every rule of the catalogue has a hit and what an exemption spares is there too: what a refusal may not
 * resolve, and what it may not open.
 */
import type { Call } from "../../shared/aws/client-options.ts";
import { account, awsError, functionArn, type StubData } from "../stub-account.ts";
import { codeAnswers } from "./planted-code.ts";
import { alarms, failing, functions, nightly, now, onBackupFailure, warmer, yearly, yearlyToQueue } from "./planted-functions.ts";

const place = `eu-west-1:${account}`;
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const long = daysAgo(500);
/** Older than the thresholds of unused things, younger than twice that. */
const middle = daysAgo(120);
/** The same for what is left over. */
const young = daysAgo(20);
const everybody = (action: string, resource: string, more: object = {}) =>
  JSON.stringify({ Statement: [{ Sid: "Open", Effect: "Allow", Principal: "*", Action: action, Resource: resource, ...more }] });
const anybodysService = (action: string, resource: string) =>
  everybody(action, resource, { Principal: { Service: "events.amazonaws.com" } });
const queueArn = (name: string) => `arn:aws:sqs:${place}:${name}`;
const topicArn = (name: string) => `arn:aws:sns:${place}:${name}`;

/** Policies of functions, by name. */
const functionPolicies: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  "open-url": [
    {
      Sid: "Url",
      Effect: "Allow",
      Principal: "*",
      Action: "lambda:InvokeFunctionUrl",
      Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } },
    },
    {
      Sid: "Invoke",
      Effect: "Allow",
      Principal: "*",
      Action: "lambda:InvokeFunction",
      Condition: { Bool: { "lambda:InvokedViaFunctionUrl": "true" } },
    },
  ],
  "guarded-worker": [
    { Sid: "Everybody", Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction" },
    { Sid: "Partner", Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "lambda:InvokeFunction" },
    { Sid: "Deputy", Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "lambda:InvokeFunction" },
    {
      Sid: "Gone",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Condition: { ArnLike: { "AWS:SourceArn": topicArn("gone") } },
    },
  ],
  "half-paused": [
    {
      Sid: "Api",
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Condition: { ArnLike: { "AWS:SourceArn": `arn:aws:execute-api:${place}:rest1/*/*/*` } },
    },
  ],
  "behind-api": [
    {
      Sid: "Api",
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Condition: { ArnLike: { "AWS:SourceArn": `arn:aws:execute-api:${place}:rest1/*/*/*` } },
    },
    {
      Sid: "SignedApi",
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Condition: { ArnLike: { "AWS:SourceArn": `arn:aws:execute-api:${place}:rest2/*/*/*` } },
    },
  ],
};

const queues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mails: { VisibilityTimeout: "2", RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("mails-dead"), maxReceiveCount: 5 }) },
  "mails-dead": { ApproximateNumberOfMessages: "12", MessageRetentionPeriod: "1209600" },
  "open-queue": { Policy: everybody("sqs:SendMessage", queueArn("open-queue")) },
  "unused-queue": { Policy: anybodysService("sqs:SendMessage", queueArn("unused-queue")) },
  "yearly-work": {},
  // a function polls it that has not run for as long
  "old-imports": {},
};

const topics: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "open-topic": { Policy: everybody("sns:Publish", topicArn("open-topic")) },
  "unused-topic": { Policy: anybodysService("sns:Publish", topicArn("unused-topic")) },
  "alarm-topic": {},
};

const rest = {
  id: "root",
  path: "/",
  resourceMethods: {
    GET: {
      httpMethod: "GET",
      authorizationType: "NONE",
      methodIntegration: {
        type: "AWS_PROXY",
        httpMethod: "POST",
        uri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn("behind-api")}/invocations`,
        timeoutInMillis: 29_000,
      },
    },
  },
};

/** Another way to a function one of whose triggers is switched off: so it is not paused. */
const halfRest = {
  id: "half",
  path: "/half",
  resourceMethods: {
    GET: {
      ...rest.resourceMethods.GET,
      authorizationType: "AWS_IAM",
      methodIntegration: {
        ...rest.resourceMethods.GET.methodIntegration,
        uri: rest.resourceMethods.GET.methodIntegration.uri.replace("behind-api", "half-paused"),
      },
    },
  },
};

const signedRest = { ...rest, resourceMethods: { GET: { ...rest.resourceMethods.GET, authorizationType: "AWS_IAM" } } };

const allow = (statement: Readonly<Record<string, unknown>>) =>
  encodeURIComponent(JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }));
const aRole = (name: string, service: string, more: Readonly<Record<string, unknown>> = {}) => ({
  RoleName: name,
  Arn: `arn:aws:iam::${account}:role/${name}`,
  Path: "/",
  CreateDate: long,
  AssumeRolePolicyDocument: allow({ Principal: { Service: service }, Action: "sts:AssumeRole" }),
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  ...more,
});

/** Its role is another function's. */
const sharesRole = "hourly-copy";

/** What the roles of functions may do beyond measure, by function. */
const rolePolicies: Readonly<Record<string, readonly object[]>> = Object.fromEntries(
  Object.entries({
    "a-little-loose": { Action: "iam:*", Resource: "*" },
    "tight-lately": { Action: "iam:PutRolePolicy", Resource: `arn:aws:iam::${account}:role/tight-*` },
    "orders-api": {
      Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
      Resource: `arn:aws:dynamodb:${place}:table/orders`,
    },
    "go-worker": { Action: "s3:GetObject", Resource: "arn:aws:s3:::planted-readable/*" },
    mailer: { Action: ["sts:GetCallerIdentify", "logs:PutLogEvents"], Resource: "*" },
  }).map(([name, statement]) => [name, [{ PolicyName: "inline", PolicyDocument: allow(statement) }]]),
);

/** Buckets by name: policy, and whether its public access is blocked. */
const buckets: Readonly<Record<string, { readonly policy?: string; readonly blocked: boolean }>> = {
  "planted-writable": { policy: everybody("s3:PutObject", "arn:aws:s3:::planted-writable/*"), blocked: false },
  "planted-readable": { policy: everybody("s3:GetObject", "arn:aws:s3:::planted-readable/*"), blocked: false },
  "planted-unblocked": { blocked: false },
  "planted-deputy": { policy: anybodysService("s3:PutObject", "arn:aws:s3:::planted-deputy/*"), blocked: true },
  "planted-closed-by-block": { policy: everybody("s3:GetObject", "arn:aws:s3:::planted-closed-by-block/*"), blocked: true },
};

/** Published versions that an alias leads to, by function. */
const versions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "old-behind-alias": {
    Runtime: "python3.8",
    Timeout: 4,
    // nobody else has these two
    Role: `arn:aws:iam::${account}:role/of-an-old-version`,
    Layers: [{ Arn: `arn:aws:lambda:${place}:layer:of-an-old-version:1` }],
  },
  "slow-behind-alias": { Runtime: "nodejs24.x", Timeout: 10, Role: `arn:aws:iam::${account}:role/slow-behind-alias-role` },
};

const bucketOf = ({ input }: Call) => buckets[String(input.Bucket)];

const ageOf = (name: unknown) => (String(name).endsWith("-younger") ? middle : long);

const answers: NonNullable<StubData["answers"]> = {
  ...codeAnswers,
  // nobody ever used S3
  "iam:GetServiceLastAccessedDetails": () => ({
    JobStatus: "COMPLETED",
    ServicesLastAccessed: [{ ServiceNamespace: "dynamodb", LastAuthenticated: now }, { ServiceNamespace: "s3" }],
    IsTruncated: false,
  }),
  "lambda:GetPolicy": ({ input }) => {
    const name = String(input.FunctionName).split(":").at(-1) ?? "";
    const statements = functionPolicies[name];
    if (!statements) throw awsError("ResourceNotFoundException");
    return { Policy: JSON.stringify({ Statement: statements.map((one) => ({ ...one, Resource: functionArn(name) })) }) };
  },
  "lambda:ListFunctionUrlConfigs": ({ input }) =>
    String(input.FunctionName).endsWith("open-url")
      ? {
          FunctionUrlConfigs: [
            { FunctionUrl: "https://abc.lambda-url.eu-west-1.on.aws/", FunctionArn: functionArn("open-url"), AuthType: "NONE" },
          ],
        }
      : { FunctionUrlConfigs: [] },
  "lambda:ListAliases": ({ input }) => {
    const name = String(input.FunctionName);
    return {
      Aliases: versions[name] ? [{ Name: "live", AliasArn: `${functionArn(name)}:live`, FunctionVersion: "3", RevisionId: "r1" }] : [],
    };
  },
  "lambda:GetFunctionConfiguration": ({ input }) => {
    const name = String(input.FunctionName);
    return { FunctionName: name, FunctionArn: functionArn(name), ...versions[name] };
  },
  "lambda:ListLayers": () => ({
    Layers: [
      {
        LayerName: "old-layer",
        LatestMatchingVersion: {
          LayerVersionArn: `arn:aws:lambda:${place}:layer:old-layer:3`,
          Version: 3,
          CreatedDate: "2025-01-01T00:00:00.000+0000",
        },
      },
      {
        LayerName: "of-an-old-version",
        LatestMatchingVersion: {
          LayerVersionArn: `arn:aws:lambda:${place}:layer:of-an-old-version:1`,
          Version: 1,
          CreatedDate: "2025-01-01T00:00:00.000+0000",
        },
      },
      {
        LayerName: "younger-layer",
        LatestMatchingVersion: {
          LayerVersionArn: `arn:aws:lambda:${place}:layer:younger-layer:1`,
          Version: 1,
          CreatedDate: middle.toISOString().replace("Z", "+0000"),
        },
      },
    ],
  }),
  "apigateway:GetRestApis": () => ({
    items: [
      { id: "rest1", name: "shop", createdDate: long },
      // its function has no permission for it: callers get an error, and nothing runs
      { id: "rest3", name: "not-let-in", createdDate: middle },
      { id: "rest2", name: "signed", createdDate: long, policy: everybody("execute-api:Invoke", `arn:aws:execute-api:${place}:rest2/*`) },
    ],
  }),
  "apigateway:GetResources": ({ input }) => ({
    items: input.restApiId === "rest2" ? [signedRest] : input.restApiId === "rest1" ? [rest, halfRest] : [rest],
  }),
  "apigateway:GetStages": () => ({ item: [{ stageName: "prod" }] }),
  "apigateway:GetAuthorizers": () => ({ items: [{ id: "auth1", name: "forgotten", type: "COGNITO_USER_POOLS", providerARNs: [] }] }),
  "appsync:ListGraphqlApis": () => ({
    graphqlApis: [{ apiId: "gql1", name: "old-graph", arn: `arn:aws:appsync:${place}:apis/gql1`, authenticationType: "AWS_IAM" }],
  }),
  "dynamodb:ListTables": () => ({ TableNames: ["unused-table", "unused-table-younger"] }),
  "dynamodb:DescribeTable": ({ input }) => ({
    Table: {
      TableName: input.TableName,
      TableArn: `arn:aws:dynamodb:${place}:table/${input.TableName}`,
      CreationDateTime: ageOf(input.TableName),
    },
  }),
  "events:ListEventBuses": () => ({
    EventBuses: [
      { Name: "default", Arn: `arn:aws:events:${place}:event-bus/default` },
      {
        Name: "open-bus",
        Arn: `arn:aws:events:${place}:event-bus/open-bus`,
        Policy: everybody("events:PutEvents", `arn:aws:events:${place}:event-bus/open-bus`),
      },
    ],
  }),
  "firehose:ListDeliveryStreams": () => ({
    DeliveryStreamNames: ["unused-delivery", "unused-delivery-younger"],
    HasMoreDeliveryStreams: false,
  }),
  "firehose:DescribeDeliveryStream": ({ input }) => ({
    DeliveryStreamDescription: {
      DeliveryStreamName: input.DeliveryStreamName,
      DeliveryStreamARN: `arn:aws:firehose:${place}:deliverystream/${input.DeliveryStreamName}`,
      CreateTimestamp: ageOf(input.DeliveryStreamName),
      Destinations: [],
    },
  }),
  "kinesis:ListStreams": () => ({
    StreamSummaries: ["unused-stream", "unused-stream-younger"].map((StreamName) => ({
      StreamName,
      StreamARN: `arn:aws:kinesis:${place}:stream/${StreamName}`,
      StreamStatus: "ACTIVE",
      StreamCreationTimestamp: ageOf(StreamName),
    })),
  }),
  "kinesis:DescribeStreamSummary": ({ input }) => ({
    StreamDescriptionSummary: {
      StreamName: input.StreamName,
      StreamARN: `arn:aws:kinesis:${place}:stream/${input.StreamName}`,
      StreamCreationTimestamp: ageOf(input.StreamName),
      EncryptionType: "NONE",
      RetentionPeriodHours: 24,
    },
  }),
  "logs:DescribeLogGroups": ({ input }) => {
    const all = ["gone-function", "lately-gone-function", "orders-api"].map((name) => ({
      logGroupName: `/aws/lambda/${name}`,
      arn: `arn:aws:logs:${place}:log-group:/aws/lambda/${name}:*`,
      creationTime: (name === "lately-gone-function" ? young : long).getTime(),
      storedBytes: 5_000_000,
    }));
    const prefix = String(input.logGroupNamePrefix ?? "");
    return { logGroups: all.filter(({ logGroupName }) => logGroupName.startsWith(prefix)) };
  },
  "secretsmanager:ListSecrets": () => ({
    SecretList: [
      {
        ARN: `arn:aws:secretsmanager:${place}:secret:unused-AbCdEf`,
        Name: "unused",
        CreatedDate: long,
        LastAccessedDate: new Date("2026-01-01"),
      },
      {
        ARN: `arn:aws:secretsmanager:${place}:secret:unused-younger-AbCdEf`,
        Name: "unused-younger",
        CreatedDate: long,
        LastAccessedDate: middle,
      },
      {
        ARN: `arn:aws:secretsmanager:${place}:secret:rotated-AbCdEf`,
        Name: "rotated",
        CreatedDate: long,
        LastAccessedDate: now,
        RotationEnabled: true,
        RotationLambdaARN: functionArn("rotate-password"),
        RotationRules: { AutomaticallyAfterDays: 365 },
      },
    ],
  }),
  "sns:ListTopics": () => ({ Topics: Object.keys(topics).map((name) => ({ TopicArn: topicArn(name) })) }),
  "sns:GetTopicAttributes": ({ input }) => {
    const name = String(input.TopicArn).split(":").at(-1) ?? "";
    return { Attributes: { TopicArn: topicArn(name), SubscriptionsConfirmed: "1", ...topics[name] } };
  },
  "sns:ListSubscriptions": () => ({
    Subscriptions: Object.keys(topics).map((name) => ({
      SubscriptionArn: `${topicArn(name)}:1c2d3e4f-0000-4000-8000-000000000000`,
      TopicArn: topicArn(name),
      Protocol: "sqs",
      Endpoint: queueArn("mails"),
    })),
  }),
  "states:ListStateMachines": () => ({
    stateMachines: ["unused-machine", "unused-machine-younger"].map((name) => ({
      name,
      stateMachineArn: `arn:aws:states:${place}:stateMachine:${name}`,
      type: "STANDARD",
      creationDate: ageOf(name),
    })),
  }),
  "states:DescribeStateMachine": ({ input }) => ({
    stateMachineArn: input.stateMachineArn,
    name: String(input.stateMachineArn).split(":").at(-1),
    status: "ACTIVE",
    creationDate: ageOf(input.stateMachineArn),
    definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}',
    roleArn: `arn:aws:iam::${account}:role/machine-role`,
  }),
  "iam:GetAccountAuthorizationDetails": () => ({
    RoleDetailList: [
      ...functions.flatMap(({ name }) =>
        name === sharesRole || name === "go-worker"
          ? []
          : [aRole(`${name}-role`, "lambda.amazonaws.com", { RolePolicyList: rolePolicies[name] ?? [] })],
      ),
      aRole("for-go", "lambda.amazonaws.com", { RolePolicyList: rolePolicies["go-worker"] }),
      aRole("left-over", "lambda.amazonaws.com"),
      aRole("of-an-old-version", "lambda.amazonaws.com"),
      aRole("lately-left-over", "lambda.amazonaws.com", { CreateDate: young }),
      aRole("lately-used", "lambda.amazonaws.com", { RoleLastUsed: { LastUsedDate: middle, Region: "eu-west-1" } }),
      aRole("mesh", "appmesh.amazonaws.com", {
        AttachedManagedPolicies: [{ PolicyName: "AWSAppMeshEnvoyAccess", PolicyArn: "arn:aws:iam::aws:policy/AWSAppMeshEnvoyAccess" }],
      }),
    ],
    Policies: [
      {
        Arn: "arn:aws:iam::aws:policy/AWSAppMeshEnvoyAccess",
        DefaultVersionId: "v1",
        PolicyVersionList: [
          { VersionId: "v1", IsDefaultVersion: true, Document: allow({ Action: "appmesh:StreamAggregatedResources", Resource: "*" }) },
        ],
      },
    ],
  }),
  "s3:ListBuckets": () => ({ Buckets: Object.keys(buckets).map((Name) => ({ Name, CreationDate: long, BucketRegion: "eu-west-1" })) }),
  "s3:GetBucketLocation": () => ({ LocationConstraint: "eu-west-1" }),
  "s3:GetBucketPolicy": (call) => {
    const policy = bucketOf(call)?.policy;
    if (!policy) throw awsError("NoSuchBucketPolicy");
    return { Policy: policy };
  },
  "s3:GetBucketPolicyStatus": (call) => {
    const policy = bucketOf(call)?.policy;
    if (!policy) throw awsError("NoSuchBucketPolicy");
    return { PolicyStatus: { IsPublic: true } };
  },
  "s3:GetPublicAccessBlock": (call) => {
    if (!bucketOf(call)?.blocked) throw awsError("NoSuchPublicAccessBlockConfiguration");
    const on = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    return { PublicAccessBlockConfiguration: on };
  },
  "s3control:GetPublicAccessBlock": () => {
    throw awsError("NoSuchPublicAccessBlockConfiguration");
  },
};

/** When the account was first looked at. */
export const earlier = new Date(now.getTime() - 130 * 86_400_000);

/** The account on the day `now`; its clock is the test's to move. */
export function plantedAccount(): StubData {
  return {
    now,
    regions: ["eu-west-1"],
    functions,
    queues,
    alarms,
    rules: [warmer, nightly, yearly, onBackupFailure, yearlyToQueue, ...failing],
    mappings: [
      ...["paused", "paused-from-the-start"].map((name, n) => ({
        UUID: `00000000-0000-4000-8000-00000000001${n}`,
        FunctionArn: functionArn(name),
        EventSourceArn: queueArn("mails"),
        State: "Disabled",
      })),
      {
        UUID: "00000000-0000-4000-8000-000000000009",
        FunctionArn: functionArn("half-paused"),
        EventSourceArn: queueArn("mails"),
        State: "Disabled",
      },
      {
        UUID: "00000000-0000-4000-8000-000000000001",
        FunctionArn: functionArn("mailer"),
        EventSourceArn: queueArn("mails"),
        State: "Enabled",
      },
      {
        UUID: "00000000-0000-4000-8000-000000000003",
        FunctionArn: functionArn("legacy-import"),
        EventSourceArn: queueArn("old-imports"),
        State: "Enabled",
      },
      {
        UUID: "00000000-0000-4000-8000-000000000002",
        FunctionArn: functionArn("report"),
        EventSourceArn: queueArn("gone"),
        State: "Enabled",
      },
    ],
    answers,
  };
}
