/** An account as its author writes it down: what there is, and what happened in it. Days count back from the day of the recording. */

/** What one function did on one day. */
export interface PlannedDay {
  readonly daysAgo: number;
  readonly runs: number;
  readonly longestMs: number;
  readonly errors?: number;
  readonly p99Ms?: number;
}

export interface PlannedFunction {
  readonly name: string;
  /** Absent: eu-west-1. */
  readonly region?: string;
  /** Absent: an image function. */
  readonly runtime?: string;
  readonly timeoutSeconds: number;
  readonly memoryMb?: number;
  readonly handler?: string;
  readonly description?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Equal sources are equal code. Absent: its own. */
  readonly source?: string;
  /** Days since the last deployment. */
  readonly deployedDaysAgo: number;
  readonly logGroupDaysAgo?: number;
  readonly reservedConcurrency?: number;
  readonly use?: readonly PlannedDay[];
}

export interface PlannedQueue {
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly deadLetterQueue?: string;
  readonly feeds?: string;
  /** False: the mapping is switched off. */
  readonly enabled?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A rule of the default event bus. */
export interface PlannedRule {
  readonly name: string;
  readonly starts: string;
  readonly schedule?: string;
  readonly pattern?: Readonly<Record<string, readonly string[]>>;
  readonly input?: string;
}

/** A schedule of EventBridge Scheduler. */
export interface PlannedSchedule {
  readonly name: string;
  readonly starts: string;
  readonly schedule: string;
  readonly input?: string;
}

export interface PlannedAlarm {
  readonly name: string;
  readonly starts: string;
}

/** Everything but functions is in the Region of the function that it starts; queues that feed nothing are in eu-west-1. */
export interface AccountPlan {
  readonly functions: readonly PlannedFunction[];
  readonly queues?: readonly PlannedQueue[];
  readonly rules?: readonly PlannedRule[];
  readonly schedules?: readonly PlannedSchedule[];
  readonly alarms?: readonly PlannedAlarm[];
}

export const mainRegion = "eu-west-1";

export function regionOf({ region = mainRegion }: PlannedFunction): string {
  return region;
}

/** The function of that name. @throws when the plan has none: a trigger must start something */
export function plannedFunction({ functions }: AccountPlan, name: string): PlannedFunction {
  const found = functions.find((f) => f.name === name);
  if (!found) throw new Error(`the plan has no function ${name}`);
  return found;
}
