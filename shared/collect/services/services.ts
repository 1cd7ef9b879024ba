/** The list of service collectors; a test compares it with the folder. */

import { alarmsCollector } from "./alarms.ts";
import { appsyncCollector } from "./appsync.ts";
import { cloudMapCollector } from "./cloud-map.ts";
import { cloudfrontCollector } from "./cloudfront.ts";
import { cognitoCollector } from "./cognito.ts";
import { dynamodbCollector } from "./dynamodb.ts";
import { ecrCollector } from "./ecr.ts";
import { eventBusesCollector } from "./event-buses.ts";
import { firehoseCollector } from "./firehose.ts";
import { functionCallsCollector } from "./function-calls.ts";
import { httpApisCollector } from "./http-apis.ts";
import { iamCollector } from "./iam.ts";
import { iotCollector } from "./iot.ts";
import { kinesisCollector } from "./kinesis.ts";
import { lambdaAccessCollector } from "./lambda-access.ts";
import { latticeCollector } from "./lattice.ts";
import { loadBalancersCollector } from "./load-balancers.ts";
import { logGroupsCollector } from "./log-groups.ts";
import { parametersCollector } from "./parameters.ts";
import { pipesCollector } from "./pipes.ts";
import { restApisCollector } from "./rest-apis.ts";
import { s3Collector } from "./s3.ts";
import { schedulerCollector } from "./scheduler.ts";
import { secretsCollector } from "./secrets.ts";
import type { ServiceCollector } from "./service-collector.ts";
import { snsCollector } from "./sns.ts";
import { sqsCollector } from "./sqs.ts";
import { stacksCollector } from "./stacks.ts";
import { stepFunctionsCollector } from "./step-functions.ts";
import { vpcCollector } from "./vpc.ts";
import { webFunctionsCollector } from "./web-functions.ts";

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
