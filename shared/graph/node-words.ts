/** What an end of a relation is, judged by its ARN alone: for what no collector listed as a resource. Pure. */

import { parseArn } from "../model/arn.ts";
import { outside } from "../model/graph.ts";

export interface NodeWords {
  /** CloudFormation type; `outside` for the world, `address` for a URL, `service` for a service of AWS. */
  readonly type: string;
  readonly name: string;
  /** AWS Region, or `global`. */
  readonly region: string;
}

/** Service, beginning of the resource part (up to the first `:` or `/`) -> type. A service's first row is what it has without one. */
const types: readonly (readonly [service: string, begin: string, type: string])[] = [
  ["lambda", "function", "AWS::Lambda::Function"],
  ["lambda", "layer", "AWS::Lambda::LayerVersion"],
  ["lambda", "event-source-mapping", "AWS::Lambda::EventSourceMapping"],
  ["sqs", "", "AWS::SQS::Queue"],
  ["sns", "", "AWS::SNS::Topic"],
  ["s3", "", "AWS::S3::Bucket"],
  ["dynamodb", "table", "AWS::DynamoDB::Table"],
  ["kinesis", "stream", "AWS::Kinesis::Stream"],
  ["firehose", "deliverystream", "AWS::KinesisFirehose::DeliveryStream"],
  ["events", "rule", "AWS::Events::Rule"],
  ["events", "event-bus", "AWS::Events::EventBus"],
  ["pipes", "pipe", "AWS::Pipes::Pipe"],
  ["scheduler", "schedule", "AWS::Scheduler::Schedule"],
  ["states", "stateMachine", "AWS::StepFunctions::StateMachine"],
  ["iam", "role", "AWS::IAM::Role"],
  ["logs", "log-group", "AWS::Logs::LogGroup"],
  ["cloudwatch", "alarm", "AWS::CloudWatch::Alarm"],
  ["secretsmanager", "secret", "AWS::SecretsManager::Secret"],
  ["ssm", "parameter", "AWS::SSM::Parameter"],
  ["ecr", "repository", "AWS::ECR::Repository"],
  ["cognito-idp", "userpool", "AWS::Cognito::UserPool"],
  ["cloudfront", "distribution", "AWS::CloudFront::Distribution"],
  ["elasticloadbalancing", "loadbalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer"],
  ["execute-api", "", "AWS::ApiGateway::Method"],
  ["apigateway", "/restapis", "AWS::ApiGateway::RestApi"],
  ["apigateway", "/apis", "AWS::ApiGatewayV2::Api"],
  ["appsync", "apis", "AWS::AppSync::GraphQLApi"],
  ["iot", "rule", "AWS::IoT::TopicRule"],
  ["ec2", "vpc", "AWS::EC2::VPC"],
];

/** Type, name and Region of a node by what it is called in relations. */
export function nodeWords(node: string): NodeWords {
  if (node === outside.internet) return { type: "outside", name: "the internet", region: "global" };
  const [kind = "", region = "", rest = ""] = node.split(":");
  if (kind === "account" || kind === "organization") return { type: "outside", name: `${kind} ${region}`, region: "global" };
  if (kind === "service") return { type: "service", name: region, region: "global" };
  if (kind === "vpc") return { type: "AWS::EC2::VPC", name: rest, region };
  const arn = parseArn(node);
  if (!arn) return { type: "address", name: node.replace(/^(?:https?|kafka):\/\//, "").replace(/\/$/, ""), region: "global" };
  const rows = types.filter(([service]) => service === arn.service);
  const found = rows.find(
    ([, begin]) => begin !== "" && arn.resource.split(begin)[0] === "" && /^[:/]/.test(arn.resource.slice(begin.length)),
  );
  const type = (found ?? rows.find(([, begin]) => begin === ""))?.[2] ?? `AWS::${arn.service}`;
  return { type, name: nameIn(arn.resource, type), region: arn.region || "global" };
}

function nameIn(resource: string, type: string): string {
  if (/^(AWS::SQS|AWS::SNS|AWS::S3::)/.test(type)) return resource;
  if (type === "AWS::ApiGateway::Method") return resource;
  if (type === "AWS::Logs::LogGroup") return resource.replace(/^log-group:/, "").replace(/:\*$/, "");
  if (type === "AWS::ECR::Repository") return resource.replace(/^repository\//, "");
  if (type === "AWS::SSM::Parameter") return resource.replace(/^parameter/, "");
  if (type === "AWS::DynamoDB::Table") return resource.split("/")[1] ?? resource;
  if (/^AWS::Lambda::|^AWS::StepFunctions|^AWS::CloudWatch|^AWS::SecretsManager/.test(type)) return resource.split(":").slice(1).join(":");
  if (type === "AWS::ElasticLoadBalancingV2::LoadBalancer") return resource.split("/")[2] ?? resource;
  return resource.split("/").at(-1) || resource;
}
