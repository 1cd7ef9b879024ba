/** A Firehose stream: what feeds it, what transforms, where it delivers. Pure. */

import { functionArnOf } from "../model/arn.ts";
import type { GraphRow, Relation, Resource } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";

export interface DeliveryRead {
  readonly createdAt: string | null;
  /** Absent in what older versions kept. */
  readonly encryption?: {
    readonly enabled: boolean;
    /** `AWS_OWNED_CMK` or `CUSTOMER_MANAGED_CMK`. */
    readonly keyType: string;
  };
  /** The data stream or Kafka cluster from which it reads. */
  readonly sourceArn: string | null;
  readonly functions: readonly string[];
  readonly buckets: readonly string[];
  /** Kinds of destination, as AWS names them. */
  readonly destinations: readonly string[];
}

interface Description {
  readonly CreateTimestamp?: Date | undefined;
  readonly DeliveryStreamEncryptionConfiguration?:
    | { readonly KeyARN?: string; readonly KeyType?: string; readonly Status?: string }
    | undefined;
  readonly Source?: object | undefined;
  readonly Destinations?: readonly object[] | undefined;
}

/** Keeps ARNs and kinds: addresses, user names and keys of destinations stay behind. */
export function trimDelivery(description: Description | undefined): DeliveryRead {
  const { CreateTimestamp, DeliveryStreamEncryptionConfiguration: encryption, Source, Destinations = [] } = description ?? {};
  const named = (key: string) => [...new Set(Destinations.flatMap((destination) => textsUnder(destination, key)))];
  const kinds = Destinations.flatMap((destination) => Object.keys(destination).filter((key) => key.endsWith("DestinationDescription")));
  const extended = kinds.includes("ExtendedS3DestinationDescription");
  return {
    createdAt: CreateTimestamp?.toISOString() ?? null,
    encryption: { enabled: encryption?.Status === "ENABLED", keyType: encryption?.KeyType ?? "" },
    sourceArn: [...textsUnder(Source, "KinesisStreamARN"), ...textsUnder(Source, "MSKClusterARN")][0] ?? null,
    functions: Destinations.flatMap(transformFunctions),
    buckets: named("BucketARN"),
    // the short S3 description repeats the extended one
    destinations: kinds
      .map((kind) => kind.replace(/DestinationDescription$/, ""))
      .filter((kind) => !(extended && kind === "S3"))
      .toSorted(),
  };
}

/** Values of `key` at any depth. */
function textsUnder(value: unknown, key: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === key && typeof member === "string" ? [member] : textsUnder(member, key),
  );
}

/** Functions that are processors: `LambdaArn` may name a version. */
function transformFunctions(destination: object): string[] {
  return Object.values(destination).flatMap((description) => {
    const processing = (description as { ProcessingConfiguration?: Processing } | undefined)?.ProcessingConfiguration;
    if (!processing?.Enabled) return [];
    const parameters = (processing.Processors ?? []).flatMap(({ Parameters }) => Parameters ?? []);
    return parameters.flatMap(({ ParameterName, ParameterValue }) =>
      ParameterName === "LambdaArn" && ParameterValue ? [functionArnOf(ParameterValue) ?? ParameterValue] : [],
    );
  });
}

interface Processing {
  readonly Enabled?: boolean;
  readonly Processors?: readonly {
    readonly Parameters?: readonly { readonly ParameterName?: string; readonly ParameterValue?: string }[];
  }[];
}

/** @param answer undefined where the stream could not be read */
export function describeDelivery(
  { arn, name }: { readonly arn: string; readonly name: string },
  answer: { readonly value: DeliveryRead; readonly readAt: string } | undefined,
  region: string,
): GraphRow {
  const listed = { arn, type: "AWS::KinesisFirehose::DeliveryStream", name, region };
  if (!answer) return { resource: { ...listed, details: { unread: ["destinations"] } }, relations: [] };
  const { createdAt, encryption, sourceArn, functions, buckets, destinations } = answer.value;
  const hop = (from: string, to: string, kind: Relation["kind"], part: string): Relation => ({
    from,
    to,
    kind,
    auth: "service",
    enabled: true,
    evidence: `firehose:DescribeDeliveryStream, ${part}`,
  });
  return {
    resource: {
      ...listed,
      ...(createdAt ? { createdAt } : {}),
      encryption: { atRest: atRest(encryption, sourceArn), inTransit: "enforced" },
      details: { destinations: destinations.map((kind) => cleanText(kind, 60)) },
      readAt: answer.readAt,
    },
    relations: [
      ...(sourceArn ? [hop(sourceArn, arn, "feeds", "Source")] : []),
      ...[...new Set(functions)].map((to) => hop(arn, to, "invokes", "ProcessingConfiguration")),
      ...buckets.map((to) => hop(arn, to, "may-write", "Destinations")),
    ],
  };
}

/**
 * What Firehose keeps while it waits for more. It keeps nothing of what it reads from a stream or cluster: that is encrypted as
 * its source is. Source: Firehose developer guide, "Data protection in Amazon Data Firehose".
 */
function atRest(encryption: DeliveryRead["encryption"], sourceArn: string | null): NonNullable<Resource["encryption"]>["atRest"] {
  if (sourceArn || !encryption) return "unknown";
  if (!encryption.enabled) return "none";
  return encryption.keyType === "CUSTOMER_MANAGED_CMK" ? "customer-key" : "aws-owned";
}
