/** What lies inside the page: made by this room, read by page/ in the browser. */
import type { Coverage } from "../model/coverage.ts";
import type { FunctionFacts, ScanHeader } from "../model/document.ts";
import type { PageChanges } from "./changes.ts";
import type { PageOwner } from "./owner-rows.ts";
import type { PageArtifact, PagePackage, PagePackagesKnown } from "./package-lines.ts";
import type { PackedFinding, PageEvidence } from "./packed-finding.ts";
import type { PageFunction } from "./page-function.ts";
import type { PageWays } from "./page-ways.ts";
import type { PagePrune } from "./prune-lists.ts";
import type { PageRole } from "./role-data.ts";
import type { PageRule } from "./rule-words.ts";
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
