import type { WeeklyFacts } from "../../shared/notify/weekly.ts";
import { worthDoing } from "../../shared/today/worth-doing.ts";
import { aDocument, aDocumentFinding } from "../build.ts";
import { account } from "./a-finding.ts";

/** A week in which something got better and something is left. */
export function aWeek(given: Partial<WeeklyFacts> = {}): WeeklyFacts {
  const document = aDocument({ findings: [aDocumentFinding()] });
  return {
    account,
    day: "2026-11-30",
    worth: worthDoing(document, { now: new Date("2026-11-30T07:00:00Z") }),
    moreWorth: 12,
    open: { CRITICAL: 0, HIGH: 1, MEDIUM: 4, LOW: 8, INFORMATIONAL: 0 },
    unowned: 3,
    suppressed: 2,
    endingSoon: 1,
    owners: { owned: 46, of: 81 },
    unseen: ["ap-southeast-2: Lambda functions: denied (AccessDeniedException)"],
    scannedAt: "2026-11-30T03:00:00.000Z",
    week: { opened: 2, resolved: 7, better: ["Anybody may read bucket a", "b may run 15 min"], openBefore: 18, scans: 7, failedScans: 0 },
    labels: { teams: ["payments", "unowned"], envs: ["prod"], ruleGroups: ["lambda"] },
    ...given,
  };
}
