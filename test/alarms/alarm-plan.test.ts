import { describe, expect, test } from "vitest";
import { type AlarmQuestion, defaultAlarmSettings, planAlarms } from "../../shared/alarms/alarm-plan.ts";
import { alarmName, warningThresholdMs } from "../../shared/alarms/alarm-shape.ts";
import type { FunctionFacts } from "../../shared/model/document.ts";
import { aFunction, dayAgo, now } from "../rules/a-subject.ts";
import { aDurationAlarm, alarmsOf, asOwn, topicArn } from "./an-alarm.ts";

const tight = (longestMs = 24_000, more: Partial<FunctionFacts> = {}) =>
  aFunction({
    duration: { longestMs, longestAt: "2026-11-20", samples: 400, observedDays: 120, censored: false },
    timeout: { verdict: "tight", headroom: 1 - longestMs / 30_000, confidence: "high" },
    ...more,
  });
const changed = (daysAgo: number, more: Partial<FunctionFacts> = {}) =>
  aFunction({ timeoutChange: { at: dayAgo(daysAgo).slice(0, 10), fromSeconds: 900 }, ...more });

function plan(functions: readonly FunctionFacts[], more: Partial<AlarmQuestion> = {}) {
  return planAlarms({
    functions,
    completeRegions: new Set(["eu-west-1"]),
    own: [],
    foreign: [],
    topics: new Map([["eu-west-1", topicArn]]),
    settings: defaultAlarmSettings,
    now,
    ...more,
  });
}

describe("which functions get alarms", () => {
  test("one whose timeout changed in the last 30 days: a warning at sqrt(longest x timeout) and a critical one at 90 %", () => {
    const { put, monthlyUsd } = plan([changed(30)]);
    expect(put.map(({ alarm }) => [alarm.name, alarm.thresholdMs])).toEqual([
      ["smalltarget-orders-api-warning", 18_900],
      ["smalltarget-orders-api-critical", 27_000],
    ]);
    expect(monthlyUsd).toBe(0.2);
    expect(plan([changed(31)]).put).toEqual([]);
  });

  test("a tight one: the warning only where it lies below 90 % of the timeout", () => {
    expect(plan([tight(24_000)]).put.map(({ alarm }) => alarm.level)).toEqual(["warning", "critical"]);
    expect(plan([tight(25_000)]).put.map(({ alarm }) => alarm.level)).toEqual(["critical"]);
  });

  test("none above 90 % of its timeout, where the finding is the message; both once the timeout was raised", () => {
    const { put, skipped } = plan([tight(27_000)]);
    expect(put).toEqual([]);
    expect(skipped).toMatchObject([{ functionName: "orders-api", why: expect.stringContaining("90 %") }]);
    expect(plan([tight(27_000, { timeoutSeconds: 60, timeoutChange: { at: dayAgo(1).slice(0, 10), fromSeconds: 30 } })]).put).toHaveLength(
      2,
    );
  });

  test("none without a run, to be ignored, or in a Region without a topic, and that is said", () => {
    const why = (facts: FunctionFacts, more: Partial<AlarmQuestion> = {}) => {
      const { put, skipped } = plan([facts], more);
      expect(put).toEqual([]);
      return skipped.map((one) => one.why).join();
    };
    expect(why(changed(1, { duration: { samples: 0, observedDays: 0, censored: false } }))).toContain("no run");
    expect(why(tight(), { topics: new Map() })).toContain("no topic in eu-west-1");
    expect(why(tight(24_000, { ignored: "on purpose" }))).toBe("");
    expect(why(aFunction())).toBe("");
  });

  test("at most so many: those that have alarms stay, then those with the least room", () => {
    const many = Array.from({ length: 5 }, (_, i) => {
      const name = `f-${i}`;
      return tight(24_000 + i * 200, { name, arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}` });
    });
    const settings = { ...defaultAlarmSettings, maxFunctions: 2 };
    const first = plan(many, { settings });
    expect([...new Set(first.put.map(({ alarm }) => alarm.functionName))]).toEqual(["f-4", "f-3"]);
    expect(first.skipped).toHaveLength(3);
    const own = alarmsOf(many[0] as FunctionFacts);
    const second = plan(many, { settings, own });
    expect([...new Set(second.put.map(({ alarm }) => alarm.functionName))]).toEqual(["f-4"]);
    expect(second.keep).toHaveLength(own.length);
  });
});

describe("alarms that are there", () => {
  test("stay as they are when they are as they should be", () => {
    const own = alarmsOf(tight());
    expect(plan([tight()], { own })).toMatchObject({ put: [], remove: [], keep: own.map(({ alarm }) => alarm), monthlyUsd: 0.2 });
  });

  test("are put again when timeout or longest run moved, or somebody changed them by hand", () => {
    const own = alarmsOf(changed(3));
    const { put } = plan([changed(3, { timeoutSeconds: 40 })], { own });
    expect(put.map(({ replaces, why }) => [replaces, why])).toEqual([
      [true, "timeout, longest run or topic changed"],
      [true, "timeout, longest run or topic changed"],
    ]);
    const byHand = own.map((one) => ({ ...one, alarm: { ...one.alarm, actionsEnabled: false } }));
    expect(plan([changed(3)], { own: byHand }).put.map(({ why }) => why)).toEqual(["somebody changed it", "somebody changed it"]);
  });

  test("a record a hair longer moves no alarm", () => {
    expect(warningThresholdMs(12_020, 30)).toBe(warningThresholdMs(12_000, 30));
    expect(warningThresholdMs(14_000, 30)).toBeGreaterThan(warningThresholdMs(12_000, 30));
  });

  test("go after 30 days without a change of state once they are not wanted, and not while they ring", () => {
    const own = (daysAgo: number, state = "OK") =>
      alarmsOf(tight()).map((one) => ({ ...one, alarm: { ...one.alarm, changedAt: dayAgo(daysAgo), state } }));
    expect(plan([aFunction()], { own: own(29) }).remove).toEqual([]);
    expect(plan([aFunction()], { own: own(30) }).remove.map(({ why }) => why)).toEqual(["30 quiet days", "30 quiet days"]);
    expect(plan([aFunction()], { own: own(40, "ALARM") }).remove).toEqual([]);
  });

  test("go when the function is gone, but not where the list of functions was not whole", () => {
    const own = alarmsOf(tight());
    expect(plan([], { own }).remove.map(({ why }) => why)).toEqual(["its function is gone", "its function is gone"]);
    expect(plan([], { own, completeRegions: new Set() })).toMatchObject({ remove: [], keep: { length: 2 } });
  });

  test("stay when the usage of their function could not be read", () => {
    const unread = aFunction({ timeout: { verdict: "unknown", confidence: "low" } });
    expect(plan([unread], { own: alarmsOf(tight()) })).toMatchObject({
      put: [],
      remove: [],
      skipped: [{ why: "its usage could not be read" }],
    });
  });

  test("the warning goes when the longest run moved its threshold above 90 %", () => {
    const { put, remove } = plan([tight(25_000)], { own: alarmsOf(tight(24_000)) });
    expect(put).toEqual([]);
    expect(remove.map(({ alarm }) => alarm.name)).toEqual(["smalltarget-orders-api-warning"]);
  });
});

describe("under other settings", () => {
  test.each([1, 60])("a timeout that changed is watched for %d days", (recentDays) => {
    const settings = { ...defaultAlarmSettings, recentDays };
    expect(plan([changed(recentDays)], { settings }).put).toHaveLength(2);
    expect(plan([changed(recentDays + 1)], { settings }).put).toEqual([]);
  });

  test.each([1, 60])("an alarm that is no longer wanted goes after %d quiet days, and says so", (quietDays) => {
    const settings = { ...defaultAlarmSettings, quietDays };
    const removed = (daysAgo: number) => {
      const own = alarmsOf(tight()).map((one) => ({ ...one, alarm: { ...one.alarm, changedAt: dayAgo(daysAgo) } }));
      return plan([aFunction()], { own, settings }).remove.map(({ why }) => why);
    };
    expect(removed(quietDays - 1)).toEqual([]);
    expect(removed(quietDays)).toEqual(Array(2).fill(`${quietDays} quiet days`));
  });

  test("none may have alarms: none gets any, and those that are there go", () => {
    const settings = { ...defaultAlarmSettings, maxFunctions: 0 };
    const { put, remove, skipped } = plan([tight()], { own: alarmsOf(tight()), settings });
    expect([put.length, remove.length]).toEqual([0, 2]);
    expect(skipped).toMatchObject([{ why: "0 functions have alarms already: the most allowed" }]);
  });
});

describe("alarms of others", () => {
  test("that fit spare us ours; that do not fit, do not", () => {
    expect(plan([tight()], { foreign: [aDurationAlarm({ thresholdMs: 28_500 })] })).toMatchObject({
      put: [],
      skipped: [{ why: "the alarm orders-slow, which is not ours, watches it" }],
    });
    expect(plan([tight()], { foreign: [aDurationAlarm({ thresholdMs: 60_000 })] }).put).toHaveLength(2);
  });

  test("are left alone even when they are named like ours", () => {
    const foreign = [aDurationAlarm({ name: "smalltarget-orders-api-critical", thresholdMs: 60_000 })];
    expect(plan([tight()], { foreign })).toMatchObject({
      put: [],
      remove: [],
      skipped: [{ why: "an alarm that is not ours is called smalltarget-orders-api-critical" }],
    });
  });
});

describe("the shape", () => {
  test("looks back as long as the longest run and three minutes more, at most a day", () => {
    const periods = (timeoutSeconds: number) => plan([changed(1, { timeoutSeconds })]).put.map(({ alarm }) => alarm.evaluationPeriods)[0];
    expect([periods(61), periods(900), periods(5400), periods(100_000)]).toEqual([5, 18, 93, 1440]);
  });

  test("names are legible, and too long ones differ by a hash", () => {
    const [a, b] = ["a", "b"].map((end) => alarmName(`${"x".repeat(300)}${end}`, "critical"));
    expect(a).toHaveLength(255);
    expect(a).toMatch(/^smalltarget-x+-[0-9a-f]{10}-critical$/);
    expect(a).not.toBe(b);
  });

  test("what AWS describes of an alarm that we made has the hash that we tagged it with", () => {
    const [own] = alarmsOf(tight());
    expect(asOwn(own?.alarm).hash).toBe(own?.hash);
  });
});
