/** The document that a scan produces: `smalltarget scan --output json`, and the blob of each scan. Additive changes only. */
import type { AdvisoryFeed } from "./advisories.ts";
import type { Coverage } from "./coverage.ts";
import type { Risk } from "./excess.ts";
import type { Acknowledged, Confidence, Evidence, Owner, Released, Remediation, Severity, Status } from "./finding.ts";
import type { ExposureLevel, Relation, Resource } from "./graph.ts";
import type { LibrariesSummary } from "./libraries.ts";
import type { BehindAlias } from "./published-version.ts";
import type { ResourceRef } from "./resource.ts";
import type { DurationFacts, LastInvocation, ProvisionedConcurrency, TimeoutAdvice } from "./usage.ts";

export const documentSchemaVersion = 1;

export type Activity = "normal" | "warmed-only" | "switched-off" | "paused" | "dormant-by-role" | "never";

export const triggerKinds = [
  "event-source-mapping",
  "rule",
  "schedule",
  "event-rule",
  "alarm",
  "secret-rotation",
  "api",
  "authorizer",
  "bucket",
  "delivery-stream",
  "destination",
  "distribution",
  "event-bus",
  "function",
  "graphql-api",
  "iot-rule",
  "lattice",
  "load-balancer",
  "log-group",
  "outside",
  "pipe",
  "queue",
  "service",
  "stack",
  "state-machine",
  "stream",
  "topic",
  "url",
  "user-pool",
] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/**
 * How rarely a trigger comes. `scheduled`: by a schedule, its own or one that leads to it. `once`: once more, later. `rare`: when
 * something fails, is found or is deployed. `routine`: with ordinary work. `ended`: never again.
 */
export const paces = ["scheduled", "once", "rare", "routine", "unknown", "ended"] as const;
export type Pace = (typeof paces)[number];

export interface Trigger {
  readonly kind: TriggerKind;
  readonly arn: string;
  readonly enabled: boolean;
  /** Longest wait between two runs, days; for enabled schedules, its own or one that leads to it. */
  readonly periodDays?: number;
  readonly pace?: Pace;
  /** How we know, in words: `action of alarm disk-full, through topic alarms`. */
  readonly why?: string;
}

/** One function in the document: its configuration with everything computed about it. */
export interface FunctionFacts {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly runtime?: string;
  readonly packageType: "Zip" | "Image";
  /** That runs are cut off by: of the version behind the alias, where that is another one. */
  readonly timeoutSeconds: number;
  readonly behindAlias?: BehindAlias;
  /** The last change of the timeout that was seen: its day, `YYYY-MM-DD`, and the value before. */
  readonly timeoutChange?: { readonly at: string; readonly fromSeconds: number };
  readonly memoryMb: number;
  readonly lastModified?: string;
  readonly roleArn: string;
  readonly codeSha256?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly owner: Owner;
  /** CloudFormation stack and logical id, from tags. */
  readonly stack?: { readonly name: string; readonly logicalId?: string };
  /** Reason given in the tag `smalltarget:ignore`: shown, never judged. */
  readonly ignored?: string;
  /** Why AWS did not tell its environment: what the variables name is not known. */
  readonly environmentUnread?: string;
  readonly lastInvocation: LastInvocation;
  readonly duration: DurationFacts;
  readonly timeout: TimeoutAdvice;
  readonly triggers: readonly Trigger[];
  /** Absent where the graph was not read. */
  readonly exposure?: DocumentExposure;
  readonly activity: Activity;
  /** Why it is dormant by role, paused or warmed only. */
  readonly activityReason?: string;
  readonly confidence: Confidence;
  /** Of quiet functions only: environments that are kept ready for them. Absent where there are none, or none could be read. */
  readonly provisioned?: readonly ProvisionedConcurrency[];
  /** Of its own code and versions behind its aliases; its layers are resources of their own. Absent in documents of version 0.1. */
  readonly libraries?: LibrariesSummary;
}

export interface DocumentExposure {
  /** By a door that leads straight to it, as AWS states it. */
  readonly level: ExposureLevel;
  /** By a chain through other resources, or by a call that a function's environment suggests, where that is more open. */
  readonly indirectLevel?: ExposureLevel;
  /** The most open ways, each from outside to the resource itself. */
  readonly paths: readonly (readonly string[])[];
}

/** A resource in the document. */
export interface DocumentResource extends Resource {
  readonly owner: Owner;
  readonly exposure: DocumentExposure;
}

/** What the role of a function allows against what the function needs. */
export interface FunctionRole {
  readonly functionArn: string;
  readonly function: string;
  readonly region: string;
  readonly roleArn: string;
  readonly role: string;
  /** Other functions that have the role, in all Regions. */
  readonly sharedWith: readonly string[];
  /** Number of actions that the role allows; null: not known. */
  readonly allowed: number | null;
  /** Of them, those that the function itself is known to need; null: what it needs is not known. */
  readonly needed: number | null;
  /** Allowed, and not seen to be needed by any function that has the role; null: not known. */
  readonly inExcess: number | null;
  /** The gravest of those. */
  readonly worst: readonly string[];
  readonly exposure: ExposureLevel;
  /** Null: not known, for what it needs is not. */
  readonly risk: Risk | null;
  /** Why something is not known. */
  readonly unknown?: string;
  /** What to do first, in a few words, and the command; absent: nothing. */
  readonly first?: { readonly what: string; readonly command: string };
}

export interface DocumentFinding {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly confidence: Confidence;
  readonly resource: ResourceRef;
  readonly title: string;
  readonly evidence: Evidence;
  readonly remediation: Remediation;
  readonly owner: Owner;
  readonly firstSeenAt: string;
  readonly changedAt: string;
  readonly references: readonly string[];
  /** The Regions it was concluded from, where a scan of chosen Regions found what belongs to none; absent: all that it needs. */
  readonly concludedFrom?: readonly string[];
  /** The decision that holds it, where it is SUPPRESSED. */
  readonly acknowledged?: Acknowledged;
  /** Why the last decision about it no longer holds it. */
  readonly released?: Released;
}

export interface ScanHeader {
  readonly id: string;
  readonly account: string;
  /** By which people know the account; absent: it has none, AWS did not say, or a version before aliases scanned. */
  readonly accountAlias?: string;
  readonly partition: string;
  readonly regions: readonly string[];
  readonly regionSource: "account" | "ec2" | "configured" | "asked";
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly complete: boolean;
  /** How old the advisories are that libraries were put to; an empty list: there were none. Absent: they are switched off. */
  readonly advisories?: readonly AdvisoryFeed[];
  readonly apiCalls: { readonly total: number; readonly byOperation: Readonly<Record<string, number>> };
}

export interface Changes {
  /** This was the account's first scan. */
  readonly baseline: boolean;
  /** Finding ids. */
  readonly opened: readonly string[];
  readonly reopened: readonly string[];
  readonly changed: readonly string[];
  readonly resolved: readonly string[];
  /** Held by a decision since this scan: nobody is told of them one by one. Absent in documents of versions before decisions. */
  readonly suppressed?: readonly string[];
  readonly unchanged: number;
}

export interface ScanDocument {
  readonly schemaVersion: typeof documentSchemaVersion;
  readonly scan: ScanHeader;
  readonly coverage: readonly Coverage[];
  readonly functions: readonly FunctionFacts[];
  readonly resources: readonly DocumentResource[];
  readonly relations: readonly Relation[];
  /** Riskiest first; absent in documents of version 0.1, and where roles were not read. */
  readonly roles?: readonly FunctionRole[];
  readonly findings: readonly DocumentFinding[];
  readonly changes: Changes;
}
