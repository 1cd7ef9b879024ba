import { describe, expect, it } from "vitest";
import type { PendingFinding } from "../../shared/model/finding.ts";
import { defaultLimits } from "../../shared/notify/channel.ts";
import { planDelivery } from "../../shared/notify/plan.ts";
import { previewLines } from "../../shared/notify/preview.ts";
import type { ChannelState } from "../../shared/store/store.ts";
import { account, aFinding, aState, now, numbers } from "./a-finding.ts";

const urgent = { pending: { urgent: true } } as const;
const baseline = { pending: { baseline: true } } as const;

function plan(pending: readonly PendingFinding[], state: ChannelState = aState(), at = now) {
  return planDelivery({ pending, state, now: at, account });
}

function shapes(pending: readonly PendingFinding[], state?: ChannelState, at?: Date): string[] {
  return plan(pending, state, at).deliveries.map((delivery) => `${delivery.shape} of ${delivery.findings.length}`);
}

describe("what goes out when", () => {
  it("sends nothing when nothing is pending", () => {
    expect(plan([])).toEqual({ deliveries: [], next: aState(), waiting: [] });
  });

  it("sends urgent findings one by one, gravest first", () => {
    const { deliveries, next } = plan([aFinding(1, urgent), aFinding(2, { ...urgent, severity: "CRITICAL" })]);
    expect(deliveries.map((delivery) => delivery.message.findingIds)).toEqual([["F-0000000002"], ["F-0000000001"]]);
    expect(next.singlesSentAt).toEqual([now.toISOString(), now.toISOString()]);
  });

  it("sends at most 10 an hour singly and the rest of the urgent ones together", () => {
    expect(shapes(numbers(25).map((number) => aFinding(number, urgent)))).toEqual([
      ...numbers(10).map(() => "single of 1"),
      "combined of 15",
    ]);
    const seven = aState({ singlesSentAt: numbers(7).map(() => "2026-11-24T05:30:00.000Z") });
    expect(
      shapes(
        numbers(4).map((number) => aFinding(number, urgent)),
        seven,
      ),
    ).toEqual([...numbers(3).map(() => "single of 1"), "combined of 1"]);
  });

  it("forgets single messages after an hour", () => {
    const tenLongAgo = aState({ singlesSentAt: numbers(10).map(() => "2026-11-24T05:00:00.000Z") });
    const { deliveries, next } = plan([aFinding(1, urgent)], tenLongAgo);
    expect(deliveries.map((delivery) => delivery.shape)).toEqual(["single"]);
    expect(next.singlesSentAt).toEqual([now.toISOString()]);
  });

  it("does not let a time that cannot be, or a clock that was wrong, silence the channel", () => {
    const broken = aState({ singlesSentAt: numbers(10).map(() => "yesterday"), lastDigestAt: "2031-01-01T00:00:00.000Z" });
    expect(shapes([aFinding(1, urgent), aFinding(2)], broken)).toEqual(["single of 1", "digest of 1"]);
  });

  it("gives a combined message the kind that filters for new findings wait for", () => {
    const full = aState({ singlesSentAt: numbers(10).map(() => now.toISOString()) });
    const { deliveries } = plan([aFinding(1, { pending: { urgent: true, transition: "changed" } }), aFinding(2, urgent)], full);
    expect(deliveries.map((delivery) => delivery.message.kind)).toEqual(["opened"]);
  });

  it("puts a baseline into one summary for the account, urgent or not", () => {
    const findings = numbers(30).map((number) =>
      aFinding(number, { pending: { baseline: true, urgent: number % 2 === 0 }, team: `team-${number % 7}` }),
    );
    expect(shapes(findings)).toEqual(["summary of 30"]);
    expect(plan(findings).next).toEqual(aState());
  });

  it("keeps everything else for a digest that goes every 20 hours", () => {
    const findings = [aFinding(1, { severity: "LOW" }), aFinding(2, { pending: { transition: "resolved" } })];
    expect(shapes(findings)).toEqual(["digest of 2"]);
    const early = aState({ lastDigestAt: "2026-11-23T10:00:01.000Z" });
    expect(shapes(findings, early)).toEqual([]);
    expect(plan(findings, early).waiting).toHaveLength(2);
    const due = aState({ lastDigestAt: "2026-11-23T10:00:00.000Z" });
    expect(shapes(findings, due)).toEqual(["digest of 2"]);
    expect(plan(findings, due).next.lastDigestAt).toBe(now.toISOString());
  });

  it("does not move the digest clock when there was no digest", () => {
    expect(plan([aFinding(1, urgent)]).next.lastDigestAt).toBeUndefined();
  });

  it("puts a finding into exactly one message", () => {
    const findings = numbers(60).map((number) => aFinding(number, [urgent, baseline, {}][number % 3]));
    const told = plan(findings).deliveries.flatMap((delivery) => delivery.message.findingIds);
    expect(told.toSorted()).toEqual(findings.map((finding) => finding.id));
  });

  it("gives the same messages with the same ids for the same findings in any order, at any time", () => {
    const findings = numbers(60).map((number) => aFinding(number, { ...[urgent, baseline, {}][number % 3], team: `team-${number % 4}` }));
    const later = plan(findings.toReversed(), aState(), new Date("2026-11-25T06:00:00Z"));
    expect(later.deliveries.map((delivery) => delivery.message)).toEqual(plan(findings).deliveries.map((delivery) => delivery.message));
  });

  it("makes a second message when there are more findings than what is written down of one may hold, and loses none", () => {
    const pending = numbers(10).map((number) => aFinding(number, { ...baseline, team: `team-${number % 2}` }));
    const { deliveries } = planDelivery({ pending, state: aState(), now, account, limits: { ...defaultLimits, findings: 4 } });
    expect(deliveries.map(({ findings }) => findings.length)).toEqual([4, 4, 2]);
    expect(new Set(deliveries.flatMap(({ message }) => message.findingIds)).size).toBe(10);
  });

  it("sends a list again under its id when nobody knows whether it arrived, without what changed since, and what is new beside it", () => {
    const told = {
      "open#HIGH": numbers(3)
        .map((number) => `${aFinding(number).id}.1`)
        .join(" "),
    };
    const receipt = {
      message: "M-on-its-way",
      shape: "digest",
      at: now.toISOString(),
      accepted: false,
      regions: ["eu-west-1"],
      told,
    } as const;
    const pending = [aFinding(1), aFinding(2), aFinding(3, { version: 2 }), aFinding(4, { severity: "LOW" })];
    const { deliveries, waiting } = plan(pending, aState({ receipt }));
    expect(deliveries.map(({ shape, message }) => [shape, message.id, message.findingIds.length])).toEqual([["digest", "M-on-its-way", 2]]);
    // one digest a day: the others are in the next
    expect(waiting.map(({ id }) => id)).toEqual([aFinding(3).id, aFinding(4).id]);
    expect(plan(pending, aState({ receipt: { ...receipt, accepted: true } })).deliveries).toMatchObject([{ findings: { length: 4 } }]);
  });

  it("makes a second message only when the names for filters do not fit into one, and loses no team", () => {
    const findings = numbers(1000).map((number) => aFinding(number, { ...baseline, team: `${number}-${"t".repeat(250)}` }));
    const { deliveries } = plan(findings);
    expect(deliveries.length).toBe(Math.ceil((1000 * 258) / defaultLimits.labelBytes));
    expect(new Set(deliveries.flatMap((delivery) => delivery.message.teams)).size).toBe(1000);
  });
});

describe("a preview", () => {
  it("says what would be sent: kind, subject, findings and resources by team, unowned last", () => {
    const { deliveries } = plan([
      aFinding(1, { team: "payments", pending: { baseline: true } }),
      aFinding(2, { pending: { baseline: true } }),
      aFinding(3, { name: "orders-2", pending: { baseline: true }, rule: "lambda/timing-out" }),
    ]);
    expect(previewLines(deliveries)).toEqual([
      {
        kind: "summary",
        subject: "[HIGH] First look at account 111122223333: 3 high",
        count: 3,
        teams: [
          { team: "payments", count: 1, resources: 1 },
          { count: 2, resources: 1 },
        ],
      },
    ]);
  });
});
