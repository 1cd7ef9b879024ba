/** Metrics: when a resource was last used. A snapshot of the version before holds alarms on topics here, too. */
import type { Resource } from "../../model/graph.ts";
import type { Describe } from "./describe-answer.ts";

export type ResourceUsageAnswer =
  | { readonly used: Pick<Resource, "arn" | "type" | "name" | "region"> & Required<Pick<Resource, "lastUsed">> }
  | { readonly alarm: AlarmTopics };

export interface AlarmTopics {
  readonly arn: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly topics: readonly string[];
}

export const describe: Describe<ResourceUsageAnswer> = (answer) => {
  if ("used" in answer) return [{ resource: answer.used, relations: [] }];
  const { arn: from, name, enabled, topics } = answer.alarm;
  const evidence = `cloudwatch:DescribeAlarms, ${name}`;
  return [{ relations: topics.map((to) => ({ from, to, kind: "notifies", auth: "service", enabled, evidence })) }];
};
