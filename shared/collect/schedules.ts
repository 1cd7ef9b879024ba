/** Schedules that start functions: those of rules, and those of EventBridge Scheduler. */
import { isComplete, type Part } from "../model/coverage.ts";
import { functionArnOf } from "../model/resource.ts";
import type { Schedule } from "../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "./collector.ts";
import { type ReadSchedule, readSchedules } from "./schedule-reads.ts";

export const schedulesCollector: CollectorMeta = {
  name: "schedules",
  readerVersion: 1,
  actions: ["scheduler:ListSchedules", "scheduler:GetSchedule"],
  reads: "schedules of EventBridge Scheduler that start a function, with their expressions",
};

/** All schedules: those of `ofRules` and the Scheduler's own. Complete only when both are. */
export async function collectSchedules(context: CollectContext, ofRules: Part<Schedule>): Promise<Part<Schedule>> {
  const own = await collectPart<Schedule>("schedules", context.region, async (sink) => {
    const { schedules, failures } = await readSchedules(context);
    sink.push(...schedules.flatMap(ofFunctions));
    // one that could not be read may start a function
    for (const failure of failures) sink.missList(failure);
  });
  const items = [...ofRules.items, ...own.items];
  if (isComplete(own) && !isComplete(ofRules)) {
    const status = items.length > 0 ? "partial" : ofRules.coverage.status;
    return { items, coverage: { ...ofRules.coverage, collector: "schedules", status, resources: items.length, follows: "eventRules" } };
  }
  const status = !isComplete(own) && items.length > 0 ? "partial" : own.coverage.status;
  return { items, coverage: { ...own.coverage, status, resources: items.length } };
}

function ofFunctions({ listed, answer }: ReadSchedule): Schedule[] {
  if (!answer) return [];
  const { expression, timezone, targets, warmer } = answer.value;
  return targets.flatMap(({ to, kind }): Schedule[] => {
    const functionArn = functionArnOf(to);
    if (!functionArn || kind !== "invokes") return [];
    return [
      {
        arn: listed.Arn ?? "",
        name: listed.Name ?? "",
        kind: "schedule",
        expression,
        ...(timezone ? { timezone } : {}),
        enabled: listed.State !== "DISABLED",
        functionArn,
        warmer,
        readAt: answer.readAt,
      },
    ];
  });
}
