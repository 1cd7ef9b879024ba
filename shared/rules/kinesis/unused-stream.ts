import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { judgeUnused, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** A stream into which nothing was written for months; idle pollers read it all the same. */
export const unusedStream = resourceRule({
  ...unusedRule,
  id: "kinesis/unused-stream",
  summary: "nothing was written to a stream for months",
  why: "A stream is paid for by the hour whether or not anything flows, and its consumers keep polling it.",
  // a stream is quiet with good reason where a function that it feeds waits for a rare schedule
  needs: ["resource-usage:own", "functions", "eventSourceMappings", "scheduler", "event-buses"],
  gone: ["kinesis:listed"],
  types: ["AWS::Kinesis::Stream"],
  references: ["https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html"],

  judge: judgeUnused,

  word(evidence, resource) {
    const options = { "stream-name": resource.name, region: resource.region };
    const look = awsCommand("kinesis", "describe-stream-summary", options);
    const advice = "What was in it has expired long ago: nothing is lost. Keep its settings (first command), then delete it.";
    return {
      title: unusedTitle("Stream", "written to", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [look, awsCommand("kinesis", "delete-stream", options)]),
    };
  },
});
