/** SQS queues with their attributes; never their messages. */
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { pages } from "../../aws/paginate.ts";
import { deadLetterTarget, type ListedQueue } from "../../describe/queue.ts";
import type { QueueAnswer } from "../../describe/services/sqs.ts";
import { parseArn } from "../../model/arn.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { Asked } from "../contract/rotation.ts";
import type { ServiceCollector, ServiceContext } from "../contract/service-collector.ts";
import { readQueueAttributes } from "./queue-attributes.ts";

const kind = "sqs-attributes";

export const sqsCollector: ServiceCollector<"sqs"> = {
  name: "sqs",
  scope: "region",
  readerVersion: 1,
  actions: ["sqs:ListQueues", "sqs:GetQueueAttributes"],
  reads: "queues: policy, encryption, dead-letter queue, how many messages wait; never the messages",
  collect(context) {
    return collectPart<QueueAnswer>("sqs", context.region, async (sink) => {
      const queues = await knownQueues(context, sink);
      const answers = await context.rotation.read(kind, toAsk(queues, context), (arn) => readQueueAttributes(context, arn), sink.miss);
      for (const queue of queues) {
        const attributes = answers.get(queue.arn);
        // that a mapping names a queue does not say that it is there
        if (queue.listed || attributes) sink.push({ queue: { arn: queue.arn, name: queue.name }, attributes });
      }
    });
  },
};

interface KnownQueue extends ListedQueue {
  readonly listed: boolean;
}

/** All queues; where they may not be listed, those of this Region that feed functions. */
async function knownQueues(context: ServiceContext, sink: Sink<unknown>): Promise<KnownQueue[]> {
  try {
    return (await listQueues(context)).map((queue) => ({ ...queue, listed: true }));
  } catch (error) {
    sink.missList(error);
    const { items = [] } = (await context.mappings) ?? {};
    const sources = new Set(items.flatMap(({ sourceArn }) => sourceArn ?? []));
    return [...sources].flatMap((arn) => {
      const { service, account, region, resource: name = "" } = parseArn(arn) ?? {};
      // queues of other accounts are not ours to read
      const isOwn = service === "sqs" && account === context.account && region === context.region;
      return isOwn ? [{ arn, name, listed: false }] : [];
    });
  }
}

async function listQueues({ clients, region, account, partition }: CollectContext): Promise<ListedQueue[]> {
  const queues: ListedQueue[] = [];
  const list = pages(
    // without MaxResults AWS answers the first thousand and no token
    (NextToken) => clients.sqs(region).send(new ListQueuesCommand({ MaxResults: 1000, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) {
    for (const url of page.QueueUrls ?? []) {
      const name = url.split("/").at(-1) ?? "";
      if (name) queues.push({ arn: `arn:${partition}:sqs:${region}:${account}:${name}`, name });
    }
  }
  return queues;
}

/** Dead-letter queues are read in every scan: what waits in them is lost after days, so that fortnightly would be too late. */
function toAsk(queues: readonly ListedQueue[], { rotation, now }: CollectContext): Asked[] {
  const deadLetters = new Set(
    queues.flatMap(
      ({ arn }) => deadLetterTarget(rotation.remembered<Readonly<Record<string, string>>>(kind, arn)?.value.RedrivePolicy) ?? [],
    ),
  );
  return queues.map(({ arn }) => ({ key: arn, fingerprint: deadLetters.has(arn) ? now.toISOString() : "" }));
}
