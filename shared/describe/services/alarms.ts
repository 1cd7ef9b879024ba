/** CloudWatch: an alarm with what it sets off, functions and topics. */
import { functionArnOf } from "../../model/arn.ts";
import type { Describe } from "./describe-answer.ts";

export interface AlarmAnswer {
  readonly arn: string;
  readonly name: string;
  readonly enabled: boolean;
  /** ARNs of functions and topics. */
  readonly actions: readonly string[];
}

export const describe: Describe<AlarmAnswer> = ({ arn: from, name, enabled, actions }) => {
  const evidence = `cloudwatch:DescribeAlarms, ${name}`;
  const to = [...new Set(actions.map((arn) => functionArnOf(arn) ?? arn))];
  return [
    {
      relations: to.map((arn) => ({
        from,
        to: arn,
        kind: functionArnOf(arn) ? "invokes" : "notifies",
        auth: "service",
        enabled,
        evidence,
      })),
    },
  ];
};
