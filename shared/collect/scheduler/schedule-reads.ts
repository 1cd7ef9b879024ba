/** Schedules of EventBridge Scheduler with what they start. The list names target and state; the rest takes a read each. */
import { GetScheduleCommand, ListSchedulesCommand, type ScheduleSummary } from "@aws-sdk/client-scheduler";
import { pages } from "../../aws/paginate.ts";
import { isWarmerInput } from "../../aws/redact.ts";
import { targetArn, targetKind } from "../../describe/event-target.ts";
import { taskTarget } from "../../describe/task-target.ts";
import { functionArnOf } from "../../model/arn.ts";
import type { Relation } from "../../model/graph.ts";
import type { Answer } from "../contract/cached-reads.ts";
import type { CollectContext } from "../contract/collector.ts";

/** The input itself is not kept. */
export interface ScheduleRead {
  readonly expression: string;
  readonly timezone?: string;
  /** It runs from here on and up to here, ISO 8601. */
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly targets: readonly { readonly to: string; readonly kind: Relation["kind"] }[];
  readonly warmer: boolean;
  readonly deadLetterArn?: string;
  readonly roleArn?: string;
}

export interface ReadSchedule {
  readonly listed: ScheduleSummary;
  /** Absent where it could not be read. */
  readonly answer: Answer<ScheduleRead> | undefined;
}

/** All schedules of the Region; what failed on the way is in `failures`. @throws where the list is refused */
export async function readSchedules(
  context: CollectContext,
): Promise<{ readonly schedules: readonly ReadSchedule[]; readonly failures: readonly unknown[] }> {
  const byKey = new Map((await listSchedules(context)).map((one) => [`${one.GroupName ?? "default"}/${one.Name}`, one]));
  const asked = [...byKey].map(([key, schedule]) => ({
    key,
    fingerprint: `${schedule.State}|${schedule.LastModificationDate?.toISOString() ?? ""}`,
    settled: schedule.LastModificationDate !== undefined,
  }));
  const failures: unknown[] = [];
  const answers = await context.rotation.read(
    "schedules",
    asked,
    (key) => readSchedule(context, key),
    (error) => failures.push(error),
  );
  return { schedules: [...byKey].map(([key, listed]) => ({ listed, answer: answers.get(key) })), failures };
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

async function readSchedule(context: CollectContext, key: string): Promise<ScheduleRead> {
  const { clients, region } = context;
  const [group, ...name] = key.split("/");
  const schedule = await clients.scheduler(region).send(new GetScheduleCommand({ GroupName: group, Name: name.join("/") }));
  const { Arn = "", Input, DeadLetterConfig, RoleArn } = schedule.Target ?? {};
  return {
    expression: schedule.ScheduleExpression ?? "",
    ...(schedule.ScheduleExpressionTimezone ? { timezone: schedule.ScheduleExpressionTimezone } : {}),
    ...(schedule.StartDate ? { startsAt: schedule.StartDate.toISOString() } : {}),
    ...(schedule.EndDate ? { endsAt: schedule.EndDate.toISOString() } : {}),
    targets: targetsOf(Arn, Input, context),
    warmer: isWarmerInput(Input),
    ...(DeadLetterConfig?.Arn ? { deadLetterArn: DeadLetterConfig.Arn } : {}),
    ...(RoleArn ? { roleArn: RoleArn } : {}),
  };
}

/** `arn:aws:scheduler:::aws-sdk:sqs:sendMessage` calls any operation, and its input names on what, as a task of a state machine does. */
function targetsOf(arn: string, input: string | undefined, place: CollectContext): ScheduleRead["targets"] {
  const call = /^arn:[^:]+:scheduler:::(aws-sdk:.+)$/.exec(arn)?.[1];
  if (!call) return arn.startsWith("arn:") ? [{ to: targetArn(arn), kind: targetKind(arn) }] : [];
  const found = taskTarget(`arn:${place.partition}:states:::${call}`, parameters(input), place);
  return found === "dynamic" ? [] : found;
}

function parameters(input: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(input ?? "{}");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    // people also write a name where it can be found all the same
    const named = functionArnOf(input ?? "");
    return named ? { FunctionName: named } : {};
  }
}
