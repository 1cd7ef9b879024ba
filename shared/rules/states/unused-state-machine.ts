import { isArnOf } from "../../model/arn.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { judgeUnused, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** A state machine that nothing started for months. One that an enabled schedule starts is only waiting. */
export const unusedStateMachine = resourceRule({
  ...unusedRule,
  id: "states/unused-state-machine",
  summary: "a state machine was not started for months",
  why: "Its role usually may do everything that its steps need together: left over, it is a way in that nobody watches.",
  needs: ["resource-usage:own", "functions", "event-buses", "scheduler"],
  gone: ["step-functions:listed"],
  types: ["AWS::StepFunctions::StateMachine"],
  references: ["https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html"],

  judge(subject, context) {
    const scheduled = subject.incoming.some(
      ({ from, kind, enabled }) =>
        enabled && kind !== "assumes" && (isArnOf(from, "events", "rule/") || isArnOf(from, "scheduler", "schedule/")),
    );
    // a pattern that has not matched yet is a reason to exist, too: the rule would have to go first
    if (scheduled) return { answer: "clear" };
    return judgeUnused(subject, context);
  },

  word(evidence, resource) {
    const options = { "state-machine-arn": resource.arn, region: resource.region };
    const advice = "Keep its definition (first command), from which it can be made again; then delete it.";
    return {
      title: unusedTitle("State machine", "started", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [
        awsCommand("stepfunctions", "describe-state-machine", options),
        awsCommand("stepfunctions", "delete-state-machine", options),
      ]),
    };
  },
});
