import { expect, test } from "vitest";
import { trendLine, trendWords } from "../../shared/page-file/trend-line.ts";

const at = (day: string, value: number | null) => ({ at: `2026-11-${day}:00.000Z`, value });

test.each([
  ["4 fewer than on 17 Nov 2026", [at("17T06:00", 9), at("24T06:00", 5)]],
  ["1,000 more than on 17 Nov 2026", [at("17T06:00", 0), at("24T06:00", 1000)]],
  ["the same as on 17 Nov 2026", [at("17T06:00", 5), at("24T06:00", 5)]],
  ["2 more than at 06:00 UTC", [at("24T06:00", 3), at("24T09:30", 5)]],
  // a scan that could not tell is no scan to compare with
  ["4 fewer than on 10 Nov 2026", [at("10T06:00", 9), at("17T06:00", null), at("24T06:00", 5)]],
  [undefined, [at("17T06:00", 9), at("24T06:00", null)]],
  [undefined, [at("24T06:00", 5)]],
  [undefined, []],
] as const)("says %s", (words, points) => {
  expect(trendWords(points)).toBe(words);
});

test("draws nothing of fewer than two scans that could tell", () => {
  expect(trendLine([at("17T06:00", null), at("24T06:00", 5)])).toBeUndefined();
  expect(trendLine([at("17T06:00", 9), at("24T06:00", 5)])?.text).toContain("9 on 17 Nov 2026, 5 on 24 Nov 2026");
});
