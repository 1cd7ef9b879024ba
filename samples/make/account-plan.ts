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
  /** The text of its one file. Absent: a comment. */
  readonly code?: string;
  /** Packages of npm beside it, with their versions. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Days since the last deployment. */
  readonly deployedDaysAgo: number;
  readonly logGroupDaysAgo?: number;
  readonly reservedConcurrency?: number;
  /** It has a function URL with AuthType NONE, and the permissions that let everybody in. */
  readonly openUrl?: boolean;
  /** Absent: that of its team, or its own. */
  readonly role?: string;
  readonly use?: readonly PlannedDay[];
}

export interface PlannedQueue {
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly deadLetterQueue?: string;
  readonly feeds?: string;
  /** False: the mapping is switched off. */
  readonly enabled?: boolean;
  /** Absent: that of the function that it feeds. */
  readonly use?: readonly PlannedCount[];
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

/** How often something other than a function was used on one day. */
export type PlannedCount = Pick<PlannedDay, "daysAgo" | "runs">;

interface PlannedResource {
  readonly name: string;
  readonly createdDaysAgo: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly use?: readonly PlannedCount[];
}

export interface PlannedRoute {
  readonly verb: string;
  readonly path: string;
  /** Absent: a mock, as for preflight requests. */
  readonly starts?: string;
  /** Absent: NONE. */
  readonly authorization?: "AWS_IAM";
}

/** A REST API of API Gateway. */
export interface PlannedApi extends PlannedResource {
  readonly stage: string;
  readonly routes: readonly PlannedRoute[];
}

/** A bucket of eu-west-1. Its `use` is the number of objects that it held. */
export interface PlannedBucket extends PlannedResource {
  /** What everybody may do with its objects. */
  readonly everybodyMay?: readonly string[];
  readonly website?: boolean;
  /** All four parts of the public access block are on. */
  readonly blocked?: boolean;
  /** Everything but TLS is refused. */
  readonly tlsOnly?: boolean;
  /** The function that it tells of new objects. */
  readonly notifies?: string;
}

/** A table of eu-west-1 with one key. */
export interface PlannedTable extends PlannedResource {
  readonly key: string;
}

/** A topic with a function subscribed to it. */
export interface PlannedTopic extends PlannedResource {
  readonly starts: string;
}

/** A log group of eu-west-1 that is not in the plan of a function. */
export interface PlannedLogGroup extends PlannedResource {
  readonly storedBytes: number;
}

/** What the functions of a role may do. */
export interface PlannedRolePolicy {
  readonly role: string;
  readonly name: string;
  readonly statements: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[];
  /** Services that it allows and that nobody ever used. Absent: all were used when the role was. */
  readonly unused?: readonly string[];
}

/** Everything but functions is in the Region of the function that it starts; queues that feed nothing are in eu-west-1. */
export interface AccountPlan {
  /** Of the account, if it has one. */
  readonly alias?: string;
  readonly functions: readonly PlannedFunction[];
  readonly queues?: readonly PlannedQueue[];
  readonly rules?: readonly PlannedRule[];
  readonly schedules?: readonly PlannedSchedule[];
  readonly alarms?: readonly PlannedAlarm[];
  readonly apis?: readonly PlannedApi[];
  readonly buckets?: readonly PlannedBucket[];
  readonly tables?: readonly PlannedTable[];
  readonly topics?: readonly PlannedTopic[];
  readonly logGroups?: readonly PlannedLogGroup[];
  readonly rolePolicies?: readonly PlannedRolePolicy[];
}

export const mainRegion = "eu-west-1";

export function regionOf({ region = mainRegion }: PlannedFunction): string {
  return region;
}

/** The Region of whatever starts the function of that name. */
export function regionOfStarted(plan: AccountPlan, name: string): string {
  return regionOf(plannedFunction(plan, name));
}

/** The function of that name. @throws when the plan has none: a trigger must start something */
export function plannedFunction({ functions }: AccountPlan, name: string): PlannedFunction {
  const found = functions.find((f) => f.name === name);
  if (!found) throw new Error(`the plan has no function ${name}`);
  return found;
}
