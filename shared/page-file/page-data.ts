/** What lies inside the page: made by this room, read by page/ in the browser. */
import type { Coverage } from "../model/coverage.ts";
import type { DocumentFinding, FunctionFacts, FunctionRole, ScanHeader } from "../model/document.ts";
import type { ExposureLevel, HopAuth, RelationKind } from "../model/graph.ts";
import type { ContentCounts, VulnerablePackage } from "../model/libraries.ts";
import type { Ecosystem } from "../model/packages.ts";
import type { Rule } from "../model/rule.ts";
import type { RoleData } from "./role-data.ts";
import type { Typing } from "./typed.ts";

export const pageDataVersion = 4;

/**
 * The parts in which the data lie in the file, each compressed by itself and unpacked when a view asks for it. Of `account` one JSON text, of the
 * others a line for each thing.
 */
export const partNames = [
  "account",
  "functions",
  "findings",
  "days",
  "triggers",
  "evidence",
  "roles",
  "ways",
  "prune",
  "artifacts",
  "lists",
  "packages",
] as const;
export type PartName = (typeof partNames)[number];

/** A function without what the page does not show; its ways in are numbers of `PageWays.paths`. */
export interface PageFunction extends Omit<FunctionFacts, "tags" | "codeSha256" | "exposure" | "triggers"> {
  readonly exposure?: PageExposure;
  /** Actions that its role allows beyond what it needs; null: not known; absent: roles were not read. */
  readonly excess?: number | null;
}

export interface PageExposure {
  readonly level: ExposureLevel;
  readonly indirectLevel?: ExposureLevel;
  /** The more open of the two. */
  readonly open: ExposureLevel;
  /** Places in `PageWays.paths`. */
  readonly paths: readonly number[];
}

/** A resource, or the world outside, where a path passes. */
export interface PageNode {
  readonly id: string;
  readonly name: string;
  /** CloudFormation type, `outside`, `address` or `service`. */
  readonly type: string;
  /** Name of the API that a route belongs to. */
  readonly of?: string;
}

/** One step of a path: places in `PageWays.nodes`. */
export interface PageHop {
  readonly to: number;
  /** Absent where the path is known and the relation is not. */
  readonly auth?: HopAuth;
  readonly kind?: RelationKind;
  readonly evidence?: string;
  readonly inferred?: true;
}

/** From outside to the resource itself. */
export interface PagePath {
  readonly from: number;
  readonly hops: readonly PageHop[];
}

/** A resource that can be reached from outside. */
export interface PageReached extends PageExposure {
  readonly node: number;
  readonly region: string;
  readonly team?: string;
}

/** A finding as lists show it. */
export interface PageFinding extends Omit<DocumentFinding, "references" | "evidence" | "remediation" | "confidence"> {
  /** Its evidence and commands were left out: `PageAccount.left` says so. */
  readonly short?: true;
}

/** A finding as it lies in the file: what its function says already is not said again. */
export interface PackedFinding extends Omit<PageFinding, "resource" | "owner" | "changedAt"> {
  /** Place of its resource among the functions; of anything else the resource stands here. */
  readonly of: number | DocumentFinding["resource"];
  /** Absent: the function's. */
  readonly owner?: DocumentFinding["owner"];
  /** Absent: it has not changed since it was first seen. */
  readonly changedAt?: string;
}

/** The rest of a finding. */
export type PageEvidence = Pick<DocumentFinding, "references" | "evidence" | "remediation" | "confidence">;

/** The ways in from outside: nodes and paths are listed once and known by their places. */
export interface PageWays {
  readonly nodes: readonly PageNode[];
  readonly paths: readonly PagePath[];
  readonly reached: readonly PageReached[];
}

/** What a rule says, and when a finding of it has which severity. */
export interface PageRule extends Pick<Rule, "id" | "why" | "severities"> {
  /** Those that its severities name, with what they are where nobody sets them: `5 %`, `30 days`. */
  readonly settings: readonly { readonly name: string; readonly value: string; readonly meaning: string }[];
}

/** What a function's role may do, with the data that it may read and write. */
export interface PageRole extends FunctionRole, RoleData {}

/** What goes with a function, as lines that people read. */
export interface PagePrune {
  readonly functionArn: string;
  readonly goes: readonly string[];
  readonly stays: readonly string[];
  readonly inTheWay: readonly string[];
  readonly unseen: readonly string[];
  /** Empty while something stands in the way. */
  readonly phases: readonly PagePrunePhase[];
}

export interface PagePrunePhase {
  readonly title: string;
  readonly steps: readonly { readonly what: string; readonly commands: readonly string[]; readonly undo?: readonly string[] }[];
}

/** The packages of all functions: how they come to be known. */
export interface PagePackagesKnown {
  /** The scan that listed them. */
  readonly scanId: string;
  readonly contents: ContentCounts;
}

/** What a function runs: its code, a layer. */
export interface PageArtifact {
  /** ARN of a layer; absent: the code of functions. */
  readonly layer?: string;
  /** Places of functions; with the version, as `7 (live)`, where only that has it. */
  readonly usedBy: readonly (number | readonly [number, string])[];
}

/** A package, with its versions. */
export interface PagePackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly versions: readonly PagePackageVersion[];
}

export interface PagePackageVersion {
  /** Null: not known. */
  readonly version: string | null;
  /** What its code tells of a version that is not known: `>=1.0.0 <1.8.2`. */
  readonly versionRange?: string;
  /** How many functions have it. */
  readonly functions: number;
  /** Place of its list of artifacts; absent where there was no room for it. */
  readonly list?: number;
  /** Absent: none is known, or it was not put to the advisories. */
  readonly holes?: Pick<VulnerablePackage, "ids" | "aliases" | "severity" | "malicious" | "exploitedDue" | "fixed" | "majorJump">;
  /** Why it could not be put to them. */
  readonly untold?: string;
}

/** What a team has; without a team: what nobody has. */
export interface PageOwner {
  readonly team?: string;
  readonly resources: number;
  readonly functions: number;
  /** Open findings, gravest severity first. */
  readonly open: readonly number[];
  /** These: null where the scan could not tell. */
  readonly unused: number | null;
  readonly reachable: number | null;
  readonly overPrivileged: number | null;
  readonly vulnerable: number | null;
  /** `tag team`, `tag of the stack`: where it is known from, most frequent first. */
  readonly sources: readonly string[];
}

/** Between two scans. */
export interface PageChanges {
  /** Absent: there is no earlier scan to compare with. */
  readonly since?: { readonly id: string; readonly at: string };
  /** Ids of findings of this scan. */
  readonly opened: readonly string[];
  readonly worsened: readonly { readonly id: string; readonly from: string }[];
  readonly eased: readonly { readonly id: string; readonly from: string }[];
  /** Of the earlier scan: they are not in this one. */
  readonly cleared: readonly Pick<DocumentFinding, "id" | "rule" | "severity" | "title" | "resource">[];
  readonly newFunctions: readonly string[];
  readonly goneFunctions: readonly string[];
}

/** What is one of a kind. */
export interface PageAccount extends Typing {
  readonly version: typeof pageDataVersion;
  readonly scan: Omit<ScanHeader, "apiCalls">;
  /** The last day of the daily runs, days since 1970-01-01, and how many days they reach back. */
  readonly today: number;
  readonly historyDays: number;
  /** Whether roles were read. */
  readonly hasRoles: boolean;
  /** Functions called unused beyond those that are listed with what goes with them. */
  readonly pruneLeft: number;
  readonly owners: readonly PageOwner[];
  readonly coverage: readonly Coverage[];
  readonly changes: PageChanges;
  /** Those that made a finding. */
  readonly rules: readonly PageRule[];
  /** Absent: no scan has listed any. A text: why they cannot be read. */
  readonly packages?: PagePackagesKnown | string;
  /** What there was no room for, and where it is: a sentence each. */
  readonly left: readonly string[];
}

/** What a line of each part is. */
export interface PageLines {
  readonly account: PageAccount;
  /** Gravest first where not all of them are here. */
  readonly functions: PageFunction;
  /** Gravest first. */
  readonly findings: PackedFinding;
  /** Daily runs of the function on the same line, as daily-text.ts writes them; empty where none are known. */
  readonly days: string;
  /** Of the function on the same line. */
  readonly triggers: FunctionFacts["triggers"];
  /** Of the finding on the same line. */
  readonly evidence: PageEvidence;
  /** Riskiest first. */
  readonly roles: PageRole;
  readonly ways: PageWays;
  readonly prune: PagePrune;
  readonly artifacts: PageArtifact;
  /** Numbers of artifacts: the first, then each as the distance from the one before. */
  readonly lists: readonly number[];
  readonly packages: PagePackage;
}
