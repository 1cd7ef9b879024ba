import { plainTextRule } from "../plain-text.ts";
import { queuePolicy } from "../policy-commands.ts";

/** A queue that others send to over plain http. */
export const queueInPlainText = plainTextRule({
  id: "sqs/unencrypted-in-transit",
  type: "AWS::SQS::Queue",
  service: "sqs",
  word: "queue",
  references: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html"],
  statement: ({ arn }) => ({ Action: "sqs:*", Resource: arn }),
  policy: queuePolicy,
});
