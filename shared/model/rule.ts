/** What a rule is. One rule, one file, path = id; the list is rules/catalogue.ts. */
import type { Coverage } from "./coverage.ts";
import type { FunctionFacts, Trigger, TriggerKind } from "./document.ts";
import type { DurationAlarm } from "./duration-alarm.ts";
import type { Confidence, Evidence, Remediation, Severity } from "./finding.ts";
import type { Exposure, Relation, Resource, ServiceName } from "./graph.ts";
import type { ArtifactLibraries } from "./libraries.ts";
import type { PublishedVersions } from "./published-version.ts";
import type { ResourceRef } from "./resource.ts";
import type { RoleAccess, RoleUser } from "./role-access.ts";
import type { Declared, SettingsOf } from "./rule-settings.ts";
import type { CandidateRead, FunctionConfiguration, PartName, Queue } from "./snapshot.ts";

/**
 * Whatever a collector reads: a part of the snapshot, a service, the code of the functions, the packages in it and in layers; and the
 * advisories, which come from elsewhere.
 */
export type Collected = PartName | ServiceName | "code" | "libraries" | "advisories";

/**
 * What a rule reads, and how much of it. `sqs`: all of it, for what is missing could change the answer. `sqs:listed`: only what there
 * is, for single resources may stay unread. `sqs:own`: what it says of the resource that is judged; the rule itself answers unknown
 * where that was not read, and other resources do not matter.
 */
export type Need = Collected | `${Collected}:listed` | `${Collected}:own`;

/** As the `sub` of an unknown: no finding that has a sub could be told; the one without could. */
export const anySub = "*";

/** Says "could not tell" for exactly one resource, or for one finding about it. */
export interface Unknown {
  readonly answer: "unknown";
  readonly why: string;
  /** The one finding that could not be told; absent: nothing about the resource could. */
  readonly sub?: string;
  /** With `anySub`: those that could be told all the same, and are clear. */
  readonly except?: readonly string[];
}

export interface Hit {
  readonly answer: "hit";
  /** Tells several findings of one rule about one resource apart; absent where there can be only one. */
  readonly sub?: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Verdict, band, set of names; never a raw number that moves daily. */
  readonly materialKey: string;
  readonly evidence: Evidence;
  /** Only keeps an open finding open; opens none. */
  readonly continuesOnly?: boolean;
  /** Not everything could be told that makes it graver: an open finding stays as grave as it was (as-grave-as-before.ts). */
  readonly mayBeGraver?: boolean;
}

export type Judgement = { readonly answer: "clear" } | Unknown | Hit;

/** One judgement, or any number of hits and unknowns that `sub` tells apart: what is not among them is clear. */
export type Judgements = Judgement | readonly (Hit | Unknown)[];

export interface RuleContext<S extends Declared = Declared> {
  readonly now: Date;
  readonly settings: SettingsOf<S>;
  /** Topics that the settings' channels publish to, ARNs or `stack`; absent: the settings name no channels, and the stack's is the one. */
  readonly topics?: readonly string[];
}

interface RuleBase<S extends Declared> {
  /** Path under rules/, e.g. `lambda/unused-function`. */
  readonly id: string;
  /** One line for tables. */
  readonly summary: string;
  /** Why a person should care, in a sentence or two. */
  readonly why: string;
  /** What it reads. The judge answers unknown in its place where a need is not met. */
  readonly needs: readonly Need[];
  /** What only makes it graver: where it could not be read, a finding stays as grave as it was. */
  readonly weighs?: readonly Need[];
  /** What proves that a resource which was not seen again is gone. */
  readonly gone: readonly Need[];
  /** Severities it may give, with the condition, for the generated table. */
  readonly severities: readonly { readonly severity: Severity; readonly when: string }[];
  /**
   * About what belongs to no Region: more functions, in Regions that a scan was not to look at, make what it finds no less true and no
   * less grave. So it is found in a scan of chosen Regions as well, and only a scan of at least these takes it back.
   */
  readonly holdsFromPart?: true;
  /** Judged from usage: resolves only after two complete looks, at least 20 hours apart. */
  readonly usageBased: boolean;
  /** What a person may set, each written once: `context.settings` has the values, typed by these. */
  readonly settings: S;
  readonly references: readonly string[];
  /** Rules whose finding on the same resource says more: then this one says nothing. */
  readonly yieldsTo?: readonly string[];
  /** Words the evidence: the only place that makes sentences of it. */
  word(evidence: Evidence, resource: ResourceRef): { readonly title: string; readonly remediation: Remediation };
}

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

export interface FunctionRule<S extends Declared = Declared> extends RuleBase<S> {
  readonly subject: "function";
  judge(subject: FunctionSubject, context: RuleContext<S>): Judgements;
}

export interface QueueRule<S extends Declared = Declared> extends RuleBase<S> {
  readonly subject: "queue";
  judge(subject: QueueSubject, context: RuleContext<S>): Judgements;
}

/** Judges one row of the coverage table. */
export interface CoverageRule<S extends Declared = Declared> extends RuleBase<S> {
  readonly subject: "coverage";
  judge(subject: Coverage, context: RuleContext<S>): Judgement;
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

/** Judges resources by type, from the graph. What could not be read of one stands in its `details.unread`. */
export interface ResourceRule<S extends Declared = Declared> extends RuleBase<S> {
  readonly subject: "resource";
  /** CloudFormation types. */
  readonly types: readonly string[];
  /** It is about the watchdog: it judges parts of ours too, which every other rule leaves alone. */
  readonly judgesOurs?: true;
  judge(subject: ResourceSubject, context: RuleContext<S>): Judgements;
}

export type Rule = ResourceRule | FunctionRule | QueueRule | CoverageRule;

/** A rule as it is written: its settings are typed from its own declaration. */
export function functionRule<const S extends Declared>(rule: FunctionRule<S>): FunctionRule<S> {
  return rule;
}

export function queueRule<const S extends Declared>(rule: QueueRule<S>): QueueRule<S> {
  return rule;
}

export function resourceRule<const S extends Declared>(rule: ResourceRule<S>): ResourceRule<S> {
  return rule;
}
