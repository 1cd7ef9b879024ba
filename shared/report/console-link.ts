/** Where the AWS console shows a resource. */

import { parseArn } from "../model/arn.ts";
import type { Resource } from "../model/graph.ts";
import { isRegionName } from "../model/region-name.ts";

const domains: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

type Path = (name: string, arn: string, region: string) => string;

const e = encodeURIComponent;

/** Paths of the console by type; every foreign part is encoded. */
const paths: Readonly<Record<string, Path>> = {
  "AWS::Lambda::Function": (name, _, region) => `lambda/home?region=${region}#/functions/${e(name)}`,
  "AWS::S3::Bucket": (name, _, region) => `s3/buckets/${e(name)}?region=${region}`,
  "AWS::DynamoDB::Table": (name, _, region) => `dynamodbv2/home?region=${region}#table?name=${e(name)}`,
  "AWS::SNS::Topic": (_, arn, region) => `sns/v3/home?region=${region}#/topic/${e(arn)}`,
  "AWS::StepFunctions::StateMachine": (_, arn, region) => `states/home?region=${region}#/statemachines/view/${e(arn)}`,
  "AWS::CloudFormation::Stack": (_, arn, region) => `cloudformation/home?region=${region}#/stacks/stackinfo?stackId=${e(arn)}`,
  "AWS::SecretsManager::Secret": (name, _, region) => `secretsmanager/secret?name=${e(name)}&region=${region}`,
  "AWS::IAM::Role": (name) => `iam/home#/roles/details/${e(name)}`,
  "AWS::ApiGateway::RestApi": apiPath,
  "AWS::ApiGatewayV2::Api": apiPath,
  // CloudWatch encodes twice, with $ for %
  "AWS::Logs::LogGroup": (name, _, region) =>
    `cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${e(e(name)).replaceAll("%", "$")}`,
};

function apiPath(_: string, arn: string, region: string): string {
  const id = e(arn.split("/").at(-1) ?? "");
  return `apigateway/main/apis/${id}/resources?api=${id}&region=${region}`;
}

/** The console's address of the resource; undefined where none is known. */
export function consoleLink({ type, name, arn, region }: Pick<Resource, "type" | "name" | "arn" | "region">): string | undefined {
  const domain = domains[parseArn(arn)?.partition ?? ""];
  const path = paths[type];
  const isRegion = isRegionName(region);
  if (!domain || !path || !(isRegion || region === "global")) return undefined;
  return `https://${isRegion ? `${region}.` : ""}${domain}/${path(name, arn, region)}`;
}
