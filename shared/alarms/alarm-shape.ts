/** What our alarms look like: one or two a function, on its longest run, made from its timeout. Pure. */
import { createHash } from "node:crypto";
import { longestAlarmName, longestAlarmWindowSeconds } from "../data/service-limits.ts";
import type { FunctionFacts } from "../model/document.ts";
import type { DurationAlarm } from "../model/duration-alarm.ts";

/** The tag that makes an alarm ours; its value is `configHash`. */
export const alarmTag = "smalltarget:alarm";
/** All our names begin like this; the deployed role may write to no other. */
export const alarmPrefix = "smalltarget-";

/** From this share of the timeout on a run is too close to it. */
/** An alarm that is no longer wanted goes after this many days without a change of its state. */
export const alarmQuietDays = 30;
const criticalShare = 0.9;
const periodSeconds = 60;
/**
 * A run is counted where it began but known only when it has ended: the window spans the longest run that is possible, and three
 * more periods for what arrives late.
 */
const sparePeriods = 3;

export type AlarmLevel = "warning" | "critical";

/** An alarm as it should be. */
export interface WantedAlarm {
  readonly name: string;
  readonly region: string;
  readonly functionName: string;
  readonly level: AlarmLevel;
  readonly timeoutSeconds: number;
  readonly thresholdMs: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly topicArn: string;
  readonly description: string;
  readonly hash: string;
}

/** The levels that mean something for this function: none where its longest run is above 90 % of the timeout already. */
export function levelsOf({
  timeoutSeconds,
  duration,
}: FunctionFacts): readonly { readonly level: AlarmLevel; readonly thresholdMs: number }[] {
  const { longestMs } = duration;
  const criticalMs = criticalThresholdMs(timeoutSeconds);
  if (longestMs === undefined || longestMs >= criticalMs) return [];
  const warningMs = warningThresholdMs(longestMs, timeoutSeconds);
  return [
    ...(warningMs < criticalMs ? [{ level: "warning" as const, thresholdMs: warningMs }] : []),
    { level: "critical" as const, thresholdMs: criticalMs },
  ];
}

/** 90 % of the timeout, milliseconds. */
export function criticalThresholdMs(timeoutSeconds: number): number {
  return Math.round(criticalShare * timeoutSeconds * 1000);
}

/**
 * Half way, in proportion, between the longest run and the timeout: a new record that is well above all before, with as much room left.
 * In hundredths of the timeout, so that a record a hair longer does not move the alarm.
 */
export function warningThresholdMs(longestMs: number, timeoutSeconds: number): number {
  const step = timeoutSeconds * 10;
  return Math.round(Math.sqrt(longestMs * timeoutSeconds * 1000) / step) * step;
}

/** The alarms of one function; none where nothing is to be told any more. */
export function wantedAlarms(facts: FunctionFacts, topicArn: string): WantedAlarm[] {
  return levelsOf(facts).map(({ level, thresholdMs }) => {
    const { region, name: functionName, timeoutSeconds } = facts;
    const evaluationPeriods = Math.min(Math.ceil(timeoutSeconds / periodSeconds) + sparePeriods, longestAlarmWindowSeconds / periodSeconds);
    const shape = { functionName, thresholdMs, periodSeconds, evaluationPeriods, topicArn };
    return {
      name: alarmName(functionName, level),
      region,
      level,
      timeoutSeconds,
      description: describe(functionName, level, thresholdMs, timeoutSeconds),
      hash: hashOf(["Maximum", "GreaterThanOrEqualToThreshold", "notBreaching", 1, true, shape]),
      ...shape,
    };
  });
}

/** Deterministic and legible; what is too long keeps its beginning and a hash. */
export function alarmName(functionName: string, level: AlarmLevel): string {
  const name = `${alarmPrefix}${functionName}-${level}`;
  if (name.length <= longestAlarmName) return name;
  const hash = createHash("sha256").update(functionName).digest("hex").slice(0, 10);
  return `${alarmPrefix}${functionName.slice(0, longestAlarmName - alarmPrefix.length - level.length - hash.length - 2)}-${hash}-${level}`;
}

/** The hash that `alarm` as it is would have if it were one of ours: differs from the wanted one when anything that counts does. */
export function configHash(alarm: DurationAlarm): string {
  const { functionName, thresholdMs, evaluationPeriods, statistic, comparison, treatMissing, datapointsToAlarm, actionsEnabled } = alarm;
  const shape = { functionName, thresholdMs, periodSeconds: alarm.periodSeconds, evaluationPeriods, topicArn: alarm.actions.join(",") };
  return hashOf([statistic, comparison, treatMissing, datapointsToAlarm, actionsEnabled, shape]);
}

function hashOf(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

function describe(functionName: string, level: AlarmLevel, thresholdMs: number, timeoutSeconds: number): string {
  const share = Math.round(thresholdMs / timeoutSeconds / 10);
  const means = level === "warning" ? "longer than any run so far, with some room left" : "about to be cut off";
  return `Small Target: a run of ${functionName} took ${share} % of its timeout of ${timeoutSeconds} s (${means}). Made and kept up to date by smalltarget alarms; removed after ${alarmQuietDays} quiet days.`;
}
