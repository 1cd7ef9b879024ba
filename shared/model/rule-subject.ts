/** What rules judge: a function, a queue, a resource, each with everything known about it. */
import type { FunctionFacts, Trigger, TriggerKind } from "./document.ts";
import type { DurationAlarm } from "./duration-alarm.ts";
import type { Exposure, Relation, Resource } from "./graph.ts";
import type { ArtifactLibraries } from "./libraries.ts";
import type { PublishedVersions } from "./published-version.ts";
import type { RoleAccess, RoleUser } from "./role-access.ts";
import type { CandidateRead, FunctionConfiguration, Queue } from "./snapshot.ts";

/** A function with everything known about it. */
export interface FunctionSubject {
  readonly facts: FunctionFacts;
  readonly configuration: FunctionConfiguration;
  readonly candidate?: CandidateRead;
  /** Versions behind its aliases. */
  readonly published?: PublishedVersions;
  /** Queues that feed it through an event source mapping. */
  readonly queues: readonly Queue[];
  /** Alarms on its run time, anybody's. */
  readonly durationAlarms: readonly DurationAlarm[];
  /** Median of the longest runs of the days of the last month, milliseconds. */
  readonly usualMs?: number;
  /** First scan that saw it switched off without interruption since, ISO 8601. */
  readonly switchedOffSince?: string;
  /** Why it runs only while a stack is deployed. */
  readonly deployTime?: string;
  /** Triggers that are on and should have started it, but did not. */
  readonly failing?: readonly FailingTrigger[];
  /** What was not read and could hide a trigger, in words. */
  readonly unreadStarts?: string;
}

/** A trigger that is on and starts nothing, with what shows it. */
export interface FailingTrigger {
  readonly kind: TriggerKind;
  readonly arn: string;
  /** Runs of its own schedule that never came, counted carefully. */
  readonly missedRuns?: number;
  /** Of the last 30 days, those on which the rule started its targets, and how often it failed to. */
  readonly startedDays?: number;
  readonly failedStarts?: number;
  /** For schedules: the same, of all schedules of its group together. */
  readonly failedInGroup?: number;
  /** Whether the function's policy lets the rule call it. */
  readonly permitted?: boolean;
  /** Messages that wait in the queue. */
  readonly messages?: number;
  readonly uuid?: string;
  readonly mappingState?: string;
  readonly lastResult?: string;
  /** Day on which the rule last passed an event on. */
  readonly passedOnAt?: string;
}

/** A queue with the functions it feeds. */
export interface QueueSubject {
  readonly queue: Queue;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly consumers: readonly { readonly facts: FunctionFacts; readonly batchWindowSeconds: number }[];
}

/** A resource of any service with what leads to and from it. */
export interface ResourceSubject {
  readonly resource: Resource;
  readonly exposure: Exposure;
  readonly incoming: readonly Relation[];
  readonly outgoing: readonly Relation[];
  /** Another resource of the graph. */
  resourceOf(arn: string): Resource | undefined;
  /** Everything known about a function; undefined when the ARN is not one that was listed. */
  functionOf(arn: string): FunctionFacts | undefined;
  /** Other functions of the same code and settings under a name that only says "another one"; see graph/copies.ts. */
  readonly copies?: readonly FunctionFacts[];
  /** What may start it, or send to it, and how rarely. */
  readonly triggers?: readonly Trigger[];
  /** Of a role, or the role of a function (in a dump of an account, also of a user): its policies, what they allow, and who has it. */
  readonly access?: RoleAccess | undefined;
  /** A function as one that has a role: what it needs, and what it asked of AWS. */
  readonly user?: RoleUser | undefined;
  /** Of a function: the libraries in its own code; of a version of a layer: those in it. Absent where nothing is known of them. */
  readonly libraries?: ArtifactLibraries | undefined;
}
