/** What is kept of an advisory: what it takes to tell whether a version is affected, how gravely, and what mends it. Plain data, for JSON. */
import type { Severity } from "../../model/finding.ts";
import type { Ecosystem } from "../../model/packages.ts";

/** Versions from one to another, in the order of the ecosystem. */
export interface Interval {
  /** The first that is affected; absent: from the beginning. */
  readonly from?: string;
  /** Where it ends; absent: it never does. */
  readonly to?: string;
  /** What `to` is: the first that is mended, the last that is affected, or where nobody looked further. */
  readonly end?: "fixed" | "last" | "limit";
}

export interface Affected {
  readonly ecosystem: Ecosystem;
  /** Normalised as the ecosystem does. */
  readonly name: string;
  readonly intervals: readonly Interval[];
  /** Those affected that lie in none of the intervals. */
  readonly versions?: readonly string[];
  /** Where it is another one than the advisory's. */
  readonly gravity?: Gravity;
}

/** How grave, and who says so. */
export interface Gravity {
  readonly severity: Severity;
  /** 0 to 10; absent where only a word is given. */
  readonly score?: number;
  /** The version of CVSS whose arithmetic made the score, or the word of the advisory's database; nobody: none is given. */
  readonly by: "CVSS 4" | "CVSS 3" | "CVSS 2" | "database" | "malicious" | "nobody";
}

export interface Advisory {
  readonly id: string;
  /** ISO 8601, as the database says it. */
  readonly modified: string;
  /** Other names of the same hole, in either direction. */
  readonly aliases?: readonly string[];
  /** What it is made from: not the same, but what is known of those holds for this one. */
  readonly upstream?: readonly string[];
  readonly gravity: Gravity;
  /** It is no hole: the package itself was made to harm. */
  readonly malicious?: true;
  readonly affected: readonly Affected[];
}

/** All that is known of one ecosystem, as it lies in a blob. */
export interface EcosystemAdvisories {
  readonly format: 1;
  readonly ecosystem: Ecosystem;
  /** Folder or address they were read from. */
  readonly source: string;
  /** ISO 8601: when the source was last looked at with success. */
  readonly fetchedAt: string;
  /** Of a source that is asked about one package after the other: when about which, ISO 8601 by name. Of others nothing is known. */
  readonly asked?: Readonly<Record<string, string>>;
  /** The newest change in the source's list of changes, as it writes it; absent where it has no such list. */
  readonly newest?: string;
  /** Records that could not be understood, in whole or in part. */
  readonly unreadable: number;
  /** Withdrawn ones are not among them. */
  readonly advisories: readonly Advisory[];
}
