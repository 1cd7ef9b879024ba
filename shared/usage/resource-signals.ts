/**
 * Which CloudWatch metric shows that a resource is used, by CloudFormation type. Traps from the services' metric pages:
 * a queue's own pollers keep its zeros coming, so the presence of a series proves nothing there; REST APIs go by name, not id;
 * a bucket has no request metrics unless somebody switched them on, its daily size shows writes only. Pure.
 */
import { resourceTypes } from "../data/resource-types.ts";
import type { Resource } from "../model/graph.ts";

export type Dimensions = Readonly<Record<string, string>>;

/** One series whose values tell of use. */
export interface Series {
  readonly namespace: string;
  readonly metric: string;
  readonly stat: "Sum" | "SampleCount" | "Average" | "Maximum" | "p99";
  readonly dimensions: Dimensions;
}

/** `positive`: a value above zero is use. `change`: a value other than the day before is a write. */
export interface Signal {
  readonly series: readonly Series[];
  readonly reading: "positive" | "change";
  /** Set where silence proves nothing: why. */
  readonly silenceIsUnknown?: string;
}

type SignalOf = (resource: Resource, requests: BucketRequests) => Signal | undefined;

const positive = { reading: "positive" } as const;

function one(namespace: string, metrics: readonly string[], stat: Series["stat"], dimensions: Dimensions): Series[] {
  return metrics.map((metric) => ({ namespace, metric, stat, dimensions }));
}

function detail(resource: Resource, name: string): string | undefined {
  const value = resource.details?.[name];
  return typeof value === "string" ? value : undefined;
}

function listed(resource: Resource, name: string): readonly string[] {
  const value = resource.details?.[name];
  return Array.isArray(value) ? value : [];
}

/** Reads of an index count by the index; writes to the table reach its indexes anyway. */
function table(resource: Resource): Signal {
  const metrics = ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"];
  const name = { TableName: resource.name };
  const indexes = listed(resource, "globalIndexes").flatMap((index) =>
    one("AWS/DynamoDB", ["ConsumedReadCapacityUnits"], "Sum", { ...name, GlobalSecondaryIndexName: index }),
  );
  return { series: [...one("AWS/DynamoDB", metrics, "Sum", name), ...indexes], ...positive };
}

function queue(resource: Resource): Signal {
  const metrics = ["NumberOfMessagesSent", "NumberOfMessagesReceived"];
  return { series: one("AWS/SQS", metrics, "Sum", { QueueName: resource.name }), ...positive };
}

function api(resource: Resource): Signal | undefined {
  const ApiId = detail(resource, "apiId") ?? resource.arn.split("/").at(-1);
  if (!ApiId) return undefined;
  const metrics = detail(resource, "protocol") === "WEBSOCKET" ? ["ConnectCount", "MessageCount"] : ["Count"];
  return { series: one("AWS/ApiGateway", metrics, "Sum", { ApiId }), ...positive };
}

function eventRule(resource: Resource): Signal {
  const bus = detail(resource, "bus") ?? detail(resource, "eventBusName") ?? "default";
  const dimensions = { ...(bus === "default" ? {} : { EventBusName: bus }), RuleName: resource.name };
  return { series: one("AWS/Events", ["Invocations", "MatchedEvents"], "Sum", dimensions), ...positive };
}

function deliveryStream(resource: Resource): Signal {
  const metrics = ["IncomingRecords", "DataReadFromKinesisStream.Records", "DataReadFromSource.Records"];
  return { series: one("AWS/Firehose", metrics, "Sum", { DeliveryStreamName: resource.name }), ...positive };
}

/** Failures count as 0, so their number is the number of attempts: who fails to sign in uses the pool too. */
function userPool(resource: Resource): Signal | undefined {
  const pool = detail(resource, "userPoolId") ?? resource.arn.split("/").at(-1) ?? "";
  const clients = listed(resource, "clientIds");
  if (clients.length === 0) return undefined;
  const metrics = ["SignInSuccesses", "TokenRefreshSuccesses", "SignUpSuccesses"];
  const series = clients.flatMap((client) => one("AWS/Cognito", metrics, "SampleCount", { UserPool: pool, UserPoolClient: client }));
  return { series, ...positive, silenceIsUnknown: "sign-ins through other identity providers are counted apart, by provider" };
}

/** Series that count the requests of a bucket, by the bucket's name. */
export type BucketRequests = ReadonlyMap<string, readonly Series[]>;

/** Requests where they are counted and there were any lately; else the number of objects, which tells of writes and deletes only. */
function bucket(resource: Resource, requests: BucketRequests): Signal {
  const BucketName = resource.name;
  const counted = requests.get(BucketName);
  if (counted) return { series: counted, ...positive, silenceIsUnknown: "since when its requests are counted is not known" };
  return {
    series: one("AWS/S3", ["NumberOfObjects"], "Average", { BucketName, StorageType: "AllStorageTypes" }),
    reading: "change",
    silenceIsUnknown: "reads of a bucket without request metrics leave no trace",
  };
}

/** By CloudFormation type. */
export const signals: Readonly<Record<string, SignalOf>> = {
  "AWS::DynamoDB::Table": table,
  "AWS::DynamoDB::GlobalTable": table,
  "AWS::SQS::Queue": queue,
  "AWS::SNS::Topic": ({ name }) => ({ series: one("AWS/SNS", ["NumberOfMessagesPublished"], "Sum", { TopicName: name }), ...positive }),
  "AWS::ApiGateway::RestApi": ({ name }) => ({ series: one("AWS/ApiGateway", ["Count"], "Sum", { ApiName: name }), ...positive }),
  "AWS::ApiGatewayV2::Api": api,
  "AWS::AppSync::GraphQLApi": (resource) => ({
    series: one("AWS/AppSync", ["Requests", "ConnectSuccess", "SubscribeSuccess"], "Sum", {
      GraphQLAPIId: detail(resource, "apiId") ?? resource.arn.split("/").at(-1) ?? "",
    }),
    ...positive,
  }),
  "AWS::Events::Rule": eventRule,
  "AWS::StepFunctions::StateMachine": ({ arn }) => ({
    series: one("AWS/States", ["ExecutionsStarted"], "Sum", { StateMachineArn: arn }),
    ...positive,
  }),
  // reads of an idle poller count as reads: only what comes in is use
  "AWS::Kinesis::Stream": ({ name }) => ({
    series: one("AWS/Kinesis", ["IncomingRecords"], "Sum", { StreamName: name }),
    ...positive,
  }),
  "AWS::KinesisFirehose::DeliveryStream": deliveryStream,
  "AWS::Logs::LogGroup": ({ name }) => ({ series: one("AWS/Logs", ["IncomingLogEvents"], "Sum", { LogGroupName: name }), ...positive }),
  "AWS::Cognito::UserPool": userPool,
  "AWS::CloudFront::Distribution": (resource) => ({
    series: one("AWS/CloudFront", ["Requests"], "Sum", {
      DistributionId: detail(resource, "id") ?? resource.arn.split("/").at(-1) ?? "",
      Region: "Global",
    }),
    ...positive,
  }),
  // under which name a service of Lattice shows was not seen on a live account
  "AWS::VpcLattice::Service": ({ arn }) => ({
    series: one("AWS/VpcLattice", ["TotalRequestCount"], "Sum", { Service: arn.split("/").at(-1) ?? arn }),
    ...positive,
    silenceIsUnknown: "no request was seen, but its metrics may go by another name",
  }),
  "AWS::S3::Bucket": bucket,
};

/** @param requests what counts the requests of buckets */
export function signalOf(resource: Resource, requests: BucketRequests = new Map()): Signal | undefined {
  return signals[resource.type]?.(resource, requests);
}

/** Why nothing can be said about the use of a resource of this type. */
export function tracelessBecause(type: string): string | undefined {
  return resourceTypes[type]?.traceless;
}

/** Where the metrics of a resource are kept. */
export function metricRegion({ type, region }: Resource): string | undefined {
  if (type === "AWS::CloudFront::Distribution") return "us-east-1";
  return region === "global" ? undefined : region;
}

/** The text by which two series are the same. */
export function seriesKey({ namespace, metric, dimensions }: Pick<Series, "namespace" | "metric" | "dimensions">): string {
  const sorted = Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${namespace}|${metric}|${sorted.map(([name, value]) => `${name}=${value}`).join("|")}`;
}
