import { describe, expect, test } from "vitest";
import type { DigestTiming } from "../../shared/model/digest-timing.ts";
import type { PendingFinding } from "../../shared/model/finding.ts";
import { defaultLimits } from "../../shared/notify/channel.ts";
import { planDelivery, stateAfter } from "../../shared/notify/plan.ts";
import type { ChannelState } from "../../shared/store/store.ts";
import { account, aFinding, aState, numbers } from "./a-finding.ts";
import { aWeek } from "./a-week.ts";

const timing: DigestTiming = { quietHours: { from: 22 * 60, to: 7 * 60 }, timeZone: "Europe/Berlin", weeklyOn: "monday" };
const night = new Date("2026-11-24T03:00:00Z");
const morning = new Date("2026-11-24T06:00:00Z");
const urgent = { pending: { urgent: true } } as const;

function plan(pending: readonly PendingFinding[], now: Date, state: ChannelState = aState(), limits = defaultLimits) {
  return planDelivery({ channel: "sns", pending, state, now, account, timing, limits });
}

const shapes = ({ deliveries }: ReturnType<typeof plan>) => deliveries.map(({ shape, findings }) => `${shape} of ${findings.length}`);

describe("in quiet hours", () => {
  const pending = [
    aFinding(1, { ...urgent, severity: "CRITICAL" }),
    aFinding(2, urgent),
    aFinding(3, { severity: "LOW" }),
    aFinding(4, { pending: { baseline: true } }),
  ];

  test("only what is CRITICAL goes out; all else waits until they end, and then each goes as it would have", () => {
    const held = plan(pending, night);
    expect(held.deliveries.map(({ message }) => message.findingIds)).toEqual([["F-0000000001"]]);
    expect(held.held?.findings.map(({ id }) => id)).toEqual(["F-0000000002", "F-0000000004", "F-0000000003"]);
    expect(held.held?.until.toISOString()).toBe("2026-11-24T06:00:00.000Z");
    const after = plan(pending.slice(1), morning, held.next);
    expect(shapes(after)).toEqual(["single of 1", "summary of 1", "digest of 1"]);
    expect(after.held).toBeUndefined();
  });

  test("what waits for a digest that is not due is not held by them", () => {
    const early = aState({ lastDigestAt: "2026-11-23T20:00:00.000Z" });
    const { held, waiting } = plan([aFinding(3, { severity: "LOW" })], night, early);
    expect([held, waiting.length]).toEqual([undefined, 1]);
  });

  test("the hourly limit holds for what is CRITICAL too", () => {
    const many = numbers(12).map((number) => aFinding(number, { ...urgent, severity: "CRITICAL" }));
    expect(shapes(plan(many, night))).toEqual([...numbers(10).map(() => "single of 1"), "combined of 2"]);
  });

  test("a list that may have arrived is sent again when they end, under its id; until then no other list takes its place", () => {
    const told = { "open#HIGH": "F-0000000001.1 F-0000000002.1" };
    const receipt = { message: "M-way", shape: "digest", at: "x", accepted: false, regions: ["eu-west-1"], told } as const;
    const grave = numbers(12).map((number) => aFinding(number + 2, { ...urgent, severity: "CRITICAL" }));
    const all = [aFinding(1), aFinding(2), ...grave];
    const held = plan(all, night, aState({ receipt }));
    expect(shapes(held)).toEqual(numbers(10).map(() => "single of 1"));
    expect(held.held?.findings).toHaveLength(4);
    const after = plan(all.slice(0, 2), morning, held.next);
    expect(after.deliveries.map(({ message }) => message.id)).toEqual(["M-way"]);
  });
});

describe("the daily digest", () => {
  const quiet = [
    aFinding(1, { severity: "LOW", team: "payments" }),
    aFinding(2, { severity: "MEDIUM", team: "core" }),
    aFinding(3, { severity: "LOW" }),
    aFinding(4, { severity: "LOW", team: "core" }),
  ];

  test("is one for each owner, with that owner's findings and name only; what nobody owns comes last", () => {
    const { deliveries } = plan(quiet, morning);
    expect(deliveries.map(({ message }) => [message.teams, message.findingIds])).toEqual([
      [["core"], ["F-0000000002", "F-0000000004"]],
      [["payments"], ["F-0000000001"]],
      [[], ["F-0000000003"]],
    ]);
    for (const { message } of deliveries.slice(0, 1)) expect(message.text).not.toMatch(/payments|F-0000000001/);
  });

  test("sets the channel's clock with the last of them: a channel that fails in between is tried again by the next scan", () => {
    const { deliveries } = plan(quiet, morning);
    const [first, ...rest] = deliveries;
    const between = first ? stateAfter(aState(), first, morning) : aState();
    expect(between.lastDigestAt).toBeUndefined();
    expect(shapes(plan(quiet.slice(0, 1), new Date("2026-11-24T07:00:00Z"), between))).toEqual(["digest of 1"]);
    expect(rest.reduce((state, one) => stateAfter(state, one, morning), between).lastDigestAt).toBe(morning.toISOString());
  });

  test("with more owners than a channel takes, the gravest have their own and the others share one; none is lost", () => {
    const owners = numbers(7).map((number) => aFinding(number, { team: `t${number}`, severity: number === 6 ? "HIGH" : "LOW" }));
    const { deliveries } = plan(owners, morning, aState(), { ...defaultLimits, digestsAtOnce: 3 });
    expect(deliveries.map(({ message }) => message.teams)).toEqual([["t1"], ["t6"], ["t2", "t3", "t4", "t5", "t7"]]);
    expect(deliveries.flatMap(({ message }) => message.findingIds).toSorted()).toEqual(owners.map(({ id }) => id));
  });
});

describe("the weekly digest", () => {
  const week = { channel: "sns", pending: [], state: aState(), account, timing, weekly: aWeek() };

  test("goes out also where nothing is pending, and is remembered", () => {
    const { deliveries, next } = planDelivery({ ...week, now: morning });
    expect(deliveries.map(({ shape, message }) => [shape, message.kind, message.findingIds])).toEqual([["weekly", "digest", []]]);
    expect(next.lastWeeklyAt).toBe(morning.toISOString());
  });

  test("waits in quiet hours", () => {
    const { deliveries, held } = planDelivery({ ...week, now: night });
    expect([deliveries, held?.until.toISOString()]).toEqual([[], "2026-11-24T06:00:00.000Z"]);
  });
});
