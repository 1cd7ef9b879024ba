import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { casesOf, type History, isHeldOut, medianAt, outcomeOf, readHistories } from "./timeout-backtest.ts";

const history = (length: number, msOf: (day: number) => number, config = "a"): History => {
  const days = Array.from({ length }, (_, day) => day);
  return { config, days, maxMs: days.map(msOf) };
};

describe("the backtest", () => {
  it("looks every 90 days, with a full history before and 90 days after", () => {
    const cases = casesOf([history(390, (day) => 100 + day)], 30);
    expect(cases.map(({ longestMs, laterMs }) => [longestMs, laterMs])).toEqual([
      [129, 219],
      [219, 309],
      [309, 399],
      [399, 489],
    ]);
    expect(casesOf([history(119, () => 1)], 30)).toEqual([]);
  });

  it("leaves out cases with too little before or after", () => {
    const whole = history(120, () => 100);
    const thin = (keep: (day: number) => boolean): History => ({ ...whole, days: whole.days.filter(keep), maxMs: whole.days.filter(keep) });
    expect(casesOf([whole], 30)).toHaveLength(1);
    expect(casesOf([thin((day) => day >= 10)], 30)).toHaveLength(0);
    expect(casesOf([thin((day) => day < 60 || day > 91)], 30)).toHaveLength(0);
  });

  it("counts what exceeded the recommendation, and how much room it took", () => {
    const cases = [1000, 2000, 5000, 10_000].map((laterMs) => ({ longestMs: 1000, spread: 0.22, laterMs }));
    const outcome = outcomeOf(cases, 90, "plain");
    expect(outcome).toMatchObject({ cases: 4, exceeded: 0.5 });
    expect(outcome.ratios[3]).toBeCloseTo(2.42, 2);
    // ratios are 2.42 by 10, 5, 2, 1: scaled until the least is 1, their median is 3.5
    expect(medianAt(outcome, 0)).toBeCloseTo(3.5);
  });

  it("keeps out the same third every time", () => {
    const held = Array.from({ length: 900 }, (_, index) => isHeldOut(history(1, () => 1, `configuration-${index}`)));
    expect(held.filter(Boolean).length).toBeGreaterThan(250);
    expect(held.filter(Boolean).length).toBeLessThan(350);
    expect(held).toEqual(Array.from({ length: 900 }, (_, index) => isHeldOut(history(1, () => 1, `configuration-${index}`))));
  });
});

describe("a file of histories", () => {
  const folder = mkdtempSync(join(tmpdir(), "histories-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, bytes: string | Buffer) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  it("is read", () => {
    const histories = [history(3, () => 5)];
    expect(readHistories(write("good.gz", gzipSync(JSON.stringify(histories))))).toEqual(histories);
  });

  it("that is missing, foreign, truncated or of another shape is named", () => {
    expect(() => readHistories(join(folder, "none.gz"))).toThrow("none.gz");
    expect(() => readHistories(write("plain.json", "[]"))).toThrow("plain.json is not gzipped JSON");
    expect(() => readHistories(write("short.gz", gzipSync(JSON.stringify([history(999, (day) => day)])).subarray(0, 60)))).toThrow(
      "not gzipped JSON",
    );
    expect(() => readHistories(write("other.gz", gzipSync('[{"config":"a","days":[1],"maxMs":[]}]')))).toThrow("is not a list of");
    expect(() => readHistories(write("null.gz", gzipSync("[null]")))).toThrow("is not a list of");
  });
});
