import { describe, expect, test } from "vitest";
import { type Clock, Pace } from "../../shared/aws/pace.ts";

/** Time that passes by sleeping, or by hand. */
function fakeClock(): Clock & { pass(ms: number): void } {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    pass: (ms) => {
      now += ms;
    },
  };
}

const [operation, region] = ["lambda:ListFunctions", "eu-west-1"];

/** Asks `requests` times in a row; answers how long it took in ms. */
async function ask(pace: Pace, clock: Clock, requests: number): Promise<number> {
  const before = clock.now();
  for (let i = 0; i < requests; i += 1) await pace.wait(operation, region);
  return clock.now() - before;
}

describe("what was not asked for is not saved up", () => {
  test("after a quiet hour one second's worth goes at once, not more", async () => {
    const clock = fakeClock();
    const pace = new Pace(clock);
    await ask(pace, clock, 8);
    clock.pass(3_600_000);
    expect(await ask(pace, clock, 8)).toBe(0);
    expect(await ask(pace, clock, 8)).toBeGreaterThanOrEqual(990);
  });

  test("a throttled bucket holds one second's worth of its lower rate", async () => {
    const clock = fakeClock();
    const pace = new Pace(clock);
    await ask(pace, clock, 8);
    pace.throttled(operation, region);
    clock.pass(60_000);
    expect(await ask(pace, clock, 4)).toBe(0);
    expect(await ask(pace, clock, 4)).toBeGreaterThanOrEqual(990);
  });

  test("a rate below one a second still lets one go at once", async () => {
    const clock = fakeClock();
    const pace = new Pace(clock);
    await ask(pace, clock, 8);
    for (let i = 0; i < 9; i += 1) pace.throttled(operation, region);
    clock.pass(60_000);
    expect(await ask(pace, clock, 1)).toBe(0);
    expect(await ask(pace, clock, 1)).toBe(2000);
  });
});

describe("a scheduled scan", () => {
  test("asks at half of what AWS allows, and no answer makes it ask faster", () => {
    const pace = new Pace(fakeClock());
    for (let i = 0; i < 1000; i += 1) pace.answered(operation, region);
    expect(pace.rate(operation, region)).toBe(8);
  });
});

describe("a scan that a person waits for", () => {
  const awaited = () => new Pace(fakeClock(), { awaited: true });

  test("begins at half, gains the same little with every answer, and ends at nine tenths", () => {
    const pace = awaited();
    expect(pace.rate(operation, region)).toBe(8);
    pace.answered(operation, region);
    const first = pace.rate(operation, region) - 8;
    pace.answered(operation, region);
    expect(first).toBeGreaterThan(0);
    expect(pace.rate(operation, region) - 8).toBeCloseTo(2 * first, 9);
    for (let i = 0; i < 1000; i += 1) pace.answered(operation, region);
    expect(pace.rate(operation, region)).toBeCloseTo(15 * 0.9, 9);
  });

  test("halves from where it is when AWS throttles, and then gains again", () => {
    const pace = awaited();
    for (let i = 0; i < 1000; i += 1) pace.answered(operation, region);
    pace.throttled(operation, region);
    expect(pace.rate(operation, region)).toBeCloseTo(6.75, 9);
    for (let i = 0; i < 1000; i += 1) pace.answered(operation, region);
    expect(pace.rate(operation, region)).toBeCloseTo(13.5, 9);
  });

  test.each([
    ["cloudwatch:PutMetricAlarm", 3],
    ["cloudwatch:GetMetricData", 0.9 * 3.93],
    ["cloudtrail:LookupEvents", 1.8],
    ["apigateway:GetResources", 2.25],
    ["sns:ListTopics", 9],
  ])("%s ends at %d a second, never above what AWS allows", (name, most) => {
    const pace = awaited();
    for (let i = 0; i < 1000; i += 1) pace.answered(name, region);
    expect(pace.rate(name, region)).toBeCloseTo(most, 9);
  });

  test("counts every service and Region apart", () => {
    const pace = awaited();
    for (let i = 0; i < 1000; i += 1) pace.answered(operation, region);
    expect(pace.rate(operation, "us-east-1")).toBe(8);
    expect(pace.rate("sns:ListTopics", region)).toBe(5);
  });

  test("takes the time that its rates say: 130 requests in less than two thirds of what a schedule takes", async () => {
    const seconds = async (options: { awaited?: boolean }) => {
      const clock = fakeClock();
      const pace = new Pace(clock, options);
      const before = clock.now();
      for (let i = 0; i < 130; i += 1) {
        await pace.wait(operation, region);
        pace.answered(operation, region);
      }
      return (clock.now() - before) / 1000;
    };
    const scheduled = await seconds({});
    expect(scheduled).toBeGreaterThan(15);
    expect(scheduled).toBeLessThan(15.6);
    expect(await seconds({ awaited: true })).toBeLessThan((scheduled * 2) / 3);
  });
});
