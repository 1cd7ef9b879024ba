import { describe, expect, test } from "vitest";
import { type Benched, tellMany } from "../../bench/channels.ts";

/** Of one request: SNS 256 KB, Slack and Teams what they show, EventBridge 256 KB, a receiver of one's own 1 MB. */
const most: Readonly<Record<Benched, number>> = { sns: 262_144, slack: 20_000, teams: 28_000, eventbridge: 262_144, webhook: 1_000_000 };

describe("10,000 new findings in one scan", { timeout: 240_000 }, () => {
  test.each(Object.entries(most) as [Benched, number][])(
    "go through %s in messages that it takes, ten of them single",
    async (kind, bytes) => {
      const told = await tellMany(kind, 10_000);
      expect(told.told).toBe(10_000);
      expect(told.singles).toBe(10);
      expect(told.largestBytes).toBeLessThan(bytes);
      expect(told.messages).toBeLessThan(120);
    },
  );
});
