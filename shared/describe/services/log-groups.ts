/** CloudWatch Logs: a log group with its subscription filters. */
import { describeLogGroup, type FilterRead } from "../log-group.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface LogGroupAnswer {
  readonly group: Parameters<typeof describeLogGroup>[0];
  /** `none` where the group can have none; absent where they could not be, or were not yet, read. */
  readonly filters?: Read<readonly FilterRead[]> | "none";
  /** The function after which it is named. */
  readonly functionArn?: string;
}

export const describe: Describe<LogGroupAnswer> = ({ group, filters, functionArn }, { region }) => [
  describeLogGroup(group, filters, functionArn, region),
];
