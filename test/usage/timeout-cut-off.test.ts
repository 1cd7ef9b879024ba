import { describe, expect, it } from "vitest";
import { plainRecommendation } from "../../shared/usage/timeout-formula.ts";
import { ask, daily, once, today } from "./a-timeout-question.ts";

describe("a run cut off by today's timeout", () => {
  const cut = [...daily(90, 2000, 21), ...once(20, 30_000.2, { errors: 1 }), ...daily(19, 2000)];

  it("is timing out: more room, never less, and no chance stated", () => {
    const { advice, duration } = ask({ days: cut });
    expect(advice).toEqual({ verdict: "timing-out", headroom: 0, recommendedSeconds: 60, confidence: "high" });
    expect(duration).toMatchObject({ longestMs: 30_000.2, longestAt: "2026-08-15", censored: true });
  });

  it("counts from 5 ms below the timeout, and without errors with less confidence", () => {
    expect(ask({ days: [...daily(90, 2000, 1), ...once(0, 29_995)] }).advice).toMatchObject({
      verdict: "timing-out",
      confidence: "medium",
    });
    expect(ask({ days: [...daily(90, 2000, 1), ...once(0, 29_994.9, { errors: 3 })] }).advice.verdict).toBe("tight");
  });

  it("is dated by the last such day", () => {
    const days = [...once(50, 30_000.4, { errors: 1 }), ...daily(49, 2000, 6), ...once(5, 30_000, { errors: 1 }), ...daily(4, 2000)];
    expect(ask({ days }).duration).toMatchObject({ longestMs: 30_000.4, longestAt: "2026-08-30" });
  });

  it("asks for more when the runs that were not cut off are long", () => {
    expect(ask({ days: cut, uncensoredP99Ms: 29_000 }).advice.recommendedSeconds).toBe(75);
    expect(ask({ days: cut, uncensoredP99Ms: 2000 }).advice.recommendedSeconds).toBe(60);
  });

  it("may raise on little evidence, without a verdict", () => {
    const { advice, duration } = ask({ days: once(2, 30_000, { samples: 1, errors: 1 }) });
    expect(advice).toEqual({ verdict: "insufficient-data", headroom: 0, recommendedSeconds: 60, confidence: "low" });
    expect(duration.censored).toBe(true);
  });

  it("meets the ceiling, which never lowers", () => {
    const limited = { limitedBy: "service maximum (900 s)", verdict: "timing-out" };
    const atCeiling = ask({ timeoutSeconds: 900, days: daily(90, 900_000) }).advice;
    expect(atCeiling).toMatchObject({ ...limited, atCeiling: true });
    expect(atCeiling).not.toHaveProperty("recommendedSeconds");
    expect(ask({ timeoutSeconds: 600, days: daily(90, 600_000) }).advice).toMatchObject({ ...limited, recommendedSeconds: 900 });
    const apiLimit = ask({ timeoutSeconds: 60, days: daily(90, 60_000), ceilingSeconds: 29, ceilingReason: "API Gateway" }).advice;
    expect(apiLimit).toMatchObject({ atCeiling: true, limitedBy: "API Gateway (29 s)" });
    expect(apiLimit).not.toHaveProperty("recommendedSeconds");
  });

  it("has more room on managed instances", () => {
    const { advice } = ask({ timeoutSeconds: 900, days: daily(90, 900_000), ceilingSeconds: 5400, ceilingReason: "managed instances" });
    expect(advice.recommendedSeconds).toBe(1800);
    expect(advice).not.toHaveProperty("limitedBy");
  });
});

describe("a timeout raised lately", () => {
  const raised = {
    timeoutSeconds: 60,
    timeouts: [
      { fromDay: 0, seconds: 10 },
      { fromDay: today - 5, seconds: 60 },
    ],
  };
  const cut = daily(90, 10_000, 5, { errors: 1 });

  it("is not timing out, but how long runs take is not known: do not lower", () => {
    const { advice, duration } = ask({ ...raised, days: [...cut, ...daily(4, 4000)] });
    expect(advice).toEqual({ verdict: "fine", headroom: expect.closeTo(5 / 6), confidence: "low" });
    expect(duration.censored).toBe(true);
  });

  it("by too little is tight", () => {
    const timeouts = [
      { fromDay: 0, seconds: 10 },
      { fromDay: today - 5, seconds: 12 },
    ];
    expect(ask({ timeoutSeconds: 12, timeouts, days: cut }).advice).toMatchObject({ verdict: "tight", recommendedSeconds: 20 });
  });

  it("counts what was still cut off on the day of the change", () => {
    expect(ask({ ...raised, days: [...daily(90, 4000, 6), ...once(5, 10_001, { errors: 1 })] }).duration.censored).toBe(true);
  });

  it("is judged by the runs since then, once they are enough and longer than what was cut off", () => {
    const timeouts = [
      { fromDay: 0, seconds: 10 },
      { fromDay: today - 40, seconds: 900 },
    ];
    const { advice, duration } = ask({ timeoutSeconds: 900, timeouts, days: [...daily(200, 10_000, 41), ...daily(39, 14_000)] });
    expect(advice.verdict).toBe("loose");
    expect(duration).toEqual({ longestMs: 14_000, longestAt: "2026-09-04", samples: 400, observedDays: 39, censored: false });
  });

  it("is judged after 90 days without such a run, with the cut-off ones as a lower bound", () => {
    const timeouts = (ago: number) => [
      { fromDay: 0, seconds: 10 },
      { fromDay: today - ago, seconds: 900 },
    ];
    const days = (ago: number) => [...daily(200, 10_000, ago + 1), ...daily(ago, 1000)];
    expect(ask({ timeoutSeconds: 900, timeouts: timeouts(89), days: days(89) }).advice.verdict).toBe("fine");
    const { advice, duration } = ask({ timeoutSeconds: 900, timeouts: timeouts(90), days: days(90) });
    expect(advice.verdict).toBe("loose");
    expect(advice.recommendedSeconds).toBeGreaterThanOrEqual(13);
    expect(duration).toMatchObject({ longestMs: 1000, censored: false });
  });

  it("and noticed late still is no time-out: 40 s cannot have run under 10 s", () => {
    const { advice } = ask({ ...raised, days: [...daily(90, 4000, 7), ...once(6, 40_000), ...daily(5, 4000)] });
    expect(advice.verdict).toBe("fine");
    expect(ask({ ...raised, days: [...daily(90, 4000, 7), ...once(6, 60_000, { errors: 1 })] }).advice.verdict).toBe("timing-out");
  });
});

describe("a timeout lowered lately", () => {
  const lowered = {
    timeoutSeconds: 10,
    timeouts: [
      { fromDay: 0, seconds: 60 },
      { fromDay: today - 5, seconds: 10 },
    ],
  };

  it("below the longest run is tight, not timing out: that run had 60 s", () => {
    const { advice, duration } = ask({ ...lowered, days: [...daily(90, 40_000, 6), ...daily(4, 9000)] });
    expect(advice).toMatchObject({ verdict: "tight", headroom: 0 });
    expect(advice.recommendedSeconds).toBeGreaterThan(52);
    expect(duration.censored).toBe(false);
  });

  it("after runs were cut off at the higher one is timing out", () => {
    const { advice } = ask({ ...lowered, days: daily(90, 60_000, 6, { errors: 1 }) });
    expect(advice).toMatchObject({ verdict: "timing-out", recommendedSeconds: 120 });
  });

  it("and cutting off now makes room for the longer runs seen before", () => {
    const { advice, duration } = ask({ ...lowered, days: [...daily(90, 40_000, 6), ...once(1, 10_000, { errors: 1 })] });
    expect(advice.verdict).toBe("timing-out");
    expect(advice.recommendedSeconds).toBe(plainRecommendation({ longestMs: 40_000, observedDays: 90, ceilingSeconds: 900 }).seconds);
    expect(duration).toMatchObject({ longestMs: 40_000, censored: false });
  });

  it("before we first looked is treated the same", () => {
    expect(ask({ timeoutSeconds: 10, timeouts: [], days: daily(90, 40_000) }).advice.verdict).toBe("tight");
    expect(ask({ timeoutSeconds: 10, timeouts: [], days: daily(90, 10_000) }).advice.verdict).toBe("timing-out");
  });
});

describe("a timeout raised before we first looked", () => {
  const seen = { timeoutSeconds: 300, timeoutUnseenUntilDay: today - 2 };
  const plateau = daily(200, 3000, 3, { errors: 1 });

  it("shows as a plateau at a whole second with failures: nothing is lowered, no chance is stated", () => {
    const { advice, duration } = ask({ ...seen, days: [...plateau, ...daily(1, 2100, 1)] });
    expect(advice).toEqual({ verdict: "fine", headroom: expect.closeTo(0.99), confidence: "low" });
    expect(duration).toMatchObject({ longestMs: 3000, censored: true });
  });

  it("by too little is tight", () => {
    expect(ask({ ...seen, timeoutSeconds: 3.5, days: plateau }).advice).toMatchObject({ verdict: "tight", recommendedSeconds: 6 });
  });

  it.each([3000, 2995.2, 3003.17, 3019])("ends at %d ms, as Lambda reports it", (maxMs) => {
    expect(ask({ ...seen, days: daily(200, maxMs, 3, { errors: 2 }) }).duration.censored).toBe(true);
  });

  it.each([
    ["no run failed", daily(200, 3000, 3), seen],
    ["runs end between whole seconds", daily(200, 3400, 3, { errors: 1 }), seen],
    ["it ended so once", [...daily(200, 1000, 51), ...once(50, 3000, { errors: 1 }), ...daily(49, 1000)], seen],
    [
      "a run among them was longer",
      [...daily(200, 3000, 51, { errors: 1 }), ...once(50, 4200), ...daily(49, 3000, 3, { errors: 1 })],
      seen,
    ],
    ["the configuration was not changed since", plateau, { ...seen, timeoutUnseenUntilDay: today - 250 }],
    ["we saw which timeout was in force", plateau, { timeoutSeconds: 300 }],
  ])("is none where %s", (_, days, question) => {
    expect(ask({ ...question, days }).advice.verdict).toBe("loose");
  });

  it("is outweighed by 90 days without such a run", () => {
    expect(
      ask({ timeoutSeconds: 300, timeoutUnseenUntilDay: today - 91, days: [...daily(200, 3000, 92, { errors: 1 }), ...daily(90, 900)] })
        .advice.verdict,
    ).toBe("loose");
  });
});
