import pc from "picocolors";
import { expect, test } from "vitest";
import { findingsOverview } from "../../shared/report/findings-overview.ts";
import { aDocumentFinding } from "../build.ts";

test("of many findings of a rule a few are listed, and the command for the rest keeps what was asked", () => {
  const findings = Array.from({ length: 5 }, (_, n) => aDocumentFinding({ id: `F-000000000${n}` }));
  const look = { width: 120, paint: pc.createColors(false), command: "smalltarget" };
  const again = (instead: Readonly<Record<string, unknown>>) => `smalltarget findings --severity HIGH ${JSON.stringify(instead)}`;
  const lines = findingsOverview(findings, 3, look, again);
  expect(lines.at(-1)).toBe('... 2 more: smalltarget findings --severity HIGH {"rule":"lambda/timeout-too-tight","all":true}');
  expect(findingsOverview(findings, Number.POSITIVE_INFINITY, look, again).join("\n")).not.toContain("more:");
});
