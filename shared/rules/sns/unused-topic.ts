import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { judgeUnused, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** A topic to which nothing was published for months. Topics that alarms and AWS services write to are quiet while all is well. */
export const unusedTopic = resourceRule({
  ...unusedRule,
  id: "sns/unused-topic",
  summary: "nothing was published to a topic for months",
  why: "A topic that nobody uses keeps its policy and its subscribers: whoever may publish to it can still reach them.",
  needs: ["resource-usage:own", "functions", "sns", "alarms", "stacks", "scheduler", "event-buses"],
  gone: ["sns:listed"],
  types: ["AWS::SNS::Topic"],
  references: ["https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html"],

  judge: judgeUnused,

  word(evidence, resource) {
    const options = { "topic-arn": resource.arn, region: resource.region };
    const look = awsCommand("sns", "list-subscriptions-by-topic", options);
    const advice = "Keep its subscriptions (first command) so that it can be made again, then delete it.";
    return {
      title: unusedTitle("Topic", "published to", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [look, awsCommand("sns", "delete-topic", options)]),
    };
  },
});
