/** Kinesis data streams with their policies; never records. */
import { DescribeStreamSummaryCommand, GetResourcePolicyCommand, ListStreamsCommand, type StreamSummary } from "@aws-sdk/client-kinesis";
import { isGone } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import type { StreamAnswer, StreamRead } from "../../describe/services/kinesis.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const kinesisCollector: ServiceCollector<"kinesis"> = {
  name: "kinesis",
  scope: "region",
  readerVersion: 1,
  actions: ["kinesis:ListStreams", "kinesis:DescribeStreamSummary", "kinesis:GetResourcePolicy"],
  reads: "data streams: policy, mode, retention, encryption; never records",
  collect(context) {
    const { clients, region, account, partition } = context;
    return collectPart<StreamAnswer>("kinesis", region, async (sink) => {
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
      const arnOf = (name: string) => streams.get(name)?.StreamARN ?? `arn:${partition}:kinesis:${region}:${account}:stream/${name}`;
      const policies = await context.rotation.read("kinesis-policies", asked, (name) => readPolicy(context, arnOf(name)), sink.miss);
      for (const name of streams.keys()) {
        sink.push({ stream: { arn: arnOf(name), name }, read: answers.get(name), policy: policies.get(name) });
      }
    });
  },
};

async function readStream({ clients, region }: CollectContext, StreamName: string): Promise<StreamRead> {
  const { StreamDescriptionSummary: stream } = await clients.kinesis(region).send(new DescribeStreamSummaryCommand({ StreamName }));
  return {
    createdAt: stream?.StreamCreationTimestamp?.toISOString() ?? null,
    keyId: stream?.EncryptionType === "KMS" ? (stream.KeyId ?? "alias/aws/kinesis") : null,
    retentionHours: stream?.RetentionPeriodHours ?? null,
    consumers: stream?.ConsumerCount ?? 0,
  };
}

/** Null where the stream has none, as nearly all have. */
async function readPolicy({ clients, region }: CollectContext, ResourceARN: string): Promise<string | null> {
  try {
    return (await clients.kinesis(region).send(new GetResourcePolicyCommand({ ResourceARN }))).Policy || null;
  } catch (error) {
    // the stream was just listed: it is the policy that is not there
    if (isGone(error)) return null;
    throw error;
  }
}
