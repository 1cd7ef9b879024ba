import { describe, expect, it } from "vitest";
import { type AlarmKind, alarmKinds, alarmOutcome } from "./alarm-backtest.ts";

const before = [900, 1000];
const at = (thresholdMs: number): AlarmKind => ({ name: "fixed", thresholdMs: () => thresholdMs });
const outcome = (later: readonly (readonly number[])[], thresholdMs = 1500) =>
  alarmOutcome(
    later.map((one) => ({ before, later: one })),
    2,
    at(thresholdMs),
  );

describe("the backtest of alarms", () => {
  it("counts a warning only on an earlier day than the overrun", () => {
    expect(outcome([[1600, 900, 2100]])).toMatchObject({ overruns: 1, earlier: 1, leadDays: 2 });
    expect(outcome([[900, 2100, 1600]])).toMatchObject({ overruns: 1, earlier: 0, leadDays: 0 });
    expect(outcome([[2001]])).toMatchObject({ overruns: 1, earlier: 0 });
  });

  it("counts an alarm without an overrun, and a timeout that is just reached as none", () => {
    expect(outcome([[1600], [1499], [2000]])).toEqual({ overruns: 0, earlier: 0, leadDays: 0, calm: 3, rung: 2 });
  });

  it("has ours as it is shipped: half way in proportion", () => {
    const [ours] = alarmKinds;
    // 1 s and 2 s: 1.414 s, in hundredths of the timeout
    expect(ours?.thresholdMs(1000, 2)).toBeCloseTo(1420, -1);
  });
});
