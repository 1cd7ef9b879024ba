/** Firehose streams: source, transform functions, destinations; never records. */
import { DescribeDeliveryStreamCommand, ListDeliveryStreamsCommand } from "@aws-sdk/client-firehose";
import { type DeliveryRead, trimDelivery } from "../../describe/delivery-stream.ts";
import type { DeliveryAnswer } from "../../describe/services/firehose.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const firehoseCollector: ServiceCollector<"firehose"> = {
  name: "firehose",
  scope: "region",
  readerVersion: 2,
  actions: ["firehose:ListDeliveryStreams", "firehose:DescribeDeliveryStream"],
  reads: "Firehose streams: source, functions that transform, destinations; never records",
  collect(context) {
    const { region, account, partition } = context;
    return collectPart<DeliveryAnswer>("firehose", region, async (sink) => {
      const names = await listNames(context);
      const asked = names.map((key) => ({ key, fingerprint: "" }));
      const answers = await context.rotation.read("firehose-streams", asked, (name) => readDelivery(context, name), sink.miss);
      for (const name of names) {
        const arn = `arn:${partition}:firehose:${region}:${account}:deliverystream/${name}`;
        sink.push({ stream: { arn, name }, read: answers.get(name) });
      }
    });
  },
};

/** The list has no token: the next page starts after the last name. */
async function listNames({ clients, region }: CollectContext): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const start = names.at(-1);
    const page = await clients
      .firehose(region)
      .send(new ListDeliveryStreamsCommand({ Limit: 100, ...(start ? { ExclusiveStartDeliveryStreamName: start } : {}) }));
    const more = page.DeliveryStreamNames ?? [];
    names.push(...more);
    if (!page.HasMoreDeliveryStreams || more.length === 0) return names;
  }
}

async function readDelivery({ clients, region }: CollectContext, DeliveryStreamName: string): Promise<DeliveryRead> {
  const { DeliveryStreamDescription } = await clients.firehose(region).send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }));
  return trimDelivery(DeliveryStreamDescription);
}
