/** A Firehose stream: what feeds it, what transforms, where it delivers. Pure. */
import type { GraphRow, Relation } from "../../model/graph.ts";
import { cleanText } from "../../model/plain-text.ts";
import { functionArnOf } from "../../model/resource.ts";
import { keyKind } from "./encryption.ts";

export interface DeliveryRead {
  readonly createdAt: string | null;
  readonly keyId: string | null;
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
    keyId: encryption?.Status === "ENABLED" ? (encryption.KeyARN ?? "") : null,
    sourceArn: textsUnder(Source, "KinesisStreamARN")[0] ?? null,
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
  const { createdAt, keyId, sourceArn, functions, buckets, destinations } = answer.value;
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
      encryption: { atRest: keyId === null ? "none" : keyKind(keyId || "alias/aws/firehose"), inTransit: "enforced" },
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
