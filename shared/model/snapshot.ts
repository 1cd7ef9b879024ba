/**
 * The snapshot: what AWS answered, as plain readonly serializable data. No value of an environment variable is
 * ever in it, except references that are an ARN, a URL without userinfo and query, or the name of a known resource.
 */
import type { AdvisoryFeed } from "./advisories.ts";
import type { FunctionCode } from "./code.ts";
import type { Coverage, Part } from "./coverage.ts";
import type { DurationAlarm } from "./duration-alarm.ts";
import type { GraphRow, ServiceAnswer, ServiceName } from "./graph.ts";
import type { ImageLayers } from "./image-layer.ts";
import type { ArtifactLibraries } from "./libraries.ts";
import type { LedgerEntry, ProvisionedConcurrency } from "./usage.ts";

/** A Lambda function as ListFunctions describes it. */
export interface FunctionConfiguration {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly packageType: "Zip" | "Image";
  /** Absent for image functions. */
  readonly runtime?: string;
  readonly handler?: string;
  readonly description?: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly architecture: string;
  /** ISO 8601; absent when AWS left it out. */
  readonly lastModified?: string;
  readonly roleArn: string;
  readonly codeSha256?: string;
  readonly layers: readonly string[];
  readonly vpcId?: string;
  readonly deadLetterArn?: string;
  /** Names of environment variables; values are dropped by the collector. */
  readonly environmentNames: readonly string[];
  /** Why AWS did not tell the variables: their key may not be used by us. What they name is then not known. */
  readonly environmentUnread?: string;
  /** Values that are an ARN or a plain URL. */
  readonly environmentReferences: readonly { readonly name: string; readonly value: string }[];
  /** Variables whose value looks like a secret in plain text, with the kind that it looks like and what showed it. */
  readonly environmentSecrets?: readonly { readonly name: string; readonly kind: string; readonly by: "value" | "name" }[];
  /** Present on durable functions: the second timeout. */
  readonly durableExecutionTimeoutSeconds?: number;
  /** Where it logs, where that is not `/aws/lambda/NAME`. */
  readonly logGroup?: string;
  /** X-Ray traces its calls. */
  readonly tracing?: boolean;
  /** ARNs of the access points of file systems that it mounts. */
  readonly fileSystems?: readonly string[];
  /** Key of the customer with which its environment is encrypted. */
  readonly keyArn?: string;
  /** Runs on Lambda Managed Instances. */
  readonly managedInstances: boolean;
}

export interface EventSourceMapping {
  readonly uuid: string;
  readonly functionArn: string;
  readonly sourceArn?: string;
  /** Bootstrap servers (`HOST:PORT`) of a Kafka cluster outside AWS, which has no ARN. */
  readonly brokers?: readonly string[];
  /** Where records go that the function could not take: a queue, topic, bucket or stream. */
  readonly onFailure?: string;
  readonly enabled: boolean;
  readonly state: string;
  /** What Lambda says of its last look at the source: `PROBLEM: Function call failed`. */
  readonly lastResult?: string;
  readonly batchSize?: number;
  readonly batchWindowSeconds?: number;
}

export interface Queue {
  readonly arn: string;
  readonly name: string;
  readonly visibilityTimeoutSeconds: number;
  readonly deadLetterArn?: string;
  readonly readAt: string;
}

export interface ResourceTags {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Usage of one function as known after this scan's reads. */
export interface FunctionUsage {
  readonly arn: string;
  readonly ledger: LedgerEntry;
  /** Known up to here; absent when usage was never read. ISO 8601. */
  readonly readUntil?: string;
  /** Why this scan could not bring it up to date; absent when it could. */
  readonly failure?: { readonly operation: string; readonly code: string };
}

/** Reads made only for functions that are about to be called unused (a candidate), on the rotation; of others that are quiet, whether they are off. */
export interface CandidateRead {
  readonly arn: string;
  readonly readAt: string;
  /** Reserved concurrency; null: none set; absent: could not be read. */
  readonly reservedConcurrency?: number | null;
  /** When the function's role was last used by anything, ISO 8601; null: never within IAM's 400 days. */
  readonly roleLastUsedAt?: string | null;
  /** The role may be assumed by Lambda@Edge. */
  readonly edge?: boolean;
  /** Creation of `/aws/lambda/NAME` where that matters, joined from the log groups when it is judged. ISO 8601. */
  readonly logGroupCreatedAt?: string | null;
  /** Invocations seen on aliases or in other Regions (edge), where the plain series had none: last day. */
  readonly elsewhereLastDay?: number;
  /** Why it could not be told whether it runs where its plain metrics do not show it. */
  readonly elsewhereUnknown?: string;
  /** Why it runs while its stack is deployed and at no other time. */
  readonly deployTime?: string;
  /** Whether it does so could not be read. */
  readonly deployTimeUnread?: true;
  /** Since when the oldest execution of a durable function waits, ISO 8601 (empty: AWS does not say); null: none does. Absent for others. */
  readonly waitingSince?: string | null;
  /** Whether one waits could not be read. */
  readonly waitingUnread?: true;
  /** Environments that are kept ready for it. Absent: none, or it has no alias. */
  readonly provisioned?: readonly ProvisionedConcurrency[];
  /** Whether there are any could not be read. */
  readonly provisionedUnread?: true;
  /** Of rules that should start it: of the last 30 days those on which they started their targets, and how often they failed to. */
  readonly startedByRules?: readonly { readonly rule: string; readonly startedDays: number; readonly failed: number }[];
  /** Of the groups of schedules that should start it: starts that failed in the last 30 days, of all schedules of the group together. */
  readonly failedInGroups?: readonly { readonly group: string; readonly failed: number }[];
  /** Calls refused since it was switched off; null: could not be read. Absent where it is not switched off. */
  readonly refusedCalls?: number | null;
}

/** Parts of a Region that have a type of their own. */
interface RegionParts {
  readonly region: string;
  readonly functions: Part<FunctionConfiguration>;
  readonly eventSourceMappings: Part<EventSourceMapping>;
  readonly durationAlarms: Part<DurationAlarm>;
  readonly queues: Part<Queue>;
  readonly tags: Part<ResourceTags>;
  readonly usage: Part<FunctionUsage>;
  readonly candidates: Part<CandidateRead>;
}

/** Everything read in one Region, or account-wide (`region` is `global`: services only). This is what is kept between scans. */
export interface CollectedRegion extends RegionParts {
  /** Who was asked where and when: what is needed to understand the answers. */
  readonly asked: AskedPlace;
  /** Answers by service; a service that was not asked is left out. */
  readonly services: { readonly [Name in ServiceName]?: Part<ServiceAnswer> };
}

export interface AskedPlace {
  readonly account: string;
  readonly partition: string;
  /** The Region that was asked: for account-wide services the home Region. */
  readonly region: string;
  /** The scan's time, ISO 8601. */
  readonly at: string;
}

/** A Region as it is judged: the answers of services described as rows of the graph. */
export interface RegionSnapshot extends RegionParts {
  /** How much of the functions' code is known; absent where this look is not about code. What is known is not here but in `codeOf`. */
  readonly code?: Part<never>;
  /** How much of the packages in its artifacts is known; absent where this look is not about them. What is known is in `librariesOf`. */
  readonly libraries?: Part<never>;
  readonly services: { readonly [Name in ServiceName]?: Part<GraphRow> };
}

/** Name of the pseudo Region of what is account-wide. */
export const globalRegion = "global";

export type PartName = Exclude<keyof RegionParts, "region">;

const everyPart: Readonly<Record<PartName, true>> = {
  functions: true,
  eventSourceMappings: true,
  durationAlarms: true,
  queues: true,
  tags: true,
  usage: true,
  candidates: true,
};
export const partNames = Object.keys(everyPart) as readonly PartName[];

/** One look at an account. */
export interface Snapshot {
  readonly account: string;
  readonly partition: string;
  /** Which Regions were meant to be read, and how they were found. */
  readonly regionSource: "account" | "ec2" | "configured" | "asked";
  /** When the scan began, ISO 8601: the `now` of every rule. */
  readonly at: string;
  readonly accountCoverage: readonly Coverage[];
  readonly regions: readonly RegionSnapshot[];
  /** What is known of the code of the function with that ARN; absent where this look is not about code. */
  readonly codeOf?: (arn: string) => FunctionCode | undefined;
  /** The libraries of a function (its code, and that of versions behind its aliases) or of a layer's version that a function has, by its ARN. */
  readonly librariesOf?: (arn: string) => ArtifactLibraries | undefined;
  /** Layers that the images of several functions have; absent: no image was looked at. */
  readonly imageLayers?: ImageLayers;
  /** How old the advisories are that libraries were put to; an empty list: there are none yet. Absent: they are switched off. */
  readonly advisories?: readonly AdvisoryFeed[];
  /** Made from a file of roles, not by looking at an account; whether the file of its functions was given too. */
  readonly dump?: { readonly hasFunctions: boolean };
}
