import { lastPieceOf, serviceOf } from "../../model/arn.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { daysText, text } from "../../wording/words.ts";
import { unknownWithout } from "../from-outside.ts";
import { queueUrl } from "../policy-commands.ts";
import { stackEvidence } from "../unused-resource.ts";

const daySeconds = 86_400;

/** Messages that failed for good wait in a dead-letter queue, and are lost when its retention ends. */
export const deadLetterQueueFilling = resourceRule({
  id: "sqs/dead-letter-queue-filling",
  subject: "resource",
  summary: "messages that failed for good wait in a dead-letter queue",
  why: "Each of them is work that was not done. They are kept for days and then deleted without a word.",
  needs: ["sqs:own"],
  gone: ["sqs:listed"],
  types: ["AWS::SQS::Queue"],
  usageBased: false,
  severities: [{ severity: "MEDIUM", when: "a dead-letter queue holds messages" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"],

  judge({ resource, incoming }) {
    const senders = incoming.filter(({ kind, enabled }) => kind === "dead-letters-to" && enabled).map(({ from }) => from);
    if (senders.length === 0) return { answer: "clear" };
    const unknown = unknownWithout(resource, ["attributes"]);
    if (unknown) return unknown;
    const messages = Number(resource.details?.messages ?? 0);
    if (messages === 0) return { answer: "clear" };
    return {
      answer: "hit",
      severity: "MEDIUM",
      confidence: "high",
      materialKey: "filling",
      evidence: {
        messages,
        from: senders,
        retentionSeconds: Number(resource.details?.retentionSeconds ?? 0),
        // a function's own dead letters cannot be moved back by SQS
        movable: senders.every((arn) => serviceOf(arn) === "sqs"),
        readAt: resource.readAt ?? null,
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, { arn, name, region }) {
    const days = daysText(Math.round(Number(evidence.retentionSeconds) / daySeconds));
    const from = (evidence.from as readonly string[]).map((sender) => lastPieceOf(sender)).join(", ");
    const look = awsCommand("sqs", "receive-message", {
      "queue-url": queueUrl(arn),
      "attribute-names": "All",
      "max-number-of-messages": 10,
      "visibility-timeout": 30,
      region,
    });
    const move = awsCommand("sqs", "start-message-move-task", { "source-arn": arn, region });
    const messages = Number(evidence.messages);
    return {
      title: `${messages === 1 ? "A message waits" : `About ${messages} messages wait`} in dead-letter queue ${name}`,
      remediation: {
        text: `They come from ${from} and are deleted ${days} after they were first sent. The first command shows up to ten of them and leaves them there.${
          evidence.movable ? " Once the cause is mended, the second moves them back to where they came from." : ""
        }${text(evidence.stack) ? ` The queue belongs to stack ${text(evidence.stack)}.` : ""}`,
        commands: evidence.movable ? [look, move] : [look],
      },
    };
  },
});
