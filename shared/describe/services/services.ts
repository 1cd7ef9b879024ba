/** What the answers of each service mean. One row a service; a test compares it with the list of services. */
import type { ServiceName } from "../../model/graph.ts";
import { describe as alarms } from "./alarms.ts";
import { describe as apis } from "./apis.ts";
import { describe as appsync } from "./appsync.ts";
import { describe as cloudMap } from "./cloud-map.ts";
import { describe as cloudfront } from "./cloudfront.ts";
import { describe as cognito } from "./cognito.ts";
import { describe as dynamodb } from "./dynamodb.ts";
import { describe as ecr } from "./ecr.ts";
import { describe as eventBuses } from "./event-buses.ts";
import { describe as eventHistory } from "./event-history.ts";
import { describe as firehose } from "./firehose.ts";
import { describe as functionCalls } from "./function-calls.ts";
import { describe as iam } from "./iam.ts";
import { describe as iot } from "./iot.ts";
import { describe as kinesis } from "./kinesis.ts";
import { describe as lambdaAccess } from "./lambda-access.ts";
import { describe as lattice } from "./lattice.ts";
import { describe as loadBalancers } from "./load-balancers.ts";
import { describe as logGroups } from "./log-groups.ts";
import { describe as parameters } from "./parameters.ts";
import { describe as pipes } from "./pipes.ts";
import { describe as resourceUsage } from "./resource-usage.ts";
import { describe as roleUse } from "./role-use.ts";
import { describe as s3 } from "./s3.ts";
import { describe as scheduler } from "./scheduler.ts";
import { describe as secrets } from "./secrets.ts";
import { describe as sns } from "./sns.ts";
import { describe as sqs } from "./sqs.ts";
import { describe as stacks } from "./stacks.ts";
import { describe as stepFunctions } from "./step-functions.ts";
import { describe as vpc } from "./vpc.ts";
import { describe as webFunctions } from "./web-functions.ts";

export const describers = {
  "lambda-access": lambdaAccess,
  "rest-apis": apis,
  "http-apis": apis,
  appsync,
  cloudfront,
  "load-balancers": loadBalancers,
  s3,
  sqs,
  sns,
  "event-buses": eventBuses,
  pipes,
  scheduler,
  "step-functions": stepFunctions,
  dynamodb,
  kinesis,
  firehose,
  "log-groups": logGroups,
  iam,
  cognito,
  secrets,
  parameters,
  ecr,
  iot,
  lattice,
  "cloud-map": cloudMap,
  vpc,
  "web-functions": webFunctions,
  stacks,
  alarms,
  "resource-usage": resourceUsage,
  "role-use": roleUse,
  "function-calls": functionCalls,
  "event-history": eventHistory,
} as const satisfies { readonly [Name in ServiceName]: unknown };

/** The type of the answers that a service's collector keeps. */
export type ServiceAnswers = { readonly [Name in ServiceName]: Parameters<(typeof describers)[Name]>[0] };
