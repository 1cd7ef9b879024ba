/** What a channel for programs hears of every completed scan, whatever came of it. */
import type { Severity } from "../model/finding.ts";
import type { ScanItem } from "../store/store.ts";

export interface ScanNews {
  readonly scanId: string;
  readonly account: string;
  readonly accountAlias?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** When its conclusions stood and were told, ISO 8601. */
  readonly finishedAt: string;
  /** Everything was looked at. */
  readonly complete: boolean;
  readonly regions: number;
  readonly functions: number;
  /** Those that a decision holds are not among them. */
  readonly openBySeverity: Readonly<Record<Severity, number>>;
  /** Held by decisions. */
  readonly suppressed: number;
  /** What could not be read. Empty though the scan is not complete: the rest is left for the next scan, for want of time. */
  readonly incomplete: ScanItem["incomplete"];
}
