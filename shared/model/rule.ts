/** What a rule is. One rule, one file, path = id; the list is rules/catalogue.ts. */
import type { Coverage } from "./coverage.ts";
import type { Confidence, Evidence, Remediation, Severity } from "./finding.ts";
import type { ServiceName } from "./graph.ts";
import type { ResourceRef } from "./resource.ts";
import type { Declared, SettingsOf } from "./rule-settings.ts";
import type { FunctionSubject, QueueSubject, ResourceSubject } from "./rule-subject.ts";
import type { PartName } from "./snapshot.ts";

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
