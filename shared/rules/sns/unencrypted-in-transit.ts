import { plainTextRule } from "../plain-text.ts";
import { topicPolicy } from "../policy-commands.ts";

/** A topic that others publish to over plain http. SNS refuses `sns:*` in a topic's policy. */
export const topicInPlainText = plainTextRule({
  id: "sns/unencrypted-in-transit",
  type: "AWS::SNS::Topic",
  service: "sns",
  word: "topic",
  references: ["https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html"],
  statement: ({ arn }) => ({ Action: "sns:Publish", Resource: arn }),
  policy: topicPolicy,
});
