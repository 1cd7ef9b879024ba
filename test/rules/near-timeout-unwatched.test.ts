import { describe, expect, test } from "vitest";
import type { FunctionFacts } from "../../shared/model/document.ts";
import type { DurationAlarm } from "../../shared/model/duration-alarm.ts";
import { aDurationAlarm } from "../alarms/an-alarm.ts";
import { aSubject, judge, worded } from "./a-subject.ts";

const id = "lambda/near-timeout-unwatched";

const subject = (alarms: readonly Partial<DurationAlarm>[], facts: Partial<FunctionFacts> = {}, usualMs = 20_000) =>
  aSubject(
    {
      duration: { longestMs: 25_000, longestAt: "2026-11-20", samples: 400, observedDays: 120, censored: false },
      timeout: { verdict: "tight", headroom: 1 / 6, confidence: "high" },
      ...facts,
    },
    { durationAlarms: alarms.map((more) => aDurationAlarm(more)), usualMs },
  );
const fine = { timeout: { verdict: "fine", headroom: 0.6, confidence: "high" } } as const;

describe("a tight function", () => {
  test("without any alarm is a LOW finding that leads to the plan", () => {
    expect(judge(id, subject([]))).toMatchObject({ answer: "hit", severity: "LOW", materialKey: "none|30" });
    const { title, remediation } = worded(id, subject([]));
    expect(title).toBe("no alarm would tell that orders-api comes close to its timeout: longest run 25 s of 30 s");
    expect(remediation.commands).toEqual(["smalltarget alarms plan"]);
  });

  test.each([{}, { statistic: "p99" }, { statistic: "p99.9" }, { comparison: "GreaterThanThreshold" }, { thresholdMs: 24_000 }])(
    "with an alarm of anybody that fits (%o) is clear",
    (more) => {
      expect(judge(id, subject([{ thresholdMs: 60_000 }, more]))).toEqual({ answer: "clear" });
    },
  );

  test.each([
    [{ thresholdMs: 30_000 }, "its threshold of 30 s is not below the timeout of 30 s"],
    [{ thresholdMs: 19_000 }, "its threshold of 19 s is below what the function takes on most days"],
    [{ statistic: "Average" }, "it looks at Average which hides the longest run"],
    [{ statistic: "p90" }, "it looks at p90 which hides the longest run"],
    [{ qualifier: "orders-api:live" }, "it watches orders-api:live only"],
  ] as const)("with an alarm that does not fit (%o) is told why", (more, why) => {
    expect(judge(id, subject([more]))).toMatchObject({ answer: "hit", evidence: { alarmsThatDoNotFit: [`orders-slow: ${why}`] } });
  });

  test.each([
    [{ actionsEnabled: false }, "it reaches nobody: its actions are switched off"],
    [{ actions: [] }, "it reaches nobody: it has no action"],
  ] as const)("with an alarm that fits and that nobody hears (%o) is told so, and not that it does not fit", (more, why) => {
    const alone = subject([more]);
    expect(judge(id, alone)).toMatchObject({
      answer: "hit",
      materialKey: "mute|30|orders-slow",
      evidence: { alarmsThatReachNobody: [`orders-slow: ${why}`] },
    });
    expect(judge(id, alone)).not.toHaveProperty("evidence.alarmsThatDoNotFit");
    expect(worded(id, alone).title).toBe(`nobody would hear the alarm on orders-api (orders-slow: ${why})`);
  });

  test.each(["composite alarm orders", "rule alarm-states"])("with an alarm that a %s passes on is clear", (by) => {
    expect(judge(id, subject([{ actions: [], passedOnBy: [by] }]))).toEqual({ answer: "clear" });
    expect(judge(id, subject([{ actionsEnabled: false, passedOnBy: [by] }]))).toEqual({ answer: "clear" });
  });

  describe("with an alarm that wants many bad minutes", () => {
    const rarely = { duration: { longestMs: 25_000, samples: 450, observedDays: 150, censored: false } };
    const often = { duration: { longestMs: 25_000, samples: 600_000, observedDays: 150, censored: false } };
    const wants = (bad: number, of: number, treatMissing = "notBreaching") => [
      { datapointsToAlarm: bad, evaluationPeriods: of, treatMissing },
    ];

    test("of one that runs three times a day is told that it cannot go off", () => {
      const why = "it cannot go off: it wants 15 bad periods of 60 s out of 15, and the function runs too rarely for that";
      expect(judge(id, subject(wants(15, 15), rarely))).toMatchObject({ evidence: { alarmsThatDoNotFit: [`orders-slow: ${why}`] } });
      expect(judge(id, subject(wants(3, 5, "ignore"), rarely))).toMatchObject({ answer: "hit" });
    });

    test("is clear where one is enough, where missing minutes let it go off, or where it runs all the time", () => {
      expect(judge(id, subject(wants(1, 5), rarely))).toEqual({ answer: "clear" });
      expect(judge(id, subject(wants(15, 15, "missing"), rarely))).toEqual({ answer: "clear" });
      expect(judge(id, subject(wants(15, 15, "breaching"), rarely))).toEqual({ answer: "clear" });
      expect(judge(id, subject(wants(15, 15), often))).toEqual({ answer: "clear" });
    });
  });

  describe("with an alarm over all functions", () => {
    const fleet = (more: Partial<DurationAlarm> = {}) => subject([{ functionName: "*", name: "any-slow", ...more }]);

    test("that fits it is clear", () => {
      expect(judge(id, fleet())).toEqual({ answer: "clear" });
    });

    test("that was made for others has none", () => {
      expect(judge(id, fleet({ thresholdMs: 600_000 }))).toMatchObject({ answer: "hit", materialKey: "none|30" });
      expect(judge(id, fleet({ statistic: "Average" }))).toMatchObject({ answer: "hit", materialKey: "none|30" });
    });

    test("that has a condition cannot be told", () => {
      expect(judge(id, fleet({ computed: true }))).toMatchObject({ answer: "unknown" });
    });

    test("is not called left behind by a function that is not tight", () => {
      expect(judge(id, subject([{ functionName: "*", thresholdMs: 600_000 }], fine))).toEqual({ answer: "clear" });
    });
  });

  test("with an alarm whose window is shorter than its runs is told so, where late points cannot save it", () => {
    const long = { timeoutSeconds: 900, duration: { longestMs: 750_000, samples: 400, observedDays: 120, censored: false } };
    const alarm = (evaluationPeriods: number) => judge(id, subject([{ thresholdMs: 810_000, evaluationPeriods }], long, 600_000));
    expect(alarm(1)).toMatchObject({ evidence: { alarmsThatDoNotFit: [expect.stringContaining("looks back 60 s only")] } });
    expect(alarm(18)).toEqual({ answer: "clear" });
  });

  test("with an alarm that computes cannot be told", () => {
    expect(judge(id, subject([{ computed: true, statistic: "", thresholdMs: 0 }]))).toMatchObject({ answer: "unknown" });
  });
});

describe("a function that is not tight", () => {
  test("is clear without alarms, and with one that is somebody's idea of slow", () => {
    expect(judge(id, subject([], fine))).toEqual({ answer: "clear" });
    expect(judge(id, subject([{ thresholdMs: 2_000 }], fine))).toEqual({ answer: "clear" });
  });

  test("is told of an alarm that its timeout left behind", () => {
    const behind = subject([{ thresholdMs: 855_000 }], fine);
    expect(judge(id, behind)).toMatchObject({ answer: "hit", materialKey: "misfit|30|orders-slow" });
    expect(worded(id, behind).title).toBe(
      "the alarm on orders-api does not fit its timeout of 30 s (orders-slow: its threshold of 855 s is not below the timeout of 30 s)",
    );
    expect(worded(id, behind).remediation.text).toContain("27000 ms would do");
  });

  test("without enough history cannot be told", () => {
    expect(judge(id, subject([], { timeout: { verdict: "insufficient-data", confidence: "low" } }))).toMatchObject({ answer: "unknown" });
  });
});

test("a function that is timing out has a finding of its own", () => {
  const cutOff = { timeout: { verdict: "timing-out", headroom: 0, confidence: "high" } } as const;
  expect(judge(id, subject([{ thresholdMs: 60_000 }], cutOff))).toEqual({ answer: "clear" });
});
