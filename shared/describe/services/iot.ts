/** IoT Core: a rule on messages. */
import { describeTopicRule, type TopicRuleTarget } from "../topic-rule.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface TopicRuleAnswer {
  readonly rule: Parameters<typeof describeTopicRule>[0];
  /** Absent where they could not be read. */
  readonly targets?: Read<readonly TopicRuleTarget[]>;
}

export const describe: Describe<TopicRuleAnswer> = ({ rule, targets }, place) => [describeTopicRule(rule, targets, place)];
