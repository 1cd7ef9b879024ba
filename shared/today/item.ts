/** A thing worth doing, and what it is found in. */
import type { ScanDocument } from "../model/document.ts";
import type { Owner, Severity } from "../model/finding.ts";
import type { Risk } from "./risk.ts";
import type { Task } from "./work.ts";

/** What is read of a document. */
export type TodayDocument = Pick<ScanDocument, "scan" | "findings" | "functions" | "resources">;

/** One thing to do. */
export interface WorthDoing {
  /** The same in every scan for as long as its cause is. */
  readonly key: string;
  readonly task: Task;
  /** What it is about, in the words of the gravest finding that it clears. Not cleaned: it has names from AWS in it. */
  readonly title: string;
  /** What to do. */
  readonly advice: string;
  /** The first command; absent where there is none. */
  readonly command?: string;
  /** Whom to talk to: the owners of what it clears, the main one first; nobody owns any of it: none. */
  readonly owners: readonly Owner[];
  /** Findings that it clears; the first is the one to read. Empty: it is about no finding. */
  readonly findings: readonly { readonly id: string; readonly rule: string; readonly resource: string }[];
  /** Gravest of them. */
  readonly severity: Severity;
  /** Sum over `parts`. */
  readonly risk: number;
  /** Factors of the risk, a line for each finding. */
  readonly parts: readonly Risk[];
  readonly minutes: number;
  /** Risk that a minute of work takes away: what the list is sorted by. */
  readonly riskPerMinute: number;
}
