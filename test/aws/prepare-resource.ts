/** Makes in the emulator what a finding is about, so that its commands have something to work on. */

import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { CreateGraphqlApiCommand } from "@aws-sdk/client-appsync";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { CreateEventBusCommand, PutPermissionCommand, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { CreateDeliveryStreamCommand } from "@aws-sdk/client-firehose";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateStreamCommand } from "@aws-sdk/client-kinesis";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  PublishLayerVersionCommand,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreateStateMachineCommand } from "@aws-sdk/client-sfn";
import { CreateTopicCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { CallCount } from "../../shared/aws/client-options.ts";
import { type Clients, createClients } from "../../shared/aws/clients.ts";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { account } from "./moto.ts";
import { unpaced } from "./unpaced.ts";

const region = "eu-west-1";
const roleArn = `arn:aws:iam::${account}:role/any-role`;

/** What stands in the commands for what AWS named itself. */
type Put = (text: string) => string;

/** Makes the resource of `finding` unless it is there. @returns puts the emulator's own ids into a command */
export async function prepare({ resource, remediation }: DocumentFinding): Promise<Put> {
  const clients = createClients({ pace: unpaced(), calls: new CallCount() });
  const { name, arn } = resource;
  const printed = remediation.commands.join("\n");
  const named = [...printed.matchAll(/--(?:statement-id|label) (\S+)/g)].map(([, sid = ""]) => sid);
  // who looks at a policy looks at one that is there
  const sids = named.length > 0 || !/get-policy|Policy/.test(printed) ? named : ["any"];
  const statements = (action: string, on: string) =>
    sids.map((Sid) => ({ Sid, Effect: "Allow", Principal: "*", Action: action, Resource: on }));
  const policy = (action: string, on: string) => JSON.stringify({ Version: "2012-10-17", Statement: statements(action, on) });
  // the emulator's queues have its own address
  const ids = new Map([[`https://sqs.${region}.amazonaws.com`, process.env.AWS_ENDPOINT_URL ?? ""]]);
  switch (resource.type) {
    case "AWS::Lambda::Function": {
      const lambda = clients.lambda(region);
      const roles = [...printed.matchAll(/--role-name (\S+)/g)].map(([, role = ""]) => role);
      for (const RoleName of ["any-role", ...roles])
        await unlessThere(() => clients.iam(region).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: "{}" })));
      await unlessThere(() =>
        lambda.send(
          new CreateFunctionCommand({
            FunctionName: name,
            Role: roleArn,
            Runtime: "nodejs22.x",
            Handler: "index.handler",
            Code: { ZipFile: emptyZip },
          }),
        ),
      );
      await unlessThere(() => lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: name, AuthType: "NONE" })));
      for (const StatementId of sids.filter((sid) => !sid.endsWith("-own-account")))
        await unlessThere(() =>
          lambda.send(new AddPermissionCommand({ FunctionName: name, StatementId, Action: "lambda:InvokeFunction", Principal: "*" })),
        );
      for (const [, rule = ""] of printed.matchAll(/(?:able-rule --name|list-targets-by-rule --rule) (\S+)/g))
        await clients.events(region).send(new PutRuleCommand({ Name: rule, ScheduleExpression: "rate(5 minutes)" }));
      break;
    }
    case "AWS::SQS::Queue":
      {
        const { QueueUrl } = await clients.sqs(region).send(new CreateQueueCommand({ QueueName: name }));
        if (sids.length > 0)
          await clients
            .sqs(region)
            .send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: policy("sqs:SendMessage", arn) } }));
      }
      break;
    case "AWS::SNS::Topic":
      await clients
        .sns(region)
        .send(new CreateTopicCommand({ Name: name, ...(sids.length > 0 ? { Attributes: { Policy: policy("sns:Publish", arn) } } : {}) }));
      break;
    case "AWS::Events::EventBus": {
      await unlessThere(() => clients.events(region).send(new CreateEventBusCommand({ Name: name })));
      if (sids.length > 0)
        await clients.events(region).send(new PutPermissionCommand({ EventBusName: name, Policy: policy("events:PutEvents", arn) }));
      break;
    }
    case "AWS::S3::Bucket":
      await unlessThere(() =>
        clients.s3(region).send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: region } })),
      );
      await clients
        .s3(region)
        .send(new PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) }));
      break;
    case "AWS::Kinesis::Stream":
      await unlessThere(() => clients.kinesis(region).send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 })));
      break;
    case "AWS::DynamoDB::Table":
      await unlessThere(() =>
        clients.dynamodb(region).send(
          new CreateTableCommand({
            TableName: name,
            BillingMode: "PAY_PER_REQUEST",
            KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
            AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          }),
        ),
      );
      break;
    case "AWS::Logs::LogGroup":
      await unlessThere(() => clients.logs(region).send(new CreateLogGroupCommand({ logGroupName: name })));
      break;
    case "AWS::StepFunctions::StateMachine":
      await unlessThere(() =>
        clients.stateMachines(region).send(
          new CreateStateMachineCommand({
            name,
            roleArn,
            definition: JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", End: true } } }),
          }),
        ),
      );
      break;
    case "AWS::SecretsManager::Secret": {
      const { ARN = "" } = await clients.secrets(region).send(new CreateSecretCommand({ Name: name, SecretString: "not one" }));
      ids.set(arn, ARN);
      break;
    }
    case "AWS::IAM::Role":
      await unlessThere(() => clients.iam(region).send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: "{}" })));
      break;
    case "AWS::ApiGateway::RestApi":
    case "AWS::ApiGateway::Authorizer":
    case "AWS::ApiGateway::Method": {
      const [, printed = ""] = /--rest-api-id (\S+)/.exec(remediation.commands.join(" ")) ?? [];
      for (const [id, made] of await anApi(clients, printed)) ids.set(id, made);
      break;
    }
    case "AWS::KinesisFirehose::DeliveryStream":
      await unlessThere(() =>
        clients.firehose(region).send(
          new CreateDeliveryStreamCommand({
            DeliveryStreamName: name,
            S3DestinationConfiguration: { RoleARN: roleArn, BucketARN: "arn:aws:s3:::any" },
          }),
        ),
      );
      break;
    case "AWS::AppSync::GraphQLApi": {
      const { graphqlApi } = await clients.appsync(region).send(new CreateGraphqlApiCommand({ name, authenticationType: "AWS_IAM" }));
      ids.set(/--api-id (\S+)/.exec(remediation.commands.join(" "))?.[1] ?? "", graphqlApi?.apiId ?? "");
      break;
    }
    case "AWS::Lambda::LayerVersion": {
      // AWS numbers the versions
      const [printed = "", layer = ""] = /--layer-name (\S+) --version-number \d+/.exec(remediation.commands.join(" ")) ?? [];
      const { Version = 0 } = await clients
        .lambda(region)
        .send(new PublishLayerVersionCommand({ LayerName: layer, Content: { ZipFile: emptyZip } }));
      ids.set(printed, `--layer-name ${layer} --version-number ${Version}`);
      break;
    }
    default:
      break;
  }
  return (text) => [...ids].reduce((line, [printed, made]) => line.replaceAll(printed, made), text);
}

/** An API with a method, an authorizer and a stage. @returns its ids, by those of the planted one */
async function anApi(clients: Clients, printed: string): Promise<[string, string][]> {
  const apis = clients.apis(region);
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const { id: restApiId, rootResourceId } = await apis.send(new CreateRestApiCommand({ name: "planted", policy }));
  const method = { restApiId, resourceId: rootResourceId, httpMethod: "GET" };
  await apis.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
  await apis.send(new PutIntegrationCommand({ ...method, type: "MOCK" }));
  const { id: authorizer = "" } = await apis.send(new CreateAuthorizerCommand({ restApiId, name: "any", type: "TOKEN" }));
  await apis.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
  return [
    [printed, restApiId ?? ""],
    ["--resource-id root", `--resource-id ${rootResourceId}`],
    ["auth1", authorizer],
  ];
}

async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!/Exists|Conflict|InUse|AlreadyOwned/.test((error as Error).name)) throw error;
  }
}

const emptyZip = Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64");
