/** What starts each function of a Region, looked up by function. Pure. */
import type { Trigger } from "../model/document.ts";
import type { AlarmAction, EventRule, EventSourceMapping, Queue, RegionSnapshot, Schedule } from "../model/snapshot.ts";
import { type Period, periodOf } from "./schedule-period.ts";

export interface Wired {
  readonly mappings: readonly EventSourceMapping[];
  readonly schedules: readonly (Schedule & { readonly period: Period })[];
  readonly eventRules: readonly EventRule[];
  readonly alarms: readonly AlarmAction[];
  /** Queues that feed it. */
  readonly queues: readonly Queue[];
  /** One of its queues is another queue's dead-letter queue. */
  readonly fedByDeadLetters: boolean;
}

/** Answers what is wired to a function ARN. */
export type Wiring = (functionArn: string) => Wired;

/** A name that says what the queue is for, where its source could not be seen. */
const deadLetterName = /(^|[-_.])(dlq|dead[-_]?letters?)([-_.]|$)/i;

export function wiringOf(region: RegionSnapshot, now: Date): Wiring {
  const mappings = groupBy(region.eventSourceMappings.items);
  const schedules = groupBy(region.schedules.items);
  const eventRules = groupBy(region.eventRules.items);
  const alarms = groupBy(region.alarmActions.items);
  const queues = new Map(region.queues.items.map((queue) => [queue.arn, queue]));
  const deadLetters = new Set([
    ...region.queues.items.flatMap((queue) => queue.deadLetterArn ?? []),
    ...region.functions.items.flatMap((f) => f.deadLetterArn ?? []),
  ]);
  const periods = new Map<string, Period>();
  const period = (expression: string): Period => {
    let known = periods.get(expression);
    if (!known) {
      known = periodOf(expression, now);
      periods.set(expression, known);
    }
    return known;
  };
  return (arn) => {
    const own = mappings.get(arn) ?? [];
    const sources = own.flatMap(({ sourceArn }) => sourceArn ?? []);
    return {
      mappings: own,
      schedules: (schedules.get(arn) ?? []).map((schedule) => ({ ...schedule, period: period(schedule.expression) })),
      eventRules: eventRules.get(arn) ?? [],
      alarms: alarms.get(arn) ?? [],
      queues: sources.flatMap((source) => queues.get(source) ?? []),
      fedByDeadLetters: sources.some(
        (source) => deadLetters.has(source) || (/:sqs:/.test(source) && deadLetterName.test(source.split(":")[5] ?? "")),
      ),
    };
  };
}

function groupBy<T extends { readonly functionArn: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.functionArn);
    if (group) group.push(item);
    else groups.set(item.functionArn, [item]);
  }
  return groups;
}

/** True when a schedule will still start something: switched on, and not over. */
export function isLive(schedule: { readonly enabled: boolean; readonly period: Period }): boolean {
  return schedule.enabled && schedule.period.kind !== "ended";
}

/** The triggers as the document lists them. */
export function triggersOf({ mappings, schedules, eventRules, alarms }: Wired): Trigger[] {
  return [
    ...mappings.map(
      (mapping): Trigger => ({ kind: "event-source-mapping", arn: mapping.sourceArn ?? mapping.uuid, enabled: mapping.enabled }),
    ),
    ...schedules.map(
      (schedule): Trigger => ({
        kind: schedule.kind,
        arn: schedule.arn,
        enabled: isLive(schedule),
        ...(isLive(schedule) && schedule.period.kind === "repeating"
          ? { periodDays: Math.round(schedule.period.longestGapDays * 100) / 100 }
          : {}),
      }),
    ),
    ...eventRules.map((rule): Trigger => ({ kind: "event-rule", arn: rule.arn, enabled: rule.enabled })),
    ...alarms.map((alarm): Trigger => ({ kind: "alarm", arn: alarm.alarmArn, enabled: true })),
  ];
}
