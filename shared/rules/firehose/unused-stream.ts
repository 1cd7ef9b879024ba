import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { judgeUnused, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** A Firehose stream into which nothing came for months. */
export const unusedDeliveryStream = resourceRule({
  ...unusedRule,
  id: "firehose/unused-stream",
  summary: "nothing came into a Firehose stream for months",
  why: "The stream keeps a role that may write to its destination, and a function that transforms what no longer comes.",
  needs: ["resource-usage:own", "functions", "scheduler", "event-buses"],
  gone: ["firehose:listed"],
  types: ["AWS::KinesisFirehose::DeliveryStream"],
  references: ["https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html"],

  judge: judgeUnused,

  word(evidence, resource) {
    const options = { "delivery-stream-name": resource.name, region: resource.region };
    const look = awsCommand("firehose", "describe-delivery-stream", options);
    const advice = "What it delivered stays where it is. Keep its settings (first command), then delete it.";
    return {
      title: unusedTitle("Firehose stream", "written to", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [look, awsCommand("firehose", "delete-delivery-stream", options)]),
    };
  },
});
