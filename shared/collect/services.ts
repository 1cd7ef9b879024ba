/** The list of service collectors, in the order of the document; a test compares it with the folders. */

import { httpApisCollector } from "./apigateway/http-apis.ts";
import { restApisCollector } from "./apigateway/rest-apis.ts";
import { appsyncCollector } from "./appsync/appsync.ts";
import { stacksCollector } from "./cloudformation/stacks.ts";
import { cloudfrontCollector } from "./cloudfront/cloudfront.ts";
import { functionCallsCollector } from "./cloudtrail/function-calls.ts";
import { alarmsCollector } from "./cloudwatch/alarms.ts";
import { cognitoCollector } from "./cognito/cognito.ts";
import type { ServiceCollector } from "./contract/service-collector.ts";
import { dynamodbCollector } from "./dynamodb/dynamodb.ts";
import { vpcCollector } from "./ec2/vpc.ts";
import { ecrCollector } from "./ecr/ecr.ts";
import { loadBalancersCollector } from "./elasticloadbalancingv2/load-balancers.ts";
import { eventBusesCollector } from "./events/event-buses.ts";
import { iamCollector } from "./iam/iam.ts";
import { iotCollector } from "./iot/iot.ts";
import { kinesisCollector } from "./kinesis/kinesis.ts";
import { firehoseCollector } from "./kinesisfirehose/firehose.ts";
import { lambdaAccessCollector } from "./lambda/lambda-access.ts";
import { webFunctionsCollector } from "./lambda/web-functions.ts";
import { logGroupsCollector } from "./logs/log-groups.ts";
import { pipesCollector } from "./pipes/pipes.ts";
import { s3Collector } from "./s3/s3.ts";
import { schedulerCollector } from "./scheduler/scheduler.ts";
import { secretsCollector } from "./secretsmanager/secrets.ts";
import { cloudMapCollector } from "./servicediscovery/cloud-map.ts";
import { snsCollector } from "./sns/sns.ts";
import { sqsCollector } from "./sqs/sqs.ts";
import { parametersCollector } from "./ssm/parameters.ts";
import { stepFunctionsCollector } from "./stepfunctions/step-functions.ts";
import { latticeCollector } from "./vpclattice/lattice.ts";

export const services: readonly ServiceCollector[] = [
  stacksCollector,
  alarmsCollector,
  restApisCollector,
  httpApisCollector,
  cloudMapCollector,
  ecrCollector,
  iotCollector,
  latticeCollector,
  parametersCollector,
  secretsCollector,
  vpcCollector,
  webFunctionsCollector,
  lambdaAccessCollector,
  appsyncCollector,
  loadBalancersCollector,
  cognitoCollector,
  cloudfrontCollector,
  iamCollector,
  sqsCollector,
  snsCollector,
  s3Collector,
  eventBusesCollector,
  pipesCollector,
  schedulerCollector,
  stepFunctionsCollector,
  dynamodbCollector,
  kinesisCollector,
  firehoseCollector,
  logGroupsCollector,
  functionCallsCollector,
];
