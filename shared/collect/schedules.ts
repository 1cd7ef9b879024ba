/** Schedules of EventBridge Scheduler that start functions. The list names target and state; the expression takes a read each. */
import { GetScheduleCommand, ListSchedulesCommand, type ScheduleSummary } from "@aws-sdk/client-scheduler";
import { pages } from "../aws/paginate.ts";
import { isWarmerInput } from "../aws/redact.ts";
import { isComplete, type Part } from "../model/coverage.ts";
import { functionArnOf } from "../model/resource.ts";
import type { Schedule } from "../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "./collector.ts";

export const schedulesCollector: CollectorMeta = {
  name: "schedules",
  actions: ["scheduler:ListSchedules", "scheduler:GetSchedule"],
  reads: "schedules of EventBridge Scheduler that start a function, with their expressions",
};

interface ScheduleRead {
  readonly expression: string;
  readonly timezone?: string;
  readonly functionArn?: string;
  readonly warmer: boolean;
}

/** All schedules: those of `ofRules` and the Scheduler's own. Complete only when both are. */
export async function collectSchedules(context: CollectContext, ofRules: Part<Schedule>): Promise<Part<Schedule>> {
  const own = await collectPart<Schedule>("schedules", context.region, async (sink) => {
    const listed = (await listSchedules(context)).filter((schedule) => mayStartFunction(schedule.Target?.Arn));
    const byKey = new Map(listed.map((schedule) => [`${schedule.GroupName ?? "default"}/${schedule.Name}`, schedule]));
    const asked = [...byKey].map(([key, schedule]) => ({
      key,
      fingerprint: `${schedule.State}|${schedule.LastModificationDate?.toISOString() ?? ""}`,
      settled: schedule.LastModificationDate !== undefined,
    }));
    const answers = await context.rotation.read("schedules", asked, (key) => readSchedule(context, key), sink.miss);
    for (const [key, { value, readAt }] of answers) {
      const schedule = byKey.get(key);
      if (schedule && value.functionArn) sink.push(toSchedule(schedule, value, value.functionArn, readAt));
    }
  });
  const items = [...ofRules.items, ...own.items];
  if (isComplete(own) && !isComplete(ofRules)) {
    const status = items.length > 0 ? "partial" : ofRules.coverage.status;
    return { items, coverage: { ...ofRules.coverage, collector: "schedules", status, resources: items.length, follows: "eventRules" } };
  }
  const status = !isComplete(own) && items.length > 0 ? "partial" : own.coverage.status;
  return { items, coverage: { ...own.coverage, status, resources: items.length } };
}

async function listSchedules({ clients, region }: CollectContext): Promise<ScheduleSummary[]> {
  const schedules: ScheduleSummary[] = [];
  const list = pages(
    (NextToken) => clients.scheduler(region).send(new ListSchedulesCommand({ MaxResults: 100, ...(NextToken ? { NextToken } : {}) })),
    (page) => page.NextToken,
  );
  for await (const page of list) schedules.push(...(page.Schedules ?? []));
  return schedules;
}

/** A function, or the universal target that calls lambda:Invoke. */
function mayStartFunction(targetArn: string | undefined): boolean {
  return targetArn !== undefined && (functionArnOf(targetArn) !== undefined || /:scheduler:::aws-sdk:lambda:invoke/i.test(targetArn));
}

async function readSchedule({ clients, region, account, partition }: CollectContext, key: string): Promise<ScheduleRead> {
  const [group, ...name] = key.split("/");
  const schedule = await clients.scheduler(region).send(new GetScheduleCommand({ GroupName: group, Name: name.join("/") }));
  const target = schedule.Target?.Arn ?? "";
  const named = /"FunctionName"\s*:\s*"([^"]+)"/.exec(schedule.Target?.Input ?? "")?.[1];
  const functionArn =
    functionArnOf(target) ??
    functionArnOf(named ?? "") ??
    (named ? `arn:${partition}:lambda:${region}:${account}:function:${named.split(":")[0]}` : undefined);
  return {
    expression: schedule.ScheduleExpression ?? "",
    ...(schedule.ScheduleExpressionTimezone ? { timezone: schedule.ScheduleExpressionTimezone } : {}),
    ...(functionArn ? { functionArn } : {}),
    warmer: isWarmerInput(schedule.Target?.Input),
  };
}

function toSchedule(schedule: ScheduleSummary, read: ScheduleRead, functionArn: string, readAt: string): Schedule {
  return {
    arn: schedule.Arn ?? "",
    name: schedule.Name ?? "",
    kind: "schedule",
    expression: read.expression,
    ...(read.timezone ? { timezone: read.timezone } : {}),
    enabled: schedule.State !== "DISABLED",
    functionArn,
    warmer: read.warmer,
    readAt,
  };
}
