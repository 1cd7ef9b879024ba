/**
 * Types of resources in the AWS Security Finding Format, and where it wants the resource's name.
 * Source: "Resources ASFF object" of the AWS Security Hub CSPM user guide, as of 2026-11-27. A type that is not there is `Other`.
 */
import type { ResourceRef } from "../model/resource.ts";

interface AsffType {
  readonly type: string;
  /** The member of the details that holds the name. */
  readonly name?: string;
  /** The member that holds the ARN. */
  readonly arn?: string;
}

/** By CloudFormation type. */
const types: Readonly<Record<string, AsffType>> = {
  "AWS::::Account": { type: "AwsAccount" },
  "AWS::ApiGateway::RestApi": { type: "AwsApiGatewayRestApi", name: "Name" },
  "AWS::ApiGatewayV2::Api": { type: "AwsApiGatewayV2Api", name: "Name" },
  "AWS::AppSync::GraphQLApi": { type: "AwsAppSyncGraphQlApi", name: "Name", arn: "Arn" },
  "AWS::CloudFormation::Stack": { type: "AwsCloudFormationStack", name: "StackName", arn: "StackId" },
  "AWS::CloudFront::Distribution": { type: "AwsCloudFrontDistribution" },
  "AWS::CloudWatch::Alarm": { type: "AwsCloudWatchAlarm", name: "AlarmName" },
  "AWS::DynamoDB::Table": { type: "AwsDynamoDbTable", name: "TableName" },
  "AWS::EC2::Subnet": { type: "AwsEc2Subnet" },
  "AWS::EC2::VPC": { type: "AwsEc2Vpc" },
  "AWS::ECR::Repository": { type: "AwsEcrRepository", name: "RepositoryName", arn: "Arn" },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { type: "AwsElbv2LoadBalancer" },
  "AWS::Events::EventBus": { type: "AwsEventsEventbus", name: "Name", arn: "Arn" },
  "AWS::IAM::Group": { type: "AwsIamGroup", name: "GroupName" },
  "AWS::IAM::Role": { type: "AwsIamRole", name: "RoleName" },
  "AWS::IAM::User": { type: "AwsIamUser", name: "UserName" },
  "AWS::Kinesis::Stream": { type: "AwsKinesisStream", name: "Name", arn: "Arn" },
  "AWS::Lambda::Function": { type: "AwsLambdaFunction", name: "FunctionName" },
  "AWS::Lambda::LayerVersion": { type: "AwsLambdaLayerVersion" },
  "AWS::S3::Bucket": { type: "AwsS3Bucket", name: "Name" },
  "AWS::SNS::Topic": { type: "AwsSnsTopic", name: "TopicName" },
  "AWS::SQS::Queue": { type: "AwsSqsQueue", name: "QueueName" },
  "AWS::SecretsManager::Secret": { type: "AwsSecretsManagerSecret", name: "Name" },
  "AWS::StepFunctions::StateMachine": { type: "AwsStepFunctionStateMachine", name: "Name", arn: "StateMachineArn" },
};

/** The type's name in the format. */
export function asffTypeOf({ type }: Pick<ResourceRef, "type">): string {
  return Object.hasOwn(types, type) ? (types[type]?.type ?? "Other") : "Other";
}

/** Details under the type's name; undefined where the format has no place for what we know. Of a type without a place, its own under `Other`. */
export function asffDetailsOf({ type, name, arn }: Pick<ResourceRef, "type" | "name" | "arn">): Record<string, object> | undefined {
  const known = Object.hasOwn(types, type) ? types[type] : undefined;
  if (!known) return { Other: { Type: type, Name: name } };
  const details = { ...(known.name ? { [known.name]: name } : {}), ...(known.arn ? { [known.arn]: arn } : {}) };
  return Object.keys(details).length === 0 ? undefined : { [known.type]: details };
}
