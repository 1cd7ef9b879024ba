/** Alarms on how long functions run, as they are watched and made. */

/** Stands for every function in an alarm over all of them. */
export const everyFunction = "*";

/** A metric alarm on AWS/Lambda Duration of one function, or of all of them. */
export interface DurationAlarm {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  /** `everyFunction` for an alarm over all of them. */
  readonly functionName: string;
  /** The alias or version, e.g. `orders-api:live`, where it watches nothing else. */
  readonly qualifier?: string;
  /** It computes with the metric (metric math, anomaly detection): what it does cannot be read off its threshold. */
  readonly computed: boolean;
  /** `Maximum`, `Average`, `p99`, ...; empty where it is computed. */
  readonly statistic: string;
  readonly comparison: string;
  readonly thresholdMs: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissing: string;
  readonly actionsEnabled: boolean;
  /** ARNs of what it sets off when it goes off. */
  readonly actions: readonly string[];
  /** What else hears it: `composite alarm NAME`, `rule NAME`. Absent: nothing. */
  readonly passedOnBy?: readonly string[];
  readonly state: string;
  /** When its state or its configuration last changed, ISO 8601. */
  readonly changedAt?: string;
}
