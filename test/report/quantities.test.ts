import { expect, test } from "vitest";
import { secondsText } from "../../shared/report/quantities.ts";
import { durationText } from "../../shared/wording/words.ts";

test("a table rounds a time as the sentence about it does", () => {
  expect([0.4, 999.4, 999.6, 1450, 2050, 12_149, 899_950].map(secondsText)).toEqual([
    "0 ms",
    "999 ms",
    "1.0 s",
    "1.5 s",
    "2.1 s",
    "12.1 s",
    "900.0 s",
  ]);
  for (const ms of [1450, 2050, 4350, 8550]) expect(secondsText(ms)).toBe(durationText(ms));
});
