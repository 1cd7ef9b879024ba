import { topicPolicy, withoutStatements } from "../policy-commands.ts";
import { publicPolicyRule } from "../public-policy.ts";

/** A topic that anybody may publish to, subscribe to or change: who may change its policy lets himself do the rest. */
export const publicTopicPolicy = publicPolicyRule({
  id: "sns/public-policy",
  type: "AWS::SNS::Topic",
  service: "sns",
  word: "topic",
  everybody: "anybody",
  ways: {
    publicPublish: "publish to",
    publicSubscribe: "subscribe to",
    publicChange: "change settings of",
    publicInspect: "look at settings of",
  },
  severity: "HIGH",
  why: "Everything subscribed to the topic (functions, queues, people's mail) acts on what anybody publishes; whoever may subscribe reads everything that is published.",
  references: ["https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html"],
  commands: (resource, statements) => withoutStatements(topicPolicy, resource, statements),
});
