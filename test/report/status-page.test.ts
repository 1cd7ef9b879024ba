import { describe, expect, test } from "vitest";
import { plainPaint } from "../../shared/report/look.ts";
import { statusPage } from "../../shared/report/status-page.ts";
import type { ScanItem } from "../../shared/store/store.ts";
import { aDocument, aDocumentFinding } from "../build.ts";

const look = { width: 100, paint: plainPaint, command: "smalltarget" };
const now = new Date("2026-11-24T08:00:00Z");

function aScan(day: number, given: Partial<ScanItem> = {}): ScanItem {
  const at = `2026-11-${String(day).padStart(2, "0")}T06:00:00.000Z`;
  const openBySeverity = { CRITICAL: 0, HIGH: 24 - day, MEDIUM: 3, LOW: 0, INFORMATIONAL: 0 };
  return {
    id: `scan-${day}`,
    account: "111122223333",
    startedAt: at,
    finishedAt: at,
    outcome: "done",
    complete: true,
    functions: 40,
    openFindings: 27 - day,
    suppressedFindings: 2,
    apiCalls: 1234,
    documentKey: "scans/x.json.gz",
    incomplete: [],
    numbers: { openBySeverity, reachable: 0, unused: 0, overPrivileged: 0, vulnerable: null },
    ...given,
  };
}

const page = (facts: Partial<Parameters<typeof statusPage>[0]>) => statusPage({ scans: [aScan(24)], now, where: "here", ...facts }, look);

describe("status", () => {
  test("says that nobody hears of it", () => {
    const findings = [
      aDocumentFinding({ id: "F-0000000003", rule: "scan/nobody-listens", title: "Nobody gets the messages about findings" }),
    ];
    expect(page({ document: aDocument({ findings }) })).toContain("Not heard   Nobody gets the messages about findings (F-0000000003)");
    expect(page({ document: aDocument({ findings: [] }) }).join()).not.toContain("Not heard");
  });

  test("says on one screen what is open, whose, what it cost and what is sent next", () => {
    const finding = (team: string | undefined, given = {}) => aDocumentFinding({ owner: team === undefined ? {} : { team }, ...given });
    const findings = [
      finding("payments"),
      finding("payments", { severity: "LOW" }),
      finding("shop"),
      finding(undefined),
      finding("shop", { status: "SUPPRESSED" }),
    ];
    const messages = { sent: 2, refused: 1, waiting: 3, heldUntil: "2026-11-25T06:00:00.000Z", weeklyOn: "2026-11-30" };
    expect(page({ scans: [aScan(24, { messages })], document: aDocument({ findings }) })).toEqual([
      "Account     111122223333",
      "Last scan   2026-11-24 06:00 UTC, 2 hours ago",
      "Found       40 functions, 3 open findings and 2 accepted, 1,234 requests",
      "Coverage    complete",
      "Open        3 high   1 low",
      "By owner    payments 2, shop 1; nobody 1",
      "Cost        at most 0.04 USD for that scan, 1.05 in 30 days of one a day",
      "Messages    2 messages by the last scan; 1 message not accepted, tried again by the next scan",
      "Next digest 3 findings with the next scan that is a day after the last digest; the rest of this scan's from 2026-11-25 06:00 UTC on; weekly on 2026-11-30",
      "Store       here",
    ]);
  });

  test("shows the trend of what is open, newest first, evenly spread where there are many scans", () => {
    const scans = Array.from({ length: 20 }, (_, i) => aScan(24 - i));
    const lines = page({ scans });
    const trend = lines.slice(lines.findIndex((line) => line.startsWith("SCAN")));
    expect(trend[0]).toMatch(/^SCAN +CRITICAL +HIGH +MEDIUM +LOW +INFO +OPEN +ACCEPTED$/);
    expect(trend).toHaveLength(9);
    expect(trend[1]).toMatch(/^2026-11-24 06:00 UTC +0 +0 +3 +0 +0 +3 +2$/);
    expect(trend.at(-1)).toMatch(/^2026-11-05 06:00 UTC +0 +19 +3 +0 +0 +22 +2$/);
  });

  test("has no trend of one scan, nor of those of versions that did not count", () => {
    const { numbers: _, ...old } = aScan(23);
    expect(page({ scans: [aScan(24), old] }).join("\n")).not.toContain("CRITICAL");
  });

  test("says that a scan runs or failed, and still what the last finished one saw; a document that is gone costs only what it told", () => {
    const running = aScan(25, { outcome: "running" });
    expect(page({ scans: [running, aScan(24)] }).slice(1, 3)).toEqual([
      "Running     since 2026-11-25 06:00 UTC, or killed since then",
      "Last scan   2026-11-24 06:00 UTC, 2 hours ago",
    ]);
    expect(page({ scans: [aScan(25, { outcome: "failed", error: "no table" })] })).toContain("Failed      2026-11-25 06:00 UTC: no table");
  });

  test("counts what could not be seen beyond a screen, and names that nobody should have stay on their line", () => {
    const incomplete = Array.from({ length: 9 }, (_, i) => ({ collector: "functions", region: `r-${i}`, status: "denied" }));
    const lines = page({
      scans: [aScan(24, { incomplete })],
      document: aDocument({ findings: [aDocumentFinding({ owner: { team: "a\nStore       there\u001b[2J" } })] }),
    });
    expect(lines).toContain("            and 3 more");
    expect(lines).toContain("By owner    a Store there 1");
  });
});
