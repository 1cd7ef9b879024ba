import { expect, test } from "vitest";
import { dailyRuns, dailyText } from "../../shared/page-file/daily-text.ts";

const use = (day: number, samples: number, maxMs: number) => ({ day, samples, maxMs, errors: 0 });

test("days come back with their gaps; numbers to 999 exactly, greater ones with three digits", () => {
  const days = [use(20_000, 1, 0), use(20_001, 999, 840), use(20_090, 41_207, 9_700), use(20_400, 1_234_567_890, 899_999.4)];
  expect(dailyRuns(dailyText(days, 20_000), 20_000)).toEqual([
    { day: 20_000, runs: 1, longestMs: 0 },
    { day: 20_001, runs: 999, longestMs: 840 },
    { day: 20_090, runs: 41_200, longestMs: 9700 },
    { day: 20_400, runs: 1_230_000_000, longestMs: 900_000 },
  ]);
});

test("a number of any size loses less than half a percent", () => {
  for (let value = 1; value < 5e9; value = Math.ceil(value * 1.37)) {
    const [day] = dailyRuns(dailyText([use(5, value, value)], 5), 5);
    expect(Math.abs((day?.runs ?? 0) - value) / value).toBeLessThan(0.0051);
  }
});

test("what lies before the first day is left out, and nothing is nothing", () => {
  expect(dailyRuns(dailyText([use(9, 5, 5), use(10, 7, 7)], 10), 10)).toEqual([{ day: 10, runs: 7, longestMs: 7 }]);
  expect(dailyRuns("", 10)).toEqual([]);
});

test("the text has no sign that JSON or HTML would read otherwise", () => {
  const many = Array.from({ length: 5000 }, (_, i) => use(i, i * 37, i * 91));
  expect(dailyText(many, 0)).not.toMatch(/["\\<>&'\s/]/);
});
