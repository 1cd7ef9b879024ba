/** Kinesis data streams; never records. */
import { DescribeStreamSummaryCommand, ListStreamsCommand, type StreamSummary } from "@aws-sdk/client-kinesis";
import { pages } from "../../aws/paginate.ts";
import { keyKind } from "../../graph/describe/encryption.ts";
import type { GraphRow } from "../../model/graph.ts";
import { type CollectContext, collectPart } from "../collector.ts";
import type { Answer } from "../rotation.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const kinesisCollector: ServiceCollector = {
  name: "kinesis",
  scope: "region",
  actions: ["kinesis:ListStreams", "kinesis:DescribeStreamSummary"],
  reads: "data streams: mode, retention, encryption; never records",
  collect(context) {
    const { clients, region, account, partition } = context;
    return collectPart("kinesis", region, async (sink) => {
      const streams = new Map<string, StreamSummary>();
      const list = pages(
        (NextToken) => clients.kinesis(region).send(new ListStreamsCommand({ Limit: 100, ...(NextToken ? { NextToken } : {}) })),
        (page) => (page.HasMoreStreams ? page.NextToken : undefined),
      );
      for await (const page of list) {
        for (const name of page.StreamNames ?? []) streams.set(name, { StreamName: name, StreamARN: undefined, StreamStatus: undefined });
        for (const summary of page.StreamSummaries ?? []) streams.set(summary.StreamName ?? "", summary);
      }
      const asked = [...streams.keys()].map((key) => ({ key, fingerprint: "" }));
      const answers = await context.rotation.read("kinesis-streams", asked, (name) => readStream(context, name), sink.miss);
      for (const [name, summary] of streams) {
        const arn = summary.StreamARN ?? `arn:${partition}:kinesis:${region}:${account}:stream/${name}`;
        sink.push(describeStream({ arn, name }, answers.get(name), region));
      }
    });
  },
};

interface StreamRead {
  readonly createdAt: string | null;
  readonly keyId: string | null;
  readonly retentionHours: number | null;
  readonly consumers: number;
}

async function readStream({ clients, region }: CollectContext, StreamName: string): Promise<StreamRead> {
  const { StreamDescriptionSummary: stream } = await clients.kinesis(region).send(new DescribeStreamSummaryCommand({ StreamName }));
  return {
    createdAt: stream?.StreamCreationTimestamp?.toISOString() ?? null,
    keyId: stream?.EncryptionType === "KMS" ? (stream.KeyId ?? "alias/aws/kinesis") : null,
    retentionHours: stream?.RetentionPeriodHours ?? null,
    consumers: stream?.ConsumerCount ?? 0,
  };
}

/** A stream is encrypted at rest only where a key was named; its endpoint speaks TLS only. */
export function describeStream(
  { arn, name }: { readonly arn: string; readonly name: string },
  answer: Answer<StreamRead> | undefined,
  region: string,
): GraphRow {
  const listed = { arn, type: "AWS::Kinesis::Stream", name, region };
  if (!answer) return { resource: { ...listed, details: { unread: ["encryption"] } }, relations: [] };
  const { createdAt, keyId, retentionHours, consumers } = answer.value;
  return {
    resource: {
      ...listed,
      ...(createdAt ? { createdAt } : {}),
      encryption: { atRest: keyId ? keyKind(keyId) : "none", inTransit: "enforced" },
      details: { retentionHours, consumers },
      readAt: answer.readAt,
    },
    relations: [],
  };
}
