import { expect, test } from "vitest";
import { assess } from "../../../shared/assess.ts";
import { datedTables, staleAfterDays } from "../../../shared/data/freshness.ts";
import type { Snapshot } from "../../../shared/model/snapshot.ts";
import { catalogue } from "../../../shared/rules/catalogue.ts";
import { readSettings } from "../../../shared/settings.ts";

const day = 86_400_000;
const [oldest = ""] = Object.values(datedTables).sort();

function findingsAt(at: Date) {
  const snapshot: Snapshot = {
    account: "111122223333",
    partition: "aws",
    regionSource: "account",
    at: at.toISOString(),
    accountCoverage: [],
    regions: [],
  };
  return assess(snapshot, catalogue, readSettings({}, catalogue)).findings.filter(({ rule }) => rule.startsWith("scan/"));
}

test("scan/outdated-facts is silent as long as every list is young enough", () => {
  expect(findingsAt(new Date(Date.parse(oldest) + staleAfterDays * day))).toEqual([]);
});

test("scan/outdated-facts fires from the day on which one is not, and names it", () => {
  const [finding, ...more] = findingsAt(new Date(Date.parse(oldest) + (staleAfterDays + 1) * day));
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ rule: "scan/outdated-facts", severity: "LOW", resource: { region: "global" } });
  expect(finding?.evidence.tables).toContain(`action-table (${datedTables["action-table"]})`);
  expect(finding?.title).toContain("are older than 180 days: action-table");
});
