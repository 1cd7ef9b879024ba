/**
 * The account as a graph: resources, and directed relations between them with the answer of AWS that proves each.
 * Collectors of services give rows of it; graph/ finds paths in it.
 */

import type { ImageUse } from "./image-use.ts";
import type { ImageScan } from "./libraries.ts";
import type { Principal } from "./principal.ts";
import type { FunctionCalls, RoleUse } from "./role-use.ts";

/** Beginnings of relations that are no resource. */
export const outside = {
  internet: "internet",
  /** `account:444455556666` */
  account: (id: string) => `account:${id}`,
  /** `organization:o-abc123` */
  organization: (id: string) => `organization:${id}`,
} as const;

export const relationKinds = [
  "invokes",
  "feeds",
  "publishes-to",
  "subscribes",
  "notifies",
  "routes-to",
  "authorizes",
  "assumes",
  "may-read",
  "may-write",
  "may-invoke",
  "logs-to",
  "uses-layer",
  "uses-image",
  "dead-letters-to",
  "in-vpc",
] as const;
export type RelationKind = (typeof relationKinds)[number];

/** How a hop is authenticated. An API key and a back-end certificate are no authentication of the caller. */
export type HopAuth =
  | "none"
  | "api-key"
  | "iam"
  | "cognito"
  | "jwt"
  | "lambda-authorizer"
  | "mutual-tls"
  | "login"
  | "signed-url"
  /** Only from inside a VPC, from listed addresses or through a private endpoint. */
  | "network"
  /** An AWS service of this account, by its resource policy or role. */
  | "service"
  /** Other accounts or an organization, by policy. */
  | "cross-account";

export interface Relation {
  /** ARN, or one of `outside`. */
  readonly from: string;
  /** ARN; may keep wildcards where a role's grant does: something that may reach everything must look like it. */
  readonly to: string;
  readonly kind: RelationKind;
  readonly auth: HopAuth;
  readonly enabled: boolean;
  /** The API answer that proves it, e.g. `lambda:GetPolicy, statement AllowApi`. */
  readonly evidence: string;
  /** Concluded from a name or a value, not stated by AWS. */
  readonly inferred?: boolean;
  /** From the internet in name only: nothing but endpoints of the account's own VPCs leads there. */
  readonly throughOwnEndpoint?: true;
}

export type DetailValue = string | number | boolean | null | readonly string[];

/** A resource of any service. */
export interface Resource {
  readonly arn: string;
  /** CloudFormation type. */
  readonly type: string;
  readonly name: string;
  /** AWS Region, or `global`. */
  readonly region: string;
  readonly createdAt?: string;
  /** The person who created it, where the event history still knew. */
  readonly createdBy?: { readonly name: string; readonly at: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly encryption?: {
    /** Key at rest; `aws-owned` for what AWS encrypts by default with a key of its own. */
    readonly atRest: "customer-key" | "aws-managed-key" | "aws-owned" | "none" | "unknown";
    /** `enforced` when plain text is refused. */
    readonly inTransit: "enforced" | "not-enforced" | "unknown";
  };
  /** What rules and people look at; names in camelCase, units in names. */
  readonly details?: Readonly<Record<string, DetailValue>>;
  /** Absent where no collector says anything about its use. */
  readonly lastUsed?: LastUse;
  /** When the account's answer about it was read, where that was an earlier scan. */
  readonly readAt?: string;
}

/** When a resource was last used, as far as can be told. */
export interface LastUse {
  /** `none-seen` only after a whole look; `unknown` where AWS gives no signal, or it could not be read. */
  readonly state: "used" | "none-seen" | "unknown";
  /** `YYYY-MM-DD`; present when `state` is used. */
  readonly at?: string;
  /** Whole days since `at`; where none was seen, since the resource is known to exist. */
  readonly quietDays?: number;
  readonly source: "metrics" | "storage-metrics" | "last-accessed" | "last-pull" | "role" | "none";
  /** How many days back could be seen. */
  readonly lookbackDays: number;
  /** For unknown: why. */
  readonly why?: string;
}

/**
 * What a collector of a service keeps of one answer: plain data, trimmed to what is used. describe/services says of each service what
 * its answers are and, when they are judged, what they mean.
 */
export type ServiceAnswer = object;

/** What one answer of a service means for the graph. */
export interface GraphRow {
  readonly resource?: Resource;
  /** What a role was used for. */
  readonly roleUse?: RoleUse;
  /** What a function asked of AWS. */
  readonly functionCalls?: FunctionCalls;
  /** The image that a function runs. */
  readonly imageUse?: ImageUse;
  /** What a scan found in it. */
  readonly imageScan?: { readonly functionArn: string; readonly scan: ImageScan };
  readonly relations: readonly Relation[];
  /** The policies of a role, user or group: for judging only, they are in no document. */
  readonly principal?: Principal;
}

/** Services that have a collector of their own (collect/services.ts). Account-wide ones are read once, as Region `global`. */
export const serviceNames = [
  "lambda-access",
  "rest-apis",
  "http-apis",
  "appsync",
  "cloudfront",
  "load-balancers",
  "s3",
  "sqs",
  "sns",
  "event-buses",
  "pipes",
  "scheduler",
  "step-functions",
  "dynamodb",
  "kinesis",
  "firehose",
  "log-groups",
  "iam",
  "cognito",
  "secrets",
  "parameters",
  "ecr",
  "iot",
  "lattice",
  "cloud-map",
  "vpc",
  "web-functions",
  "stacks",
  "alarms",
  // last use of the resources that the others read
  "resource-usage",
  // what the roles of functions are used for
  "role-use",
  // what functions asked of AWS, and what was refused to them
  "function-calls",
  // who created them
  "event-history",
] as const;
export type ServiceName = (typeof serviceNames)[number];

export type ExposureLevel = "internet-anonymous" | "internet-authenticated" | "cross-account" | "internal" | "none" | "unknown";

/** How a resource can be reached from outside. */
export interface Exposure {
  /** By a door that leads straight to it, as AWS states it. */
  readonly level: ExposureLevel;
  /** By a chain through other resources, or by a call that a function's environment suggests, where that is more open than `level`. */
  readonly indirectLevel?: ExposureLevel;
  /** The most open paths, shortest first; each hop with its authentication. */
  readonly paths: readonly (readonly ExposureHop[])[];
}

export interface ExposureHop {
  readonly from: string;
  readonly to: string;
  readonly auth: HopAuth;
  readonly evidence: string;
  readonly inferred?: boolean;
}
