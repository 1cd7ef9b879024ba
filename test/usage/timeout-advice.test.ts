import { describe, expect, it } from "vitest";
import { defaultThresholds } from "../../shared/usage/timeout-question.ts";
import { ask, daily, once, today } from "./a-timeout-question.ts";

describe("the verdict", () => {
  it.each([
    ["tight below 1.3 times the longest run", 12, 9700, "tight"],
    ["fine at 1.3 times it", 13, 10_000, "fine"],
    ["loose from three times the plain recommendation", 75, 10_000, "loose"],
    ["fine just below that", 74, 10_000, "fine"],
    ["fine when three times as much is not 10 s more", 12, 500, "fine"],
    ["loose when it is", 13, 500, "loose"],
  ])("%s", (_, timeoutSeconds, maxMs, verdict) => {
    // 90 days: plain factor 2.42, so 10 s asks for 25 s, and 0.5 s for the floor of 3 s
    expect(ask({ timeoutSeconds, days: daily(90, maxMs) }).advice.verdict).toBe(verdict);
  });

  it("comes with headroom, facts and the chance", () => {
    const { advice, duration } = ask({
      timeoutSeconds: 900,
      days: daily(120, 9000).map((one) => (one.day === today - 3 ? { ...one, maxMs: 12_100 } : one)),
    });
    expect(duration).toEqual({ longestMs: 12_100, longestAt: "2026-09-01", samples: 1210, observedDays: 120, censored: false });
    expect(advice).toMatchObject({ verdict: "loose", confidence: "high" });
    expect(advice.headroom).toBeCloseTo(0.9866, 4);
    expect(advice.recommendedSeconds).toBeGreaterThanOrEqual(16);
    expect(advice.chanceOfExceeding).toBeLessThan(0.1);
    expect(advice.limitedBy).toBeUndefined();
  });

  it("takes other thresholds", () => {
    const thresholds = { initAllowanceMs: 0, minimumSamples: 1, minimumDays: 1, tightRatio: 2, looseRatio: 2, looseSeconds: 1 };
    expect(ask({ timeoutSeconds: 19, days: daily(90, 10_000), thresholds }).advice.verdict).toBe("tight");
    expect(ask({ timeoutSeconds: 50, days: daily(90, 10_000), thresholds }).advice.verdict).toBe("loose");
  });
});

describe("too little evidence", () => {
  it("is no runs at all", () => {
    expect(ask({ days: [] })).toEqual({
      duration: { samples: 0, observedDays: 0, censored: false },
      advice: { verdict: "insufficient-data", confidence: "low" },
    });
  });

  it("is a day in which nothing ended", () => {
    expect(ask({ days: daily(90, 0, 0, { samples: 0 }) }).duration).toEqual({ samples: 0, observedDays: 0, censored: false });
  });

  it("is fewer than five runs, however long ago", () => {
    const { advice, duration } = ask({ timeoutSeconds: 300, days: once(325, 88_000, { samples: 4 }) });
    expect(advice).toEqual({ verdict: "insufficient-data", headroom: expect.closeTo(0.7067, 4), confidence: "low" });
    expect(duration).toMatchObject({ samples: 4, observedDays: 325 });
    expect(ask({ timeoutSeconds: 300, days: once(325, 88_000, { samples: 5 }) }).advice.verdict).toBe("fine");
  });

  it("is fewer than seven days, however many runs", () => {
    expect(ask({ days: daily(6, 500, 0, { samples: 1e6 }) }).advice).not.toHaveProperty("recommendedSeconds");
    expect(ask({ days: daily(7, 500) }).advice.verdict).toBe("loose");
  });

  it("counts the days since the first run, not how far back we could see", () => {
    expect(ask({ days: daily(10, 500), knownFromDay: today - 455 }).duration.observedDays).toBe(10);
    expect(ask({ days: daily(60, 500), knownFromDay: today - 20 }).duration.observedDays).toBe(20);
    expect(ask({ days: daily(600, 500), knownFromDay: 0 }).duration.observedDays).toBe(455);
  });

  it("lets a recreated function inherit nothing of its predecessor", () => {
    const { advice, duration } = ask({ timeoutSeconds: 900, days: daily(3, 500), knownFromDay: today - 3 });
    expect([advice.verdict, duration.observedDays, duration.samples]).toEqual(["insufficient-data", 3, 40]);
  });
});

describe("the regime", () => {
  it("leaves out days before it", () => {
    const { advice, duration } = ask({ days: [...daily(200, 29_000, 61), ...daily(60, 2000)], regimeSinceDay: today - 60 });
    expect(duration).toMatchObject({ longestMs: 2000, samples: 610, observedDays: 60 });
    expect(advice.verdict).toBe("loose");
  });

  it("started yesterday: no advice, although the past is long", () => {
    expect(ask({ days: daily(200, 29_000), regimeSinceDay: today - 1 }).advice.verdict).toBe("insufficient-data");
  });

  it.each([
    [13, "low"],
    [14, "medium"],
    [29, "medium"],
    [30, "high"],
  ])("goes on after a code change, which %i days ago leaves %s confidence", (ago, confidence) => {
    const { advice, duration } = ask({ days: daily(200, 2000), codeChangedDay: today - ago });
    expect(advice.confidence).toBe(confidence);
    expect(duration.observedDays).toBe(200);
  });

  it("is not doubted because of the code it began with", () => {
    expect(ask({ days: daily(40, 2000), regimeSinceDay: today - 40, codeChangedDay: today - 40 }).advice.confidence).toBe("high");
    expect(ask({ days: daily(10, 2000), codeChangedDay: today - 12 }).advice.confidence).toBe("medium");
  });

  it("of few runs or few days is not judged with high confidence", () => {
    expect(ask({ days: daily(29, 2000) }).advice.confidence).toBe("medium");
    expect(ask({ days: daily(200, 2000, 180, { samples: 1 }) }).advice.confidence).toBe("medium");
  });
});

describe("one giant outlier", () => {
  it("counts in full: the longest run is the longest run", () => {
    const { advice, duration } = ask({ timeoutSeconds: 900, days: [...daily(90, 1000, 41), ...once(40, 400_000), ...daily(39, 1000)] });
    expect(duration).toMatchObject({ longestMs: 400_000, longestAt: "2026-07-26" });
    expect(advice.verdict).toBe("fine");
    expect(advice.recommendedSeconds).toBeGreaterThan(520);
  });
});

describe("the ceiling", () => {
  it("bounds the recommendation, is named, and the chance is that of the bounded value", () => {
    const free = ask({ timeoutSeconds: 880, days: daily(90, 600_000), ceilingSeconds: 5400 }).advice;
    const bound = ask({ timeoutSeconds: 880, days: daily(90, 600_000) }).advice;
    expect(bound).toMatchObject({ recommendedSeconds: 900, limitedBy: "service maximum (900 s)" });
    expect(free).not.toHaveProperty("limitedBy");
    expect(bound.chanceOfExceeding ?? 0).toBeGreaterThan(free.chanceOfExceeding ?? 1);
  });

  it("below the longest run is no advice: it would be cut off", () => {
    const { advice } = ask({ timeoutSeconds: 60, days: daily(90, 40_000), ceilingSeconds: 29, ceilingReason: "API Gateway" });
    expect(advice).toEqual({
      verdict: "fine",
      headroom: expect.closeTo(1 / 3),
      limitedBy: "API Gateway (29 s)",
      atCeiling: true,
      confidence: "high",
    });
    expect(ask({ timeoutSeconds: 90, days: daily(90, 29_500), ceilingSeconds: 29 }).advice).toMatchObject({
      verdict: "fine",
      atCeiling: true,
    });
  });

  it.each([
    ["an API's", 29, 28_500, 28],
    ["Lambda's own", 900, 890_100, 900],
  ])("leaves a tight function at %s without a value, and says so", (_, timeoutSeconds, maxMs, ceilingSeconds) => {
    const { advice } = ask({ timeoutSeconds, days: daily(150, maxMs), ceilingSeconds });
    expect(advice).toMatchObject({ verdict: "tight", atCeiling: true, limitedBy: expect.stringContaining(`${ceilingSeconds} s`) });
    expect(advice).not.toHaveProperty("recommendedSeconds");
    expect(advice).not.toHaveProperty("chanceOfExceeding");
  });

  it("above a tight timeout is worth raising to", () => {
    const { advice } = ask({ timeoutSeconds: 20, days: daily(150, 19_500), ceilingSeconds: 28 });
    expect(advice).toMatchObject({ verdict: "tight", recommendedSeconds: 28 });
    expect(advice).not.toHaveProperty("atCeiling");
  });

  it("can make a timeout loose that the formula alone would not", () => {
    expect(ask({ timeoutSeconds: 90, days: daily(90, 15_000), ceilingSeconds: 29 }).advice.verdict).toBe("loose");
  });

  it("leaves room for initialisation when told to", () => {
    const without = ask({ days: daily(90, 5000) }).advice.recommendedSeconds ?? 0;
    expect(ask({ days: daily(90, 5000), thresholds: { ...defaultThresholds, initAllowanceMs: 10_000 } }).advice.recommendedSeconds).toBe(
      without + 10,
    );
  });
});

describe("extensions after the handler", () => {
  it("are inside the timeout: added to the longest run", () => {
    const { advice, duration } = ask({ timeoutSeconds: 60, days: daily(200, 120), extensionMs: 22_000 });
    expect(duration).toMatchObject({ longestMs: 120, extensionMs: 22_000 });
    expect(advice).toMatchObject({ verdict: "fine", headroom: expect.closeTo(1 - 22.12 / 60, 4) });
    expect(advice.recommendedSeconds).toBeGreaterThan(28);
    expect(ask({ timeoutSeconds: 25, days: daily(200, 120), extensionMs: 22_000 }).advice.verdict).toBe("tight");
  });

  it("that were not asked for may be long: nothing is lowered", () => {
    const { advice } = ask({ timeoutSeconds: 60, days: daily(200, 120), extensionUnread: true });
    expect(advice.verdict).toBe("fine");
    expect(advice).not.toHaveProperty("recommendedSeconds");
  });
});
