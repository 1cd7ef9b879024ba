/** What lies around the functions of a planned account, made with the calls that its owners would have made. */
import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import type { Clients } from "../../shared/aws/clients.ts";
import {
  type AccountPlan,
  mainRegion,
  type PlannedApi,
  type PlannedBucket,
  type PlannedTopic,
  plannedFunction,
  regionOfStarted,
} from "./account-plan.ts";
import { apiId, functionArn } from "./planned-names.ts";

/** Under this tag the emulator takes an id that it would draw by lot; nobody is shown it. */
export const idTag = "_custom_id_";

/** Makes what `plan` has besides functions and their triggers; the functions are there already. */
export async function createInventory(clients: Clients, account: string, plan: AccountPlan): Promise<void> {
  for (const { name, key, tags } of plan.tables ?? []) {
    const keys = {
      AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" as const }],
      KeySchema: [{ AttributeName: key, KeyType: "HASH" as const }],
    };
    await clients
      .dynamodb(mainRegion)
      .send(new CreateTableCommand({ TableName: name, ...keys, BillingMode: "PAY_PER_REQUEST", Tags: pairs(tags) }));
  }
  for (const topic of plan.topics ?? []) await createTopic(clients, account, plan, topic);
  for (const bucket of plan.buckets ?? []) await createBucket(clients, account, plan, bucket);
  for (const api of plan.apis ?? []) await createApi(clients, account, plan, api);
  for (const { name } of plan.logGroups ?? []) await clients.logs(mainRegion).send(new CreateLogGroupCommand({ logGroupName: name }));
  for (const { role, name, statements } of plan.rolePolicies ?? []) {
    const Statement = statements.map(({ actions, resources }) => ({ Effect: "Allow", Action: actions, Resource: resources }));
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await clients.iam(mainRegion).send(new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument }));
  }
}

async function createTopic(clients: Clients, account: string, plan: AccountPlan, { name, starts, tags }: PlannedTopic): Promise<void> {
  const sns = clients.sns(regionOfStarted(plan, starts));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: name, Tags: pairs(tags) }));
  const Endpoint = functionArn(account, plannedFunction(plan, starts));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "lambda", Endpoint }));
}

async function createBucket(clients: Clients, account: string, plan: AccountPlan, bucket: PlannedBucket): Promise<void> {
  const { name: Bucket, everybodyMay, website, blocked, tlsOnly, notifies, tags } = bucket;
  const s3 = clients.s3(mainRegion);
  const LocationConstraint = mainRegion as BucketLocationConstraint;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  const Resource = `arn:aws:s3:::${Bucket}/*`;
  const Statement = [
    ...(everybodyMay ? [{ Sid: "Everybody", Effect: "Allow", Principal: "*", Action: everybodyMay, Resource }] : []),
    ...(tlsOnly
      ? [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${Bucket}`, Resource],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]
      : []),
  ];
  if (Statement.length > 0)
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
  if (tags) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: pairs(tags) } }));
  if (website) {
    await s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: "index.html" } } }));
  }
  if (blocked) {
    const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }));
  }
  if (notifies) {
    const LambdaFunctionArn = functionArn(account, plannedFunction(plan, notifies));
    const told = { Id: notifies, LambdaFunctionArn, Events: ["s3:ObjectCreated:*" as const] };
    await s3.send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { LambdaFunctionConfigurations: [told] } }),
    );
  }
}

async function createApi(clients: Clients, account: string, plan: AccountPlan, { name, stage, routes, tags }: PlannedApi): Promise<void> {
  const client = clients.apis(mainRegion);
  const restApiId = apiId(name);
  await client.send(
    new CreateRestApiCommand({ name, tags: { ...tags, [idTag]: restApiId }, endpointConfiguration: { types: ["REGIONAL"] } }),
  );
  const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
  const resources = new Map(items.map(({ path = "", id = "" }) => [path, id]));
  const resourceOf = async (path: string): Promise<string> => {
    const known = resources.get(path);
    if (known) return known;
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    const parentId = await resourceOf(parent);
    const made = await client.send(new CreateResourceCommand({ restApiId, parentId, pathPart: path.split("/").at(-1) }));
    resources.set(path, made.id ?? "");
    return made.id ?? "";
  };
  for (const { verb: httpMethod, path, starts, authorization = "NONE" } of routes) {
    const method = { restApiId, resourceId: await resourceOf(path), httpMethod };
    await client.send(new PutMethodCommand({ ...method, authorizationType: authorization }));
    const invocations = starts ? `${functionArn(account, plannedFunction(plan, starts))}/invocations` : "";
    const uri = `arn:aws:apigateway:${mainRegion}:lambda:path/2015-03-31/functions/${invocations}`;
    const integration = starts
      ? { type: "AWS_PROXY" as const, integrationHttpMethod: "POST", uri }
      : { type: "MOCK" as const, requestTemplates: { "application/json": '{"statusCode":200}' } };
    await client.send(new PutIntegrationCommand({ ...method, ...integration }));
  }
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: stage }));
}

function pairs(tags: Readonly<Record<string, string>> = {}): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
