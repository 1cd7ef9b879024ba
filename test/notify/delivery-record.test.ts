import { describe, expect, test } from "vitest";
import { failingChannels, withOutcome } from "../../shared/notify/delivery-record.ts";
import { aState, now } from "./a-finding.ts";

const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const failing = withOutcome(aState(), { sent: 0, error: "gone\u001b[31m\n", isIdle: false }, now);

describe("how a channel fares", () => {
  test("since when it fails is kept, and what it said last, in one clean line", () => {
    expect(failing).toMatchObject({ failingSince: now.toISOString(), lastError: "gone" });
    const still = withOutcome(failing, { sent: 0, error: "timeout", isIdle: false }, later(5));
    expect(still).toMatchObject({ failingSince: now.toISOString(), lastError: "timeout" });
  });

  test("one that takes something works; one that takes a part of it does not", () => {
    expect(withOutcome(failing, { sent: 1, isIdle: false }, later(1))).toEqual({ ...aState(), lastDeliveredAt: later(1).toISOString() });
    const half = withOutcome(failing, { sent: 1, error: "one refused", isIdle: false }, later(1));
    expect(half).toMatchObject({ failingSince: now.toISOString(), lastDeliveredAt: later(1).toISOString() });
  });

  test("one that has nothing left to hear fails no more; one that was not asked is as it was", () => {
    expect(withOutcome(failing, { sent: 0, isIdle: true }, later(1))).toEqual(aState());
    expect(withOutcome(failing, { sent: 0, isIdle: false }, later(1))).toBe(failing);
    const well = aState();
    expect(withOutcome(well, { sent: 0, isIdle: true }, later(1))).toBe(well);
  });

  test("is a row of its own from about a day on, unless it was taken away", () => {
    const state = { baselines: {}, channels: { chat: failing, mail: aState() }, version: 1 };
    expect(failingChannels(state, later(19))).toEqual([]);
    expect(failingChannels(state, later(20))).toMatchObject([
      { collector: "channel chat", status: "complete", message: `${now.toISOString()} gone` },
    ]);
    expect(failingChannels({ ...state, channels: { chat: { ...failing, removedAt: now.toISOString() } } }, later(30))).toEqual([]);
  });
});
