import type { ScanNews } from "../../shared/notify/scan-news.ts";
import { account, now } from "./a-finding.ts";

/** A scan that saw everything. */
export function someScanNews(more: Partial<ScanNews> = {}): ScanNews {
  return {
    scanId: "scan-1",
    account,
    startedAt: now.toISOString(),
    finishedAt: now.toISOString(),
    complete: true,
    regions: 2,
    functions: 7,
    openBySeverity: { CRITICAL: 1, HIGH: 0, MEDIUM: 0, LOW: 4, INFORMATIONAL: 0 },
    suppressed: 2,
    incomplete: [],
    ...more,
  };
}
