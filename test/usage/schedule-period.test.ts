import { describe, expect, it } from "vitest";
import { periodOf } from "../../shared/usage/schedule-period.ts";

const now = new Date("2026-11-27T12:00:00Z");

function gapDays(expression: string): number {
  const period = periodOf(expression, now);
  if (period.kind !== "repeating") throw new Error(`${expression}: ${JSON.stringify(period)}`);
  return period.longestGapDays;
}

describe("the longest wait", () => {
  it.each([
    ["rate(5 minutes)", 5 / 1440],
    ["rate(1 hour)", 1 / 24],
    ["rate(1 hours)", 1 / 24],
    ["cron(0/5 * * * ? *)", 5 / 1440],
    ["cron(0 6 * * ? *)", 1],
    ["cron(0 6 ? * MON-SUN *)", 1],
    // from Friday 17:00 to Monday 9:00
    ["cron(0 9-17 ? * MON-FRI *)", 3 - 8 / 24],
    ["cron(0 22-2 * * ? *)", 20 / 24],
    ["cron(0 6 ? * SUN *)", 7],
    ["cron(0 6 1 * ? *)", 31],
    ["cron(0 6 1 1 ? *)", 366],
    // from 31 May over June to 31 July
    ["cron(0 9 31 * ? *)", 61],
    ["cron(0 9 30 * ? *)", 60],
    ["cron(0 10 29 2 ? *)", 1461],
    // from a Friday the 29th before a Sunday the 31st to a Wednesday the 31st
    ["cron(0 18 LW * ? *)", 33],
    // over 29 February
    ["cron(0 0 1 NOV-FEB ? *)", 274],
    // 29 February on a Monday
    ["cron(0 0 ? 2 2#5 *)", 10_227],
  ])("of %s is %d days", (expression, days) => {
    expect(gapDays(expression)).toBeCloseTo(days, 6);
  });

  it("counts the wait that goes on now", () => {
    // every day in March, then nothing for years
    expect(gapDays("cron(0 6 * 3 ? 2024,2027)")).toBe(1065);
  });

  it("comes with the runs of a day on which it runs", () => {
    expect(periodOf("cron(0/15 9-17 ? * MON-FRI *)", now)).toMatchObject({ runsPerDay: 36 });
    expect(periodOf("rate(5 minutes)", now)).toMatchObject({ runsPerDay: 288 });
  });
});

describe("a schedule that is over", () => {
  it.each([
    ["a time that has passed", { expression: "at(2026-11-27T12:00:00)" }],
    ["a time in a zone that is ahead", { expression: "at(2026-11-27T13:30:00)", timezone: "Europe/Athens" }],
    ["years that have passed", { expression: "cron(0 6 1 1 ? 2020-2026)" }],
    ["an end date", { expression: "cron(0 6 1 1 ? *)", endsAt: "2026-12-31T00:00:00Z" }],
    ["an end date of a rate", { expression: "rate(1 day)", endsAt: "2026-11-27T12:00:00Z" }],
    ["a day that does not exist", { expression: "cron(0 6 30 2 ? *)" }],
  ])("by %s", (_, schedule) => {
    expect(periodOf(schedule, now)).toEqual({ kind: "ended" });
  });
});

describe("a schedule with one more run", () => {
  it("is one for a time to come", () => {
    expect(periodOf({ expression: "at(2026-11-27T13:30:00)", timezone: "America/New_York" }, now)).toEqual({
      kind: "once",
      at: new Date("2026-11-27T18:30:00Z"),
    });
  });

  it("is one whose last year this is, or that ends before the run after", () => {
    expect(periodOf("cron(0 6 24 12 ? 2026)", now)).toEqual({ kind: "once", at: new Date("2026-12-24T06:00:00Z") });
    const ends = periodOf({ expression: "rate(7 days)", createdAt: "2026-11-26T12:00:00Z", endsAt: "2026-12-05T00:00:00Z" }, now);
    expect(ends).toEqual({ kind: "once", at: new Date("2026-12-03T12:00:00Z") });
  });
});

describe("a schedule that has not begun", () => {
  it("says when it will", () => {
    const weekly = { expression: "rate(7 days)", startsAt: "2027-01-11T00:00:00Z" };
    expect(periodOf(weekly, now)).toEqual({
      kind: "repeating",
      longestGapDays: 7,
      runsPerDay: 1 / 7,
      begins: new Date("2027-01-11T00:00:00Z"),
    });
    expect(periodOf(weekly, new Date("2027-01-12T00:00:00Z"))).not.toHaveProperty("begins");
  });
});

it("an expression that cannot be read is unknown, with the reason", () => {
  expect(periodOf("cron(0 6 * * * *)", now)).toEqual({ kind: "unknown", why: expect.stringContaining("?") });
  expect(periodOf({ expression: "rate(1 day)", timezone: "Nowhere" }, now)).toEqual({
    kind: "unknown",
    why: expect.stringContaining("Nowhere"),
  });
});
