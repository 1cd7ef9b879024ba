import type { ResourceRule } from "../../model/rule.ts";
import { awsCommand } from "../aws-cli.ts";
import { judgeMeasured, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

const services = ["firehose", "resource-usage"] as const;

/** A Firehose stream into which nothing came for months. */
export const unusedDeliveryStream: ResourceRule = {
  ...unusedRule,
  id: "firehose/unused-stream",
  summary: "nothing came into a Firehose stream for months",
  why: "The stream keeps a role that may write to its destination, and a function that transforms what no longer comes.",
  types: ["AWS::KinesisFirehose::DeliveryStream"],
  services,
  references: ["https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html"],

  judge: (subject, context) => judgeMeasured(services, subject, context),

  word(evidence, resource) {
    const options = { "delivery-stream-name": resource.name, region: resource.region };
    const look = awsCommand("firehose", "describe-delivery-stream", options);
    const advice = "What it delivered stays where it is. Keep its settings (first command), then delete it.";
    return {
      title: unusedTitle("Firehose stream", "written to", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [look, awsCommand("firehose", "delete-delivery-stream", options)]),
    };
  },
};
