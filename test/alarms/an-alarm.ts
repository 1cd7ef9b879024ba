/** Alarms on the run time of a function: somebody's, and ours as they would be made today. */
import type { OwnAlarm } from "../../shared/alarms/alarm-plan.ts";
import { configHash, wantedAlarms } from "../../shared/alarms/alarm-shape.ts";
import type { FunctionFacts } from "../../shared/model/document.ts";
import type { DurationAlarm } from "../../shared/model/duration-alarm.ts";

export const topicArn = "arn:aws:sns:eu-west-1:111122223333:alarms";

export function aDurationAlarm(more: Partial<DurationAlarm> = {}): DurationAlarm {
  const name = more.name ?? "orders-slow";
  return {
    arn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`,
    name,
    region: "eu-west-1",
    functionName: "orders-api",
    computed: false,
    statistic: "Maximum",
    comparison: "GreaterThanOrEqualToThreshold",
    thresholdMs: 28_500,
    periodSeconds: 60,
    evaluationPeriods: 4,
    datapointsToAlarm: 1,
    treatMissing: "notBreaching",
    actionsEnabled: true,
    actions: [topicArn],
    state: "OK",
    changedAt: "2026-11-01T00:00:00.000Z",
    ...more,
  };
}

/** Tagged with what it is. */
export function asOwn(alarm: DurationAlarm = aDurationAlarm()): OwnAlarm {
  return { alarm, hash: configHash(alarm) };
}

/** Our alarms of this function, made for what it is now. */
export function alarmsOf(facts: FunctionFacts): OwnAlarm[] {
  return wantedAlarms(facts, topicArn).map(({ name, functionName, thresholdMs, periodSeconds, evaluationPeriods, hash }) => ({
    alarm: aDurationAlarm({ name, functionName, thresholdMs, periodSeconds, evaluationPeriods }),
    hash,
  }));
}
