/**
 * What is known of each type of resource, a row a type: the one place that a new type has to be written into.
 * Sources: the services' pages in the service authorization reference (ARNs), the tagging API's list of supported types, the addresses
 * that the AWS console shows, and the services' CloudWatch pages.
 */
export const resourceTypesAsOf = "2026-11-24";

export interface ResourceTypeRow {
  /** One of it, in the words of people; absent: the last part of the type, `state machine`. */
  readonly word?: string;
  /** Its ARN: the service, and how the resource part begins (up to the first `:` or `/`); empty: what the service has without a beginning. */
  readonly arn?: readonly [service: string, begin: string];
  /** As the tagging API names it, where its tags are read there. */
  readonly tagged?: string;
  /** The console's path; `{name}`, `{arn}`, `{id}` (the end of the ARN), `{region}`, and `{name$}` as CloudWatch encodes it. */
  readonly console?: string;
  /** A part of something else: whoever owns that owns it, and AWS lets most of them have no tags. */
  readonly part?: true;
  /** Why its silence says nothing, where AWS keeps no trace of its use that we could ask for. */
  readonly traceless?: string;
}

const api = "apigateway/main/apis/{id}/resources?api={id}&region={region}";
const lookUps = "look-ups in Cloud Map leave no trace";

/** By CloudFormation type; those whose tags are read first, in the order in which they are asked for. */
export const resourceTypes: Readonly<Record<string, ResourceTypeRow>> = {
  "AWS::Lambda::Function": {
    arn: ["lambda", "function"],
    tagged: "lambda:function",
    console: "lambda/home?region={region}#/functions/{name}",
  },
  "AWS::SQS::Queue": { arn: ["sqs", ""], tagged: "sqs" },
  "AWS::SNS::Topic": { arn: ["sns", ""], tagged: "sns", console: "sns/v3/home?region={region}#/topic/{arn}" },
  "AWS::DynamoDB::Table": {
    arn: ["dynamodb", "table"],
    tagged: "dynamodb:table",
    console: "dynamodbv2/home?region={region}#table?name={name}",
  },
  "AWS::S3::Bucket": { arn: ["s3", ""], tagged: "s3", console: "s3/buckets/{name}?region={region}" },
  "AWS::ApiGateway::RestApi": { word: "REST API", arn: ["apigateway", "/restapis"], tagged: "apigateway", console: api },
  "AWS::ApiGatewayV2::Api": { word: "HTTP API", arn: ["apigateway", "/apis"], tagged: "apigateway", console: api },
  "AWS::AppSync::GraphQLApi": { word: "GraphQL API", arn: ["appsync", "apis"], tagged: "appsync" },
  "AWS::StepFunctions::StateMachine": {
    arn: ["states", "stateMachine"],
    tagged: "states:stateMachine",
    console: "states/home?region={region}#/statemachines/view/{arn}",
  },
  "AWS::Kinesis::Stream": { arn: ["kinesis", "stream"], tagged: "kinesis:stream" },
  "AWS::KinesisFirehose::DeliveryStream": { arn: ["firehose", "deliverystream"], tagged: "firehose:deliverystream" },
  "AWS::Events::Rule": { arn: ["events", "rule"], tagged: "events:rule" },
  "AWS::SecretsManager::Secret": {
    arn: ["secretsmanager", "secret"],
    tagged: "secretsmanager:secret",
    console: "secretsmanager/secret?name={name}&region={region}",
  },
  "AWS::Logs::LogGroup": {
    arn: ["logs", "log-group"],
    tagged: "logs:log-group",
    console: "cloudwatch/home?region={region}#logsV2:log-groups/log-group/{name$}",
  },
  "AWS::Cognito::UserPool": {
    arn: ["cognito-idp", "userpool"],
    tagged: "cognito-idp:userpool",
    traceless: "sign-ins are counted by client, and none of the pool is known",
  },
  "AWS::ECR::Repository": { word: "image repository", arn: ["ecr", "repository"], tagged: "ecr:repository" },

  "AWS::ApiGateway::Authorizer": { part: true },
  "AWS::ApiGateway::Method": { word: "REST method", arn: ["execute-api", ""], part: true },
  "AWS::ApiGatewayV2::Authorizer": { part: true },
  "AWS::ApiGatewayV2::DomainName": {},
  "AWS::ApiGatewayV2::Route": { word: "HTTP route", part: true },
  "AWS::AppSync::Api": {},
  "AWS::CloudFormation::Stack": {
    word: "stack",
    part: true,
    console: "cloudformation/home?region={region}#/stacks/stackinfo?stackId={arn}",
  },
  "AWS::CloudFront::Distribution": { arn: ["cloudfront", "distribution"] },
  "AWS::CloudFront::Function": {},
  "AWS::CloudWatch::Alarm": { arn: ["cloudwatch", "alarm"] },
  "AWS::Cognito::IdentityPool": { traceless: "identity pools have no metric" },
  "AWS::DynamoDB::GlobalTable": {},
  "AWS::EC2::Subnet": { part: true },
  "AWS::EC2::VPC": { word: "VPC", arn: ["ec2", "vpc"], part: true },
  "AWS::EC2::VPCEndpoint": { part: true },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { arn: ["elasticloadbalancing", "loadbalancer"] },
  "AWS::ElasticLoadBalancingV2::TargetGroup": {},
  // CloudFormation has none: a layer of container images, which AWS knows by its digest only
  "AWS::ECR::ImageLayer": { word: "image layer", arn: ["ecr", "image-layer"], part: true },
  "AWS::Events::EventBus": { arn: ["events", "event-bus"] },
  "AWS::IAM::Group": {},
  "AWS::IAM::Role": { arn: ["iam", "role"], console: "iam/home#/roles/details/{name}" },
  "AWS::IAM::User": {},
  "AWS::IoT::TopicRule": { word: "IoT rule", arn: ["iot", "rule"] },
  "AWS::Lambda::Alias": { part: true },
  "AWS::Lambda::EventSourceMapping": { arn: ["lambda", "event-source-mapping"], part: true },
  "AWS::Lambda::LayerVersion": { word: "layer", arn: ["lambda", "layer"] },
  "AWS::Lambda::Url": { word: "function URL", part: true },
  "AWS::Lambda::Version": { part: true },
  "AWS::Lambda::WebFunction": {},
  "AWS::Pipes::Pipe": { arn: ["pipes", "pipe"] },
  "AWS::SSM::Parameter": { arn: ["ssm", "parameter"], traceless: "AWS does not say when a parameter was read" },
  "AWS::Scheduler::Schedule": { arn: ["scheduler", "schedule"] },
  "AWS::ServiceDiscovery::HttpNamespace": { traceless: lookUps },
  "AWS::ServiceDiscovery::PrivateDnsNamespace": { traceless: lookUps },
  "AWS::ServiceDiscovery::PublicDnsNamespace": { traceless: lookUps },
  "AWS::ServiceDiscovery::Service": { traceless: lookUps },
  "AWS::VpcLattice::Service": {},
  "AWS::VpcLattice::TargetGroup": {},
};
