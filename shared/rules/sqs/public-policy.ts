import { queuePolicy, withoutStatements } from "../policy-commands.ts";
import { publicPolicyRule } from "../public-policy.ts";

/** A queue that anybody may use or change: without credentials, or with those of any AWS account. */
export const publicQueuePolicy = publicPolicyRule({
  id: "sqs/public-policy",
  type: "AWS::SQS::Queue",
  service: "sqs",
  word: "queue",
  everybody: "anybody, without credentials,",
  ways: {
    publicSend: "send to",
    publicReceive: "read from",
    publicRemove: "remove messages of",
    publicChange: "change settings of",
    publicInspect: "look at settings of",
  },
  severity: "HIGH",
  why: "Whatever works on the queue works on messages of anybody who knows its address, at any rate and at your cost; whoever may receive takes messages away from it.",
  references: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html"],
  commands: (resource, statements) => withoutStatements(queuePolicy, resource, statements),
});
