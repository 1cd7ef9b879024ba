import { describe, expect, it } from "vitest";
import {
  bestFactor,
  bestRecommendation,
  chanceOfExceeding,
  plainFactor,
  plainRecommendation,
  recommend,
  severityOfLoose,
  spreadOf,
} from "../../shared/usage/timeout-formula.ts";

const steady = Array.from({ length: 90 }, (_, day) => 1000 + (day % 2));
const wild = Array.from({ length: 90 }, (_, day) => (day % 5 === 0 ? 3000 : 1000));

describe("the plain factor", () => {
  it.each([
    [14, 4.23],
    [30, 3.36],
    [90, 2.42],
    [180, 1.96],
    [365, 1.59],
    [455, 1.49],
  ])("of %i days is %f", (days, factor) => {
    expect(plainFactor(days)).toBeCloseTo(factor, 2);
  });

  it("is bounded for very short and very long histories", () => {
    expect(plainFactor(0)).toBe(4.5);
    expect(plainFactor(2000)).toBe(1.3);
  });
});

describe("the best factor", () => {
  it("asks for more room where days differ more", () => {
    expect(bestFactor(30, spreadOf(wild))).toBeGreaterThan(bestFactor(30, spreadOf(steady)));
  });

  it("falls with every further day and is bounded on both sides", () => {
    const factors = [1, 7, 14, 30, 90, 180, 365, 455].map((days) => bestFactor(days, 0.2));
    expect(factors).toEqual([...factors].sort((a, b) => b - a));
    expect(bestFactor(0, 3)).toBe(8);
    expect(bestFactor(7, 3)).toBe(8);
    expect(bestFactor(2000, 0)).toBe(1.3);
  });
});

describe("the spread", () => {
  it("of a function without days is the typical one", () => {
    expect(spreadOf([])).toBe(0.22);
  });

  it("leans to the typical one while days are few", () => {
    expect(spreadOf([1000])).toBeCloseTo(0.22 * (5 / 6));
    expect(spreadOf(Array(95).fill(1000))).toBeCloseTo(0.22 * 0.05);
  });

  it("ignores one giant outlier, which the longest run already stands for", () => {
    expect(spreadOf([...steady, 800_000])).toBeCloseTo(spreadOf(steady), 2);
  });

  it("does not read meaning into fractions of a millisecond", () => {
    expect(spreadOf([0, 0, 0, 0.2, 0.9])).toBeCloseTo(0.11);
  });
});

describe("rounding", () => {
  it.each([
    [200, 3],
    [3001, 4],
    [13_000.000000000002, 13],
    [29_001, 30],
    [30_000, 30],
    [30_001, 35],
    [118_000, 120],
    [120_001, 150],
    [899_000, 900],
  ])("%f ms becomes %i s", (ms, seconds) => {
    expect(recommend(ms, 900)).toEqual({ seconds, limited: false });
  });

  it("stops at the ceiling and says so", () => {
    expect(recommend(900_001, 900)).toEqual({ seconds: 900, limited: true });
    expect(recommend(900_001, 5400)).toEqual({ seconds: 930, limited: false });
    expect(recommend(100, 2)).toEqual({ seconds: 2, limited: true });
  });
});

describe("recommendations", () => {
  const run = { longestMs: 12_100, observedDays: 90, ceilingSeconds: 900 };

  it("multiply the longest run by the factor and round up", () => {
    expect(plainRecommendation(run)).toEqual({ seconds: 30, limited: false });
    expect(bestRecommendation(run, 0.22).seconds).toBe(Math.ceil(bestFactor(90, 0.22) * 12.1));
  });

  it("add the allowance for initialisation", () => {
    expect(plainRecommendation({ ...run, initAllowanceMs: 10_000 }).seconds).toBe(40);
    expect(bestRecommendation({ ...run, initAllowanceMs: 10_000 }, 0).seconds).toBe(30);
  });
});

describe("the chance of exceeding", () => {
  it("of the longest run itself is horizon over horizon and history", () => {
    expect(chanceOfExceeding(1, 90, 0.2)).toBe(0.5);
    expect(chanceOfExceeding(1, 270, 0.4)).toBe(0.25);
  });

  it("falls with room and days, and rises with spread", () => {
    expect(chanceOfExceeding(3, 90, 0.2)).toBeLessThan(chanceOfExceeding(2, 90, 0.2));
    expect(chanceOfExceeding(2, 180, 0.2)).toBeLessThan(chanceOfExceeding(2, 90, 0.2));
    expect(chanceOfExceeding(2, 90, 0.4)).toBeGreaterThan(chanceOfExceeding(2, 90, 0.1));
  });

  it("of a formula's own factor is about one in twenty", () => {
    for (const days of [14, 30, 90, 180, 365]) {
      expect(chanceOfExceeding(bestFactor(days, 0.22), days, 0.22)).toBeGreaterThan(0.03);
      expect(chanceOfExceeding(bestFactor(days, 0.22), days, 0.22)).toBeLessThan(0.08);
    }
  });

  it("stays between 0 and 1 where there is no room, or all of it", () => {
    expect(chanceOfExceeding(0, 90, 0.2)).toBe(1);
    expect(chanceOfExceeding(-1, 90, 0.2)).toBe(1);
    expect(chanceOfExceeding(1e6, 90, 0.2)).toBe(0);
  });
});

describe("the severity of a loose timeout", () => {
  it.each([
    [900, 35, "MEDIUM"],
    [900, 90, "MEDIUM"],
    [900, 91, "LOW"],
    [60, 6, "LOW"],
    [66, 6, "LOW"],
    [67, 6, "MEDIUM"],
  ])("%i s for %i s is %s", (timeout, recommended, severity) => {
    expect(severityOfLoose(timeout, recommended)).toBe(severity);
  });
});
