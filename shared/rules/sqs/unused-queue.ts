import { parseArn } from "../../model/arn.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { judgeUnused, saidByFunctions, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** A queue through which no message went for months. Dead-letter queues are empty when all is well. */
export const unusedQueue = resourceRule({
  ...unusedRule,
  id: "sqs/unused-queue",
  summary: "no message went through a queue for months",
  why: "A queue that nobody uses keeps its policy and its consumers: whoever may send to it can still start them.",
  needs: [
    "resource-usage:own",
    "functions",
    "eventSourceMappings",
    "sqs",
    "sns",
    "lambda-access",
    "event-buses",
    "scheduler",
    "alarms",
    "stacks",
  ],
  gone: ["sqs:listed"],
  types: ["AWS::SQS::Queue"],
  references: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html"],

  judge(subject, context) {
    const { incoming, outgoing } = subject;
    // also one that nobody uses at the moment
    if (incoming.some(({ kind }) => kind === "dead-letters-to")) return { answer: "clear" };
    // a consumer that was switched off on purpose may be switched on again
    if (outgoing.some(({ kind, enabled }) => kind === "feeds" && !enabled)) return { answer: "clear" };
    const fed = outgoing.flatMap(({ kind, enabled, to }) => (kind === "feeds" && enabled ? [to] : []));
    return saidByFunctions(fed, subject, context) ?? judgeUnused(subject, context);
  },

  word(evidence, resource) {
    const { partition, region, account } = parseArn(resource.arn) ?? { partition: "aws", ...resource };
    const host = `sqs.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
    const options = { "queue-url": `https://${host}/${account}/${resource.name}`, region: resource.region };
    const look = awsCommand("sqs", "get-queue-attributes", { ...options, "attribute-names": "All" });
    const advice = "Keep its settings (first command) so that it can be made again, ask whoever sends to it, then delete it.";
    return {
      title: unusedTitle("Queue", "sent to or received from", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [look, awsCommand("sqs", "delete-queue", options)]),
    };
  },
});
