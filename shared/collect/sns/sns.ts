/** SNS topics and who is subscribed to them; never what is published. */
import { GetSubscriptionAttributesCommand, GetTopicAttributesCommand, ListSubscriptionsCommand } from "@aws-sdk/client-sns";
import { pages } from "../../aws/paginate.ts";
import { deadLetterTarget } from "../../describe/queue.ts";
import type { SnsAnswer } from "../../describe/services/sns.ts";
import type { Subscription, TopicAttributes, TopicSubscription } from "../../describe/topic.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { readTopics } from "./topic-reads.ts";

export const snsCollector: ServiceCollector<"sns"> = {
  name: "sns",
  scope: "region",
  readerVersion: 1,
  actions: ["sns:ListTopics", "sns:ListSubscriptions", "sns:GetTopicAttributes", "sns:GetSubscriptionAttributes"],
  reads:
    "topics: policy and encryption; subscriptions of functions, queues and addresses on the web with their dead-letter queues; mail addresses and numbers are not kept",
  collect(context) {
    return collectPart<SnsAnswer>("sns", context.region, async (sink) => {
      const topics = await readTopics(context);
      const asked = topics.map((key) => ({ key, fingerprint: "" }));
      const [subscriptions, answers] = await Promise.all([
        listSubscriptions(context, sink),
        context.rotation.read("sns-attributes", asked, (arn) => readAttributes(context, arn), sink.miss),
      ]);
      const byTopic = subscriptions && Map.groupBy(subscriptions, ({ TopicArn }) => TopicArn);
      for (const topicArn of topics) {
        const protocols = byTopic && (byTopic.get(topicArn) ?? []).map(protocolOf);
        sink.push({ topicArn, attributes: answers.get(topicArn), subscriptions: protocols });
      }
      const confirmed = (subscriptions ?? []).flatMap(({ SubscriptionArn = "" }) =>
        SubscriptionArn.startsWith("arn:") ? [{ key: SubscriptionArn, fingerprint: "" }] : [],
      );
      const redrive = await context.rotation.read("sns-redrive", confirmed, (arn) => readRedrive(context, arn), sink.miss);
      for (const subscription of subscriptions ?? []) {
        sink.push({ subscription: withoutPeople(subscription), deadLetterArn: redrive.get(subscription.SubscriptionArn ?? "")?.value });
      }
    });
  },
};

/** Whoever has not confirmed gets nothing. */
function protocolOf({ Protocol, SubscriptionArn }: Subscription): TopicSubscription {
  return { Protocol, ...(SubscriptionArn === "PendingConfirmation" ? { pending: true } : {}) };
}

/** Mail addresses and telephone numbers are people's, and the query of an address on the web may be a secret. */
function withoutPeople({ SubscriptionArn, TopicArn, Protocol, Endpoint = "" }: Subscription): Subscription {
  const kept = { SubscriptionArn, TopicArn, Protocol };
  if (Endpoint.startsWith("arn:")) return { ...kept, Endpoint };
  if (!/^https?:/.test(Endpoint) || !URL.canParse(Endpoint)) return kept;
  const { protocol, host, pathname } = new URL(Endpoint);
  return { ...kept, Endpoint: `${protocol}//${host}${pathname}` };
}

/** Undefined where the list could not be read to its end: topics can be read without. */
async function listSubscriptions({ clients, region }: CollectContext, sink: Sink<unknown>): Promise<Subscription[] | undefined> {
  const subscriptions: Subscription[] = [];
  try {
    const list = pages(
      (NextToken) => clients.sns(region).send(new ListSubscriptionsCommand(NextToken ? { NextToken } : {})),
      (page) => page.NextToken,
    );
    for await (const page of list) subscriptions.push(...(page.Subscriptions ?? []));
  } catch (error) {
    sink.miss(error);
    return undefined;
  }
  return subscriptions;
}

/** The dead-letter queue of a subscription; null where it has none. */
async function readRedrive({ clients, region }: CollectContext, SubscriptionArn: string): Promise<string | null> {
  const { Attributes } = await clients.sns(region).send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  return deadLetterTarget(Attributes?.RedrivePolicy) ?? null;
}

async function readAttributes({ clients, region }: CollectContext, TopicArn: string): Promise<TopicAttributes> {
  const { Attributes } = await clients.sns(region).send(new GetTopicAttributesCommand({ TopicArn }));
  const { Policy, KmsMasterKeyId } = Attributes ?? {};
  return { ...(Policy ? { Policy } : {}), ...(KmsMasterKeyId ? { KmsMasterKeyId } : {}) };
}
