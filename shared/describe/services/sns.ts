/** SNS: a topic, or a subscription to one. */
import { describeSubscription, describeTopic, type Subscription, type TopicAttributes, type TopicSubscription } from "../topic.ts";
import type { Describe, Read } from "./describe-answer.ts";

export type SnsAnswer =
  | {
      readonly topicArn: string;
      /** Absent where they could not be read. */
      readonly attributes?: Read<TopicAttributes>;
      /** The protocol of each, for addresses are people's; absent where they could not be listed. */
      readonly subscriptions?: readonly TopicSubscription[];
    }
  | {
      readonly subscription: Subscription;
      /** null: it has no dead-letter queue; absent: could not be read. */
      readonly deadLetterArn?: string | null;
    };

export const describe: Describe<SnsAnswer> = (answer, place) => {
  if ("topicArn" in answer) return [describeTopic(answer.topicArn, answer.attributes, answer.subscriptions, place)];
  const row = describeSubscription(answer.subscription, answer.deadLetterArn);
  return row.relations.length > 0 ? [row] : [];
};
