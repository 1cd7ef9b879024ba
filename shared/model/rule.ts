/** What a rule is. One rule, one file, path = id; the list is rules/catalogue.ts. */
import type { Coverage } from "./coverage.ts";
import type { FunctionFacts } from "./document.ts";
import type { Confidence, Evidence, Remediation, Severity } from "./finding.ts";
import type { Exposure, Relation, Resource, ServiceName } from "./graph.ts";
import type { ResourceRef } from "./resource.ts";
import type { CandidateRead, DurationAlarm, FunctionConfiguration, PartName, Queue } from "./snapshot.ts";

/** A number that a person may set in the settings file. */
export interface Threshold {
  readonly default: number;
  readonly unit: "days" | "seconds" | "ratio" | "count";
  readonly minimum: number;
  readonly meaning: string;
}

/** Says "could not tell" for exactly one resource. */
export interface Unknown {
  readonly answer: "unknown";
  readonly why: string;
}

export interface Hit {
  readonly answer: "hit";
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Verdict, band, set of names; never a raw number that moves daily. */
  readonly materialKey: string;
  readonly evidence: Evidence;
  /** Only keeps an open finding open; opens none. */
  readonly continuesOnly?: boolean;
}

export type Judgement = { readonly answer: "clear" } | Unknown | Hit;

export interface RuleContext {
  readonly now: Date;
  readonly settings: Readonly<Record<string, number>>;
}

interface RuleBase {
  /** Path under rules/, e.g. `lambda/unused-function`. */
  readonly id: string;
  /** One line for tables. */
  readonly summary: string;
  /** Why a person should care, in a sentence or two. */
  readonly why: string;
  /** What has to be read completely, per Region, before an absence of a hit means anything. */
  readonly needs: readonly PartName[];
  /** Severities it may give, with the condition, for the generated table. */
  readonly severities: readonly { readonly severity: Severity; readonly when: string }[];
  /** Judged from usage: resolves only after two complete looks, at least 20 hours apart. */
  readonly usageBased: boolean;
  readonly settings: Readonly<Record<string, Threshold>>;
  readonly references: readonly string[];
  /** Words the evidence: the only place that makes sentences of it. */
  word(evidence: Evidence, resource: ResourceRef): { readonly title: string; readonly remediation: Remediation };
}

/** A function with everything known about it. */
export interface FunctionSubject {
  readonly facts: FunctionFacts;
  readonly configuration: FunctionConfiguration;
  readonly candidate?: CandidateRead;
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
}

/** A queue with the functions it feeds. */
export interface QueueSubject {
  readonly queue: Queue;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly consumers: readonly { readonly facts: FunctionFacts; readonly batchWindowSeconds: number }[];
}

export interface FunctionRule extends RuleBase {
  readonly subject: "function";
  judge(subject: FunctionSubject, context: RuleContext): Judgement;
}

export interface QueueRule extends RuleBase {
  readonly subject: "queue";
  judge(subject: QueueSubject, context: RuleContext): Judgement;
}

/** Judges one row of the coverage table. */
export interface CoverageRule extends RuleBase {
  readonly subject: "coverage";
  judge(subject: Coverage, context: RuleContext): Judgement;
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
  /** Whether a service was read completely in the resource's Region: only then does an absence mean anything. */
  isComplete(service: ServiceName): boolean;
  /** Every function that could refer to the resource was listed: those of its Region, or of all Regions where it has none. */
  readonly functionsComplete?: boolean;
  /** Other functions of the same code and settings under a name that only says "another one"; see graph/copies.ts. */
  readonly copies?: readonly FunctionFacts[];
}

/** Judges resources by type, from the graph. What could not be read of one stands in its `details.unread`. */
export interface ResourceRule extends RuleBase {
  readonly subject: "resource";
  /** CloudFormation types. */
  readonly types: readonly string[];
  /** Services whose complete look is needed before a resource that is not there any more counts as gone. */
  readonly services: readonly ServiceName[];
  judge(subject: ResourceSubject, context: RuleContext): Judgement;
}

export type Rule = ResourceRule | FunctionRule | QueueRule | CoverageRule;
